/** A municipal service as a municipality's record system reports it: EpisodeOfCare with a code of Volven 9151. */
import { UCUM, volven } from '@helsevev/clinical/systems'
import { codesFromData } from '@helsevev/kernel/codes/data'
import { DELAYED, RELEASE_SYSTEM } from '@helsevev/kernel/codes/release-codes'
import { RELEASE_DATE_URL } from '@helsevev/kernel/fhir/write/release'
import type { EpisodeOfCare } from '@medplum/fhirtypes'
import { type UnitKind, unitOf } from '../organizations.ts'
import { answeredBy, businessIdentifier, type StoryReport } from './story-report.ts'
import { dayBefore } from './times.ts'

const IPLOS = volven(9151)
const STAY_TYPE = 'http://hl7.no/fhir/ig/okt/CodeSystem/OktStayTypeCs'
const WEEKLY_EXTENT = 'http://hl7.no/fhir/ig/okt/StructureDefinition/WeeklyExtentRatio'
const DESCRIPTION = 'http://hl7.no/fhir/ig/okt/StructureDefinition/ServiceDescriptionMarkdown'

/** Which unit answers for a service, by code. */
const unitKinds: Record<UnitKind, readonly string[]> = {
  'home-care': ['1', '2', '5', '14', '15'],
  'welfare-technology': ['6', '26', '27', '28'],
  'nursing-home': ['18', '19', '20', '21', '22', '23', '24'],
  'day-centre': ['4', '17'],
  'out-of-hours': ['25'],
  assistance: ['3', '7', '8', '9', '11', '29'],
}

export interface MunicipalService {
  /** Code of Volven 9151. */
  code: string
  /** Days ago. */
  since: number
  /** Days ago it ended; absent while it runs. */
  until?: number
  paused?: boolean
  hoursPerWeek?: number
  stay?: 'dagopphold' | 'korttidsopphold'
  description?: string
  /** Code of Volven 9603: who it is withheld from. */
  withheld?: string
  /** Days from now until the patient sees it. */
  releasedIn?: number
  /** Number of the decision within the person's case. */
  decision: string
  round?: number
  /** Days ago it was reported; absent: when it began or ended. */
  reported?: number
  fullUrl: string
}

export function municipalService(controller: string, service: MunicipalService, now: Date): StoryReport {
  const {
    code,
    since,
    until,
    paused,
    hoursPerWeek,
    stay,
    description,
    withheld,
    releasedIn,
    decision,
    round = 1,
    reported,
    fullUrl,
  } = service
  const display = codesFromData().display(IPLOS, code)
  if (display === undefined) throw new RangeError(`List 9151 has no code ${code}.`)
  const kind = (Object.keys(unitKinds) as UnitKind[]).find((candidate) => unitKinds[candidate].includes(code)) ?? 'home-care'
  const { contained, reference } = answeredBy(unitOf(controller, kind))
  const extension = [
    ...(hoursPerWeek === undefined
      ? []
      : [
          {
            url: WEEKLY_EXTENT,
            valueRatio: {
              numerator: { value: hoursPerWeek, unit: 'h', system: UCUM, code: 'h' },
              denominator: { value: 1, unit: 'wk', system: UCUM, code: 'wk' },
            },
          },
        ]),
    ...(description === undefined ? [] : [{ url: DESCRIPTION, valueMarkdown: description }]),
    ...(releasedIn === undefined ? [] : [{ url: RELEASE_DATE_URL, valueUnsignedInt: releasedIn }]),
  ]
  const security = withheld ?? (releasedIn === undefined ? undefined : DELAYED)
  const resource: Omit<EpisodeOfCare, 'patient'> = {
    resourceType: 'EpisodeOfCare',
    ...(security && { meta: { security: [{ system: RELEASE_SYSTEM, code: security }] } }),
    contained,
    ...(extension.length > 0 && { extension }),
    identifier: [businessIdentifier(controller, 'decision', decision)],
    status: until !== undefined ? 'finished' : paused ? 'onhold' : 'active',
    type: [{ coding: [{ system: IPLOS, code, display }] }, ...(stay ? [{ coding: [{ system: STAY_TYPE, code: stay }] }] : [])],
    managingOrganization: reference,
    period: { start: dayBefore(now, since), ...(until !== undefined && { end: dayBefore(now, until) }) },
  }
  return { controller, service: 'municipal-services', resource, fullUrl, round, reported }
}
