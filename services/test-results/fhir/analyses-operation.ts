/**
 * POST /fhir/test-results/$analyses: the same analysis over time and across laboratories, in one unit. The answer states whether a code
 * shows that results belong together, or only name, specimen and unit. docs/services/test-results.md
 */
import type { Codes } from '@helsevev/kernel/codes/codes'
import { tokensIn } from '@helsevev/kernel/fhir/search/search-values'
import type { Operation, Records } from '@helsevev/kernel/fhir/service'
import { notShownOf, notShownParameters, statusOf } from '@helsevev/kernel/fhir/status-parameters'
import { problem } from '@helsevev/kernel/problem/problem'
import { keepDigitsOf } from '@helsevev/kernel/values/json'
import type { Observation, Parameters, ParametersParameter, PractitionerRole, Quantity, Specimen } from '@medplum/fhirtypes'
import { type Analysis, type AnalysisPoint, analysesOf, type Equivalents, type Measurement } from '../model/analyses.ts'
import { wordsOf } from '../model/words.ts'

/** The number of newest results that are read. */
const RESULTS = 1000

export const analysesOperation: Operation = {
  name: 'analyses',
  summary: 'The same analysis over time and across laboratories, in one unit; `guessed` when no code says that it is the same.',
  parameters: [
    { name: 'code', documentation: 'Only the analysis of this code, `{system}|{code}` or `{code}`; several with a comma mean either.' },
  ],
  async run(records, { codes, parameters }) {
    const code = parameters.get('code')
    const wanted = code === null ? [] : tokensIn(code, codes)
    if (!wanted) return problem('invalid-parameter', 'code takes {code} or {system}|{code}, or several with a comma between them.')
    const [{ measurements, isCut }, notShown] = await Promise.all([measurementsOf(records), notShownOf(records)])
    const equivalents: Equivalents = (system, code) => codes.equivalents(system, code)
    const analyses = analysesOf(measurements, equivalents).filter((analysis) => code === null || hasCode(analysis, wanted, codes))
    const some = analyses.length > 0
    const answer: Parameters = {
      resourceType: 'Parameters',
      parameter: [
        { name: 'status', valueCode: statusOf(some, notShown) },
        ...analyses.map(analysisParameter),
        { name: 'more', valueBoolean: isCut },
        ...notShownParameters(some, notShown),
      ],
    }
    return answer
  },
}

async function measurementsOf(records: Records): Promise<{ measurements: Measurement[]; isCut: boolean }> {
  const [observations, specimens, roles] = await Promise.all([
    records.search('Observation', { count: RESULTS }) as Promise<Observation[]>,
    records.search('Specimen', { count: RESULTS }) as Promise<Specimen[]>,
    records.search('PractitionerRole', { count: RESULTS }) as Promise<PractitionerRole[]>,
  ])
  const specimenOf = new Map(specimens.map((specimen) => [`Specimen/${specimen.id}`, specimen]))
  const roleOf = new Map(roles.map((role) => [`PractitionerRole/${role.id}`, role]))
  const measurements = observations.flatMap((observation): Measurement[] => {
    const { id, status, code, valueQuantity, effectiveDateTime, interpretation, referenceRange, specimen, performer } = observation
    if (valueQuantity?.value === undefined || status === 'cancelled' || status === 'entered-in-error') return []
    return [
      {
        id: id ?? '',
        laboratory: laboratoryOf(performer, roleOf),
        codings: code?.coding ?? [],
        name: wordsOf(code) ?? '',
        specimen: wordsOf(specimenOf.get(specimen?.reference ?? '')?.type),
        quantity: valueQuantity,
        status,
        time: effectiveDateTime ?? '',
        deviation: interpretation?.[0]?.coding?.[0]?.code,
        low: referenceRange?.[0]?.low,
        high: referenceRange?.[0]?.high,
      },
    ]
  })
  return { measurements, isCut: observations.length === RESULTS }
}

/** The first of those who performed that has a name: a person may stand before the laboratory. */
function laboratoryOf(performers: Observation['performer'], roles: ReadonlyMap<string, PractitionerRole>): string {
  return (performers ?? []).flatMap(({ reference = '' }) => roles.get(reference)?.organization?.display ?? [])[0] ?? ''
}

/** A code; without a system in any, and without a code each of the system. */
type Wanted = NonNullable<ReturnType<typeof tokensIn>>[number]

function hasCode({ points }: Analysis, wanted: readonly Wanted[], codes: Codes): boolean {
  return points.some(({ measurement }) =>
    measurement.codings.some(({ system = '', code }) =>
      wanted.some(
        (one) => (one.code === undefined || one.code === code) && (one.system === undefined || one.system === codes.canonical(system)),
      ),
    ),
  )
}

function analysisParameter({ name, unit, guessed, points }: Analysis): ParametersParameter {
  const codings = new Map(
    points.flatMap(({ measurement }) => measurement.codings.map((coding) => [`${coding.system}|${coding.code}`, coding] as const)),
  )
  return {
    name: 'analysis',
    part: [
      { name: 'name', valueString: name },
      ...(unit ? [{ name: 'unit', valueString: unit }] : []),
      { name: 'guessed', valueBoolean: guessed },
      ...[...codings.values()].map(({ system, code }) => ({
        name: 'code',
        valueCoding: { ...(system ? { system } : {}), ...(code ? { code } : {}) },
      })),
      ...points.map(resultParameter),
    ],
  }
}

function resultParameter({ measurement, value, low, high }: AnalysisPoint): ParametersParameter {
  const { id, time, laboratory, quantity, status, deviation } = measurement
  return {
    name: 'result',
    part: [
      { name: 'reference', valueReference: { reference: `Observation/${id}` } },
      { name: 'time', valueDateTime: time },
      decimal('value', value, quantity),
      { name: 'sent', valueQuantity: quantity },
      ...(status && status !== 'final' ? [{ name: 'status', valueCode: status }] : []),
      ...(laboratory ? [{ name: 'laboratory', valueString: laboratory }] : []),
      ...(deviation ? [{ name: 'deviation', valueCode: deviation }] : []),
      ...(low === undefined ? [] : [decimal('low', low, measurement.low)]),
      ...(high === undefined ? [] : [decimal('high', high, measurement.high)]),
    ],
  }
}

/** With the digits that were sent, unless it was converted. */
function decimal(name: string, value: number, sent: Quantity | undefined): ParametersParameter {
  const parameter = { name, valueDecimal: value }
  if (sent) keepDigitsOf(parameter, 'valueDecimal', [sent, 'value'])
  return parameter
}
