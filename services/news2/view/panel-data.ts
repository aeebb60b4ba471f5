/** What the panel draws, as plain JSON: made on the portal's server by load.ts, read in the browser by Panel.tsx. */
import type { Band, Parameter, Scale, Score } from '@helsevev/clinical/news2/chart'
import type { NotApplicable } from '@helsevev/clinical/news2/score'
import type { Language } from '../model/response-texts.ts'

export interface ShownSubScore {
  parameter: Parameter
  score?: Score
  /** A number in the unit of the chart, `air`, `oxygen`, or a letter of ACVPU. */
  measured?: number | string
  /** A measured number with the digits that were sent, where JavaScript writes it with others: `38.0`. */
  written?: string
  sent?: number
}

export interface ShownScore {
  id: string
  /** Clinical time as sent; a date alone when the sender stated no time. */
  time: string
  /** `entered-in-error` is shown as withdrawn and counts nowhere. */
  status: string
  total?: number
  band?: Band
  partialSum?: number
  bandAtLeast?: Band
  missing: Parameter[]
  worstParameters: Parameter[]
  worstScore?: Score
  scale?: Scale
  scaleChosenBy?: string
  notApplicable: NotApplicable[]
  sentTotal?: number
  subScores: ShownSubScore[]
  flags: string[]
  /** Made here of measurements that another service has; nobody has assessed the patient. `controller` is then a name. */
  computed?: true
  /** Organisation number of the data controller. */
  controller: string
  unit?: string
  author?: string
  /** When this version came here, ISO 8601. */
  reported?: string
}

export interface ResponseText {
  text: string
  writtenIn: Language
  setBy: 'controller' | 'default'
}

export type ResponseTexts = Record<Band, Record<Language, ResponseText>>

export interface Controller {
  organization: string
  name: string
  phone?: string
  texts: ResponseTexts
  /** The number of hours in which the texts apply to a score. */
  actWithinHours?: number
}

export interface News2Data {
  /** Newest first. */
  scores: ShownScore[]
  controllers: Controller[]
  defaultTexts: ResponseTexts
  /** The controllers' texts could not be fetched; the general ones are shown. */
  textsUnavailable: boolean
  /** There are older scores than those that were fetched. */
  more: boolean
}
