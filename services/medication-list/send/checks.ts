/**
 * The published rules of M25 on the step from the list that stands to the one that was sent (clinical/medicines/list-rules.ts). A line that
 * did not change breaks none of them: who sends the list answers for what the sender changed.
 */
import type { Identifier as MessageIdentifier } from '@helsevev/clinical/e-prescription/messages/common'
import { ARTICLE_NUMBER, FEST, identifierOf, identifierValue, PLL_ID, RESEPT_ID } from '@helsevev/clinical/e-prescription-fhir/systems'
import { breachesOf, type listRules } from '@helsevev/clinical/medicines/list-rules'
import { ATC } from '@helsevev/clinical/systems'
import type { Records } from '@helsevev/kernel/fhir/service'
import type { Issue } from '@helsevev/kernel/problem/problem'
import { instant } from '@helsevev/kernel/values/dates'
import { kindOfSystem } from '@helsevev/kernel/values/identity-number'
import type { CodeableConcept, Dosage, List, MedicationRequest, MedicationStatement } from '@medplum/fhirtypes'
import { extensionUrls } from '../fhir/systems.ts'
import { standsInOf } from '../model/standing.ts'
import type { PlannedLine, Planning } from './lines.ts'
import { isListOf } from './standing.ts'
import { discontinuationOf, drugCodeOf, lineIdOf, lineOf, nameOf, prescriptionOf } from './statement.ts'
import { type Refusal, refuse } from './words.ts'

const LOCKED = 'http://helsevev.no/fhir/StructureDefinition/prescription-locked'

type RuleName = keyof typeof listRules

/** Rules that are checked here, each with its refusal. 2, 5, 10 and 11 are found when the lines are planned, and 8 by the records. */
const refusals: Readonly<Partial<Record<RuleName, Refusal>>> = {
  'patient-number': 'rule-1-patient-number',
  'prescription-id': 'rule-3-prescription-id',
  'one-active-line': 'rule-4-one-active-line',
  'drugs-only': 'rule-6-drugs-only',
  supplements: 'rule-7-supplements',
  'pharmacy-lines': 'rule-9-pharmacy-lines',
}

/** `proposed`: lines of a pharmacy that are newer than the list. */
export function ruleFaults(lines: readonly PlannedLine[], { request, now }: Planning, proposed: readonly MedicationStatement[]): Issue[] {
  const standing = lines.filter(({ after }) => after !== undefined)
  const byId = new Map(lines.map((line) => [line.id, line]))
  const names = new Map(proposed.map((one) => [lineIdOf(one) ?? '', nameOf(one)]))
  const breaches = breachesOf({
    patient: [patientNumber(request.patient)],
    lines: standing.flatMap(({ id, after }) => (after ? [lineOf(after, id)] : [])),
    before: lines.flatMap(({ id, before }) => (before ? [lineOf(before, id)] : [])),
    pharmacy: proposed.map((one) => lineOf(one, lineIdOf(one) ?? '')),
    now,
  })
  // Two elements of a line may break one rule.
  const unique = new Map(breaches.map((breach) => [`${breach.rule} ${breach.line}`, breach]))
  return [...unique.values()].flatMap(({ rule, line, other }) => {
    const code = refusals[rule]
    const own = byId.get(line ?? '')
    const isTouched = [own, byId.get(other ?? '')].some((one) => one && isTouchedAndActive(one))
    if (code === undefined || (own && !isTouched)) return []
    const name = own?.after ? nameOf(own.after) : names.get(line ?? '')
    const about = line === undefined ? undefined : [aboutLine(line)]
    return [refuse(code, own?.expression ?? 'Parameters.parameter.resource', name, about)]
  })
}

function aboutLine(id: string) {
  return { url: extensionUrls.sentLine, extension: [{ url: 'line', valueIdentifier: identifierOf(PLL_ID, id) }] }
}

function isTouchedAndActive({ change, after }: PlannedLine): boolean {
  return (change === 'added' || change === 'changed') && after !== undefined && after.status !== 'stopped'
}

function patientNumber({ system, value }: Planning['request']['patient']): MessageIdentifier {
  const kind = kindOfSystem(system)
  return { value, ...(kind === undefined ? {} : { type: { code: kind } }) } as MessageIdentifier
}

/** The lines of the newest M25.2, where it is newer than the list. */
export async function proposedLines(all: Records | undefined, list: List | undefined): Promise<MedicationStatement[]> {
  if (!all) return []
  const [lists, statements] = await Promise.all([all.search('List'), all.search('MedicationStatement')])
  const changes = lists.filter((one): one is List => one.resourceType === 'List' && isListOf('M25.2', one))
  const [newest] = changes.sort((one, other) => timeOf(other) - timeOf(one))
  if (!newest || timeOf(newest) <= timeOf(list)) return []
  const named = new Set((newest.entry ?? []).map(({ item }) => item.reference?.split('/').at(-1)))
  return statements.flatMap((one) =>
    one.resourceType === 'MedicationStatement' && standsInOf(one) === 'M25.2' && named.has(one.id) ? [one] : [],
  )
}

function timeOf(list: List | undefined): number {
  return instant(list?.date ?? '')?.getTime() ?? Number.NEGATIVE_INFINITY
}

/**
 * Rule 8, where the prescription is known: the drug and the words of the dose of a line that was added, or changed in these, are those of
 * its prescription. The content of a locked prescription is not stored.
 */
export function drugFaults(lines: readonly PlannedLine[], prescriptions: readonly MedicationRequest[]): Issue[] {
  return lines.flatMap((line) => {
    const { after, change, differences, expression } = line
    const isAsked = change === 'added' || differences.some((group) => group === 'drug' || group === 'dose' || group === 'prescription')
    if (!after || !isAsked || !isTouchedAndActive(line) || discontinuationOf(after)) return []
    const id = prescriptionOf(after)
    const prescribed = prescriptions.find((one) => identifierValue(RESEPT_ID, one.identifier) === id)
    if (!prescribed || id === undefined || prescribed.extension?.some(({ url }) => url === LOCKED)) return []
    return isSameDrug(after, prescribed) ? [] : [refuse('rule-8-same-drug', `${expression}.contained`, nameOf(after))]
  })
}

function isSameDrug(line: MedicationStatement, prescribed: MedicationRequest): boolean {
  const [one, other] = [drugCodeOf(line), drugCodeOf(prescribed)]
  const [words, prescribedWords] = [wordsOf(line.dosage), wordsOf(prescribed.dosageInstruction)]
  const isSame = (system: string) =>
    codeOf(one, system) === undefined || codeOf(other, system) === undefined || codeOf(one, system) === codeOf(other, system)
  const isSameName = one?.text === undefined || other?.text === undefined || one.text === other.text
  return [ATC, FEST, ARTICLE_NUMBER].every(isSame) && isSameName && words === prescribedWords
}

function codeOf(drug: CodeableConcept | undefined, list: string): string | undefined {
  return drug?.coding?.find(({ system }) => system === list)?.code
}

function wordsOf(dosage: readonly Dosage[] = []): string {
  return (dosage.find(({ text }) => text !== undefined)?.text ?? '').replaceAll(/\s+/g, ' ').trim()
}
