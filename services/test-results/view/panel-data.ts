/** What the panel draws, as plain JSON: made on the portal's server by load.ts, read in the browser by Panel.tsx. */

import type { Controller } from '@helsevev/panel/controllers.ts'
import type { DiagnosticReport, Observation } from '@medplum/fhirtypes'

export interface ShownResult {
  id: string
  name: string
  /** Code of the Norwegian laboratory code system (7280). */
  code?: string
  /** With comparator and unit, as the laboratory wrote it. */
  value?: string
  text?: string
  deviation?: 'over' | 'under' | 'outside'
  interval?: string
  /** Code of list 8271. */
  susceptibility?: 'S' | 'I' | 'R'
  comments: string[]
  status: Observation['status']
  members: ShownResult[]
}

export interface ShownReport {
  id: string
  /** Expertise of list 8202: CLIN, MBIO, MGEN, FARM, IMTR, PAT, RAD, NUK. */
  expertise: string
  title: string
  status: DiagnosticReport['status']
  /** When the specimen was taken or the investigation made, and when this version was sent. */
  time: string
  issued?: string
  /** The earliest time when the patient could see this version: when it came here, plus the delay of the release. */
  shownFrom?: string
  laboratory?: string
  requester?: string
  copies: string[]
  specimens: string[]
  comments: string[]
  controller: Controller
  results: ShownResult[]
}

export interface ShownPoint {
  time: number
  /** In the unit of the analysis. */
  value: number
  /** The number in the unit of the analysis, with comparator and without the unit. */
  number: string
  /** The same with the number and the unit that the laboratory wrote. */
  written: string
  source: string
  /** Where it is anything but final, such as changed. */
  status?: Observation['status']
  deviation?: ShownResult['deviation']
  open: boolean
  low?: number
  high?: number
  /** The limits with the digits that were sent. */
  limits?: { low?: string; high?: string }
}

export interface ShownAnalysis {
  name: string
  /** Code of the Norwegian laboratory code system (7280). */
  code?: string
  /** As people write it, for every point. */
  unit: string
  /** Grouped by name, specimen and unit: no code shows that they are the same. */
  guessed: boolean
  /** Oldest first. */
  points: ShownPoint[]
}

export interface TestResultsData {
  reports: ShownReport[]
  analyses: ShownAnalysis[]
  more: boolean
}
