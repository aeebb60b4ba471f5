/**
 * Fetches the newest reports of the open patient with everything that belongs to them, and groups their numbers over time. Runs on the
 * portal's server.
 */
import { NLK, volven } from '@helsevev/clinical/systems'
import { decimalText } from '@helsevev/kernel/values/json'
import { type Controller, controllerOf, controllersIn } from '@helsevev/panel/controllers.ts'
import { defineLoader } from '@helsevev/panel/loader.ts'
import { placeless, placelessName, without } from '@helsevev/panel/places.ts'
import type {
  Bundle,
  DiagnosticReport,
  Observation,
  Parameters,
  ParametersParameter,
  PractitionerRole,
  Quantity,
  Reference,
  Resource,
  ServiceRequest,
  Specimen,
} from '@medplum/fhirtypes'
import { extensionUrls } from '../fhir/extensions.ts'
import { disciplineOf } from '../model/discipline.ts'
import { plainUnit } from '../model/plain-unit.ts'
import { releaseDelayDays } from '../model/release-delay.ts'
import { wordsOf } from '../model/words.ts'
import type { ShownAnalysis, ShownPoint, ShownReport, ShownResult, TestResultsData } from './panel-data.ts'

const SERVICE = 'test-results'
const COUNT = 60

export const loader = defineLoader<TestResultsData>({
  service: SERVICE,
  withoutPlaces: ({ reports, analyses, ...rest }) => ({
    ...rest,
    reports: reports.map(withoutPlaces),
    analyses: analyses.map((one) => ({ ...one, points: one.points.map((point) => ({ ...point, source: placelessName(point.source) })) })),
  }),
  async fetch(api) {
    const [status, analyses, bundle] = await Promise.all([
      api.operation(SERVICE, 'status'),
      api.operation(SERVICE, 'analyses'),
      api.search(SERVICE, 'DiagnosticReport', {
        _count: String(COUNT),
        _include: 'DiagnosticReport:result,DiagnosticReport:performer,DiagnosticReport:specimen,DiagnosticReport:based-on',
        '_include:iterate': 'Observation:has-member,ServiceRequest:requester',
      }),
    ])
    const data = dataOf(bundle, analyses, controllersIn(status))
    return { data: data.reports.length > 0 ? data : undefined, searched: [bundle] }
  },
})

/** The requester and the copy receivers are shown with their place of work, which is often the doctor's office where the person lives. */
function withoutPlaces(report: ShownReport): ShownReport {
  return { ...without(report, 'requester', 'laboratory'), copies: [], controller: placeless(report.controller) }
}

/** Exported for tests. */
export function dataOf(bundle: Bundle, analyses: Parameters, controllers: readonly Controller[]): TestResultsData {
  const entries = bundle.entry ?? []
  const known = new Map(entries.flatMap(({ resource }) => (resource?.id ? [[`${resource.resourceType}/${resource.id}`, resource]] : [])))
  const find = <R extends Resource>(reference: Reference | undefined) => known.get(reference?.reference ?? '') as R | undefined
  const reports = entries.flatMap(({ resource, search }) =>
    resource?.resourceType === 'DiagnosticReport' && search?.mode === 'match' ? [resource] : [],
  )
  const shown = reports.map((report) => shownReport(report, find, controllers))
  return {
    reports: shown,
    analyses: (analyses.parameter ?? []).filter(({ name }) => name === 'analysis').map(shownAnalysis),
    more: bundle.link?.some(({ relation }) => relation === 'next') ?? false,
  }
}

type Find = <R extends Resource>(reference: Reference | undefined) => R | undefined

function shownReport(report: DiagnosticReport, find: Find, controllers: readonly Controller[]): ShownReport {
  const request = find<ServiceRequest>(report.basedOn?.[0])
  const extensions = (url: string) => (report.extension ?? []).filter((extension) => extension.url === url)
  const laboratory = laboratoryOf(report, find)
  const requester = nameOf(find<PractitionerRole>(request?.requester)) ?? request?.requester?.display
  const shownFrom = shownFromOf(report)
  return {
    id: report.id ?? '',
    expertise: disciplineOf(report.code?.coding?.[0]?.code).expertise,
    title: report.code?.text ?? report.code?.coding?.[0]?.display ?? '',
    status: report.status,
    time: report.effectiveDateTime ?? '',
    ...(report.issued ? { issued: report.issued } : {}),
    ...(shownFrom ? { shownFrom } : {}),
    ...(laboratory ? { laboratory } : {}),
    ...(requester ? { requester } : {}),
    copies: extensions(extensionUrls.copyReceiver).flatMap(({ valueReference }) => valueReference?.display ?? []),
    specimens: [...new Set((report.specimen ?? []).flatMap((reference) => wordsOf(find<Specimen>(reference)?.type) ?? []))],
    comments: [...extensions(extensionUrls.comment), ...extensions(extensionUrls.informationItem)].flatMap(
      ({ valueString }) => valueString ?? [],
    ),
    controller: controllerOf(report, controllers),
    results: (report.result ?? []).flatMap((reference) => {
      const observation = find<Observation>(reference)
      return observation ? [shownResult(observation, find)] : []
    }),
  }
}

function shownFromOf({ meta, code }: DiagnosticReport): string | undefined {
  const came = Date.parse(meta?.lastUpdated ?? '')
  if (Number.isNaN(came)) return undefined
  return new Date(came + releaseDelayDays(code?.coding?.[0]?.code) * 86_400_000).toISOString()
}

function shownAnalysis({ part = [] }: ParametersParameter): ShownAnalysis {
  const find = (name: string) => part.find((one) => one.name === name)
  const code = part.find(({ name, valueCoding }) => name === 'code' && valueCoding?.system === NLK)?.valueCoding?.code
  return {
    name: find('name')?.valueString ?? '',
    ...(code ? { code } : {}),
    unit: plainUnit(find('unit')?.valueString ?? ''),
    guessed: find('guessed')?.valueBoolean ?? false,
    points: part.filter(({ name }) => name === 'result').map(shownPoint),
  }
}

function shownPoint({ part = [] }: ParametersParameter): ShownPoint {
  const find = (name: string) => part.find((one) => one.name === name)
  const sent = find('sent')?.valueQuantity ?? {}
  const deviation = deviationOf(find('deviation')?.valueCode)
  const [lowest, highest] = [find('low'), find('high')]
  const [low, high] = [lowest?.valueDecimal, highest?.valueDecimal]
  const [writtenLow, writtenHigh] = [lowest, highest].map((part) => part && decimalText(part, 'valueDecimal'))
  const value = find('value')?.valueDecimal ?? 0
  const status = find('status')?.valueCode as ShownPoint['status']
  return {
    time: Date.parse(find('time')?.valueDateTime ?? ''),
    value,
    number: numberIn(sent, value),
    written: readable(sent),
    source: find('laboratory')?.valueString ?? '',
    open: sent.comparator !== undefined,
    ...(deviation ? { deviation } : {}),
    ...(status ? { status } : {}),
    ...(low === undefined ? {} : { low }),
    ...(high === undefined ? {} : { high }),
    ...(writtenLow === undefined && writtenHigh === undefined
      ? {}
      : { limits: { ...(writtenLow ? { low: writtenLow } : {}), ...(writtenHigh ? { high: writtenHigh } : {}) } }),
  }
}

/** As it was sent where that is the same number, which keeps its decimals; otherwise converted to the unit of the analysis. */
function numberIn(sent: Quantity, value: number): string {
  return numberOf(sent.value === value || Number(sent.value?.toPrecision(6)) === value ? sent : { ...sent, value })
}

function laboratoryOf(report: DiagnosticReport, find: Find): string | undefined {
  return (report.performer ?? [])
    .map((reference) => find<PractitionerRole>(reference)?.organization?.display)
    .find((name) => name !== undefined)
}

function nameOf(role: PractitionerRole | undefined): string | undefined {
  return [role?.practitioner?.display, role?.organization?.display].filter(Boolean).join(', ') || undefined
}

const deviations = { '1': 'over', '2': 'under', '3': 'outside' } as const
function deviationOf(code: string | undefined): (typeof deviations)[keyof typeof deviations] | undefined {
  return code !== undefined && Object.hasOwn(deviations, code) ? deviations[code as keyof typeof deviations] : undefined
}

const SUSCEPTIBILITY = volven(8271)

function shownResult(observation: Observation, find: Find, depth = 0): ShownResult {
  const { valueQuantity, valueCodeableConcept, valueDateTime, referenceRange, interpretation, note = [], component = [] } = observation
  const isWithdrawn = observation.status === 'cancelled' || observation.status === 'entered-in-error'
  // A result that was cancelled is outside nothing.
  const deviation = isWithdrawn ? undefined : deviationOf(interpretation?.[0]?.coding?.[0]?.code)
  const answer = valueCodeableConcept?.coding?.find(({ system, code }) => system === SUSCEPTIBILITY && /^[SIR]$/.test(code ?? ''))?.code
  const value = valueQuantity ? readable(valueQuantity) : valueDateTime
  const words = valueCodeableConcept && wordsOf(valueCodeableConcept)
  const members =
    depth > 20
      ? []
      : (observation.hasMember ?? []).flatMap((reference) => {
          const member = find<Observation>(reference)
          return member ? [shownResult(member, find, depth + 1)] : []
        })
  const interval = referenceRange?.[0]?.text
  const code = observation.code?.coding?.find(({ system }) => system === NLK)?.code
  return {
    id: observation.id ?? '',
    name: wordsOf(observation.code) ?? '',
    ...(code ? { code } : {}),
    ...(value ? { value } : {}),
    ...(words ? { text: words } : {}),
    ...(deviation ? { deviation } : {}),
    ...(interval ? { interval } : {}),
    ...(answer ? { susceptibility: answer as 'S' | 'I' | 'R' } : {}),
    comments: [
      ...note.flatMap(({ text }) => text ?? []),
      ...component.map(({ code, valueQuantity: quantity, valueCodeableConcept: concept, valueInteger, valueString, valueBoolean }) =>
        [wordsOf(code), quantity ? readable(quantity) : (wordsOf(concept) ?? valueInteger ?? valueString ?? yesOrNo(valueBoolean))]
          .filter((part) => part !== undefined)
          .join(': '),
      ),
    ],
    status: observation.status,
    members,
  }
}

/** As the laboratory's own words are: Norwegian in every language. */
function yesOrNo(value: boolean | undefined): string | undefined {
  return value === undefined ? undefined : value ? 'ja' : 'nei'
}

const signs: Readonly<Record<string, string>> = { '>=': '≥', '<=': '≤' }

/** One sign, which people and screen readers know. */
function signOf(comparator: Quantity['comparator']): string | undefined {
  return comparator && (signs[comparator] ?? comparator)
}

/** With the digits of the laboratory, 11.0 is not 11, and the unit as people write it: 10⁹/L for 10*9/L. */
function readable(quantity: Quantity): string {
  return [numberOf(quantity), plainUnit(quantity.unit ?? '')].filter(Boolean).join(' ')
}

function numberOf(quantity: Quantity): string {
  return [signOf(quantity.comparator), decimalText(quantity, 'value')].filter(Boolean).join(' ')
}
