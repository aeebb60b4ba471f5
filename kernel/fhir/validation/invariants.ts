/**
 * The invariants of FHIR R4, by key. Those of data types and of the resources of health records are functions here; the others are read as
 * FHIRPath by the engine `fhirpath`, which is loaded when one of them is met for the first time. Words and FHIRPath of each stand in
 * `r4/definitions.json`. `invariants.test.ts` compares every function with the engine.
 *
 * They are asked about a value whose shape is right.
 */
import { createRequire } from 'node:module'
import { period } from '../../values/dates.ts'
import { r4 } from './r4.ts'

export type Held = Record<string, unknown>

/** The resource that holds the value, and the resource that was sent. */
interface Around {
  resource: object
  root: object
}

/** Whether the invariant holds. */
export type Invariant = (value: Held, around: Around) => boolean

const UCUM = 'http://unitsofmeasure.org'
const HL7 = 'http://terminology.hl7.org/CodeSystem/'

/** Whether an element is there, with a value or with extensions alone. */
const has = (value: Held, name: string) => Object.hasOwn(value, name) || Object.hasOwn(value, `_${name}`)
/** Whether a choice is there, such as `value[x]`. */
const hasChoice = (value: Held, stem: string) => {
  for (const key in value) {
    const at = key.startsWith('_') ? 1 : 0
    if (key.startsWith(stem, at) && /[A-Z]/.test(key.charAt(at + stem.length))) return true
  }
  return false
}
const list = (value: unknown): Held[] => (Array.isArray(value) ? (value as Held[]) : value === undefined ? [] : [value as Held])
const count = (value: unknown): number => (Array.isArray(value) ? value.length : value === undefined ? 0 : 1)
const one = (...there: boolean[]) => there.filter(Boolean).length
const hasCode = (concept: unknown, system: string, ...codes: string[]) =>
  list(concept).some(({ coding }) => list(coding).some((each) => each['system'] === system && codes.includes(`${each['code']}`)))
const isUcum = ({ system }: Held) => system === undefined || system === UCUM
const codedIfValued = (value: Held) => has(value, 'code') || !has(value, 'value')

/** Whether a date is not after another one, as far as their precision shows. */
function inOrder(start: unknown, end: unknown): boolean {
  if (typeof start !== 'string' || typeof end !== 'string') return true
  const from = period(start)
  const to = period(end)
  return !from || !to || from.start < to.end
}

/** Whether a quantity is not greater than another one, as far as they have the same unit. */
function notGreater(low: unknown, high: unknown): boolean {
  const [from, to] = [(low ?? {}) as Held, (high ?? {}) as Held]
  const unit = (quantity: Held) => `${quantity['system']} ${quantity['code'] ?? quantity['unit']}`
  if (typeof from['value'] !== 'number' || typeof to['value'] !== 'number' || unit(from) !== unit(to)) return true
  return from['value'] <= to['value']
}

const groupsOf = (value: Held, ...names: string[]): Held[] =>
  names.reduce<Held[]>((all, name) => all.flatMap((each) => list(each[name])), [value])

const isDistinct = (texts: readonly string[]) => new Set(texts).size === texts.length
const isHeld = (value: unknown, name: string) => has((value ?? {}) as Held, name)
const firstType = ({ entry }: Held) => groupsOf({ first: list(entry)[0] }, 'first', 'resource')[0]?.['resourceType']
const versionedUrl = (entry: Held) => {
  const version = groupsOf(entry, 'resource', 'meta')[0]?.['versionId']
  return entry['fullUrl'] === undefined ? [] : [`${entry['fullUrl']} ${version ?? ''}`]
}

const testContent: Invariant = (value) => has(value, 'operation') !== has(value, 'assert')

const native: Readonly<Record<string, Invariant>> = {
  // Data types.
  'age-1': (value) => codedIfValued(value) && isUcum(value) && !(Number(value['value']) <= 0),
  'att-1': (value) => !has(value, 'data') || has(value, 'contentType'),
  'cnt-3': (value) =>
    codedIfValued(value) && isUcum(value) && (!has(value, 'code') || value['code'] === '1') && !`${value['value'] ?? ''}`.includes('.'),
  'cpt-2': (value) => !has(value, 'value') || has(value, 'system'),
  'dis-1': (value) => codedIfValued(value) && isUcum(value),
  'ext-1': (value) => has(value, 'extension') !== hasChoice(value, 'value'),
  'drq-1': (value) => has(value, 'path') !== has(value, 'searchParam'),
  'drq-2': (value) => has(value, 'path') !== has(value, 'searchParam'),
  'drt-1': (value) => !has(value, 'code') || (value['system'] === UCUM && has(value, 'value')),
  'exp-1': (value) => has(value, 'expression') || has(value, 'reference'),
  'mqty-1': (value) => codedIfValued(value) && (value['system'] === undefined || value['system'] === 'urn:iso:std:iso:4217'),
  'per-1': ({ start, end }) => inOrder(start, end),
  'qty-3': (value) => !has(value, 'code') || has(value, 'system'),
  'rat-1': (value) => has(value, 'numerator') === has(value, 'denominator') && (has(value, 'numerator') || has(value, 'extension')),
  'rng-2': ({ low, high }) => notGreater(low, high),
  'sqty-1': (value) => !has(value, 'comparator'),
  'tim-1': (value) => !has(value, 'duration') || has(value, 'durationUnit'),
  'tim-2': (value) => !has(value, 'period') || has(value, 'periodUnit'),
  'tim-4': ({ duration }) => typeof duration !== 'number' || duration >= 0,
  'tim-5': ({ period: every }) => typeof every !== 'number' || every >= 0,
  'tim-6': (value) => !has(value, 'periodMax') || has(value, 'period'),
  'tim-7': (value) => !has(value, 'durationMax') || has(value, 'duration'),
  'tim-8': (value) => !has(value, 'countMax') || has(value, 'count'),
  'tim-9': (value) => !has(value, 'offset') || (has(value, 'when') && !list(value['when']).some((when) => /^C[MDV]?$/.test(`${when}`))),
  'tim-10': (value) => !has(value, 'timeOfDay') || !has(value, 'when'),
  'trd-1': (value) => !has(value, 'data') || !hasChoice(value, 'timing'),
  'trd-2': (value) => !has(value, 'condition') || has(value, 'data'),
  // Bundles.
  'bdl-1': (value) => !has(value, 'total') || value['type'] === 'searchset' || value['type'] === 'history',
  'bdl-2': (value) => value['type'] === 'searchset' || !list(value['entry']).some((entry) => has(entry, 'search')),
  'bdl-3': ({ type, entry }) =>
    list(entry).every((each) => has(each, 'request') === ['batch', 'transaction', 'history'].includes(`${type}`)),
  'bdl-4': ({ type, entry }) =>
    list(entry).every((each) => has(each, 'response') === ['batch-response', 'transaction-response', 'history'].includes(`${type}`)),
  'bdl-5': (value) => has(value, 'resource') || has(value, 'request') || has(value, 'response'),
  'bdl-7': ({ type, entry }) => type === 'history' || isDistinct(list(entry).flatMap(versionedUrl)),
  'bdl-8': ({ fullUrl }) => !`${fullUrl ?? ''}`.includes('/_history/'),
  'bdl-9': ({ type, identifier }) => type !== 'document' || (isHeld(identifier, 'system') && isHeld(identifier, 'value')),
  'bdl-10': ({ type, timestamp }) => type !== 'document' || timestamp !== undefined,
  'bdl-11': (value) => value['type'] !== 'document' || firstType(value) === 'Composition',
  'bdl-12': (value) => value['type'] !== 'message' || firstType(value) === 'MessageHeader',
  // Resources of a record.
  'ait-1': (value) =>
    hasCode(value['verificationStatus'], `${HL7}allergyintolerance-verification`, 'entered-in-error') || has(value, 'clinicalStatus'),
  'ait-2': (value) =>
    !hasCode(value['verificationStatus'], `${HL7}allergyintolerance-verification`, 'entered-in-error') || !has(value, 'clinicalStatus'),
  'app-1': (value) => has(value, 'type') || has(value, 'actor'),
  'app-2': (value) => has(value, 'start') === has(value, 'end'),
  'app-3': (value) => (has(value, 'start') && has(value, 'end')) || ['proposed', 'cancelled', 'waitlist'].includes(`${value['status']}`),
  'app-4': (value) => !has(value, 'cancelationReason') || ['noshow', 'cancelled'].includes(`${value['status']}`),
  'apr-1': (value) => has(value, 'participantType') || has(value, 'actor'),
  'cmp-1': (value) => has(value, 'text') || has(value, 'entry') || has(value, 'section'),
  'cmp-2': (value) => !has(value, 'emptyReason') || !has(value, 'entry'),
  'con-1': (value) => has(value, 'summary') || has(value, 'assessment'),
  'con-2': (value) => has(value, 'code') || has(value, 'detail'),
  'con-4': (value) =>
    !hasChoice(value, 'abatement') || hasCode(value['clinicalStatus'], `${HL7}condition-clinical`, 'resolved', 'remission', 'inactive'),
  'con-5': (value) =>
    !hasCode(value['verificationStatus'], `${HL7}condition-ver-status`, 'entered-in-error') || !has(value, 'clinicalStatus'),
  'cpl-3': (value) => !has(value, 'detail') || !has(value, 'reference'),
  // The members that references name may stand elsewhere: only what is contained is known.
  'ctm-1': (value, { root }) => !has(value, 'onBehalfOf') || isPractitioner(value['member'], root),
  'fhs-1': (value) => !hasChoice(value, 'age') || !hasChoice(value, 'born'),
  'fhs-2': (value) => hasChoice(value, 'age') || !has(value, 'estimatedAge'),
  'gol-1': (value) => !hasChoice(value, 'detail') || has(value, 'measure'),
  'grp-1': (value) => !has(value, 'member') || value['actual'] === true,
  'imm-1': (value) => has(value, 'documentType') || has(value, 'reference'),
  'imr-1': (value) => has(value, 'vaccineCode') || has(value, 'targetDisease'),
  'ipn-1': (value) => has(value, 'identifier') || has(value, 'name'),
  'lnk-1': ({ item }) => count(item) > 1,
  'lst-1': (value) => !has(value, 'emptyReason') || !has(value, 'entry'),
  'lst-2': (value) => value['mode'] === 'changes' || !list(value['entry']).some((entry) => has(entry, 'deleted')),
  'lst-3': (value) => value['mode'] === 'working' || !list(value['entry']).some((entry) => has(entry, 'date')),
  'mad-1': (value) => has(value, 'dose') || hasChoice(value, 'rate'),
  'mdd-1': ({ whenPrepared, whenHandedOver }) => inOrder(whenPrepared, whenHandedOver),
  'mrp-2': (value) =>
    groupsOf(value, 'group', 'stratifier', 'stratum').every((stratum) => has(stratum, 'value') !== has(stratum, 'component')),
  'obs-3': (value) => has(value, 'low') || has(value, 'high') || has(value, 'text'),
  'obs-6': (value) => !has(value, 'dataAbsentReason') || !hasChoice(value, 'value'),
  'obs-7': (value) => !hasChoice(value, 'value') || !sharesCode(value),
  'org-1': (value) => has(value, 'identifier') || has(value, 'name'),
  'org-2': (value) => value['use'] !== 'home',
  'org-3': (value) => value['use'] !== 'home',
  // The engine does not read the patterns of these two.
  'eld-16': ({ sliceName }) => sliceName === undefined || /^[a-zA-Z0-9/\-_[\]@]+$/.test(`${sliceName}`),
  'eld-19': ({ path }) => `${path}`.split('.').every((name) => /^[^\s,:;'"/|?!@#$%&*()[\]{}]{1,64}(?:\[x\])?(?::\S+)?$/.test(name)),
  'Parameters.inv-1': (value) => {
    const values = one(hasChoice(value, 'value'), has(value, 'resource'))
    return has(value, 'part') ? values === 0 : values === 1
  },
  'pat-1': (value) => has(value, 'name') || has(value, 'telecom') || has(value, 'address') || has(value, 'organization'),
  'ppc-1': (value) => has(value, 'policy') || has(value, 'policyRule'),
  'prr-1': (value) => !has(value, 'orderDetail') || has(value, 'code'),
  'qrs-1': (value) => !has(value, 'answer') || !has(value, 'item'),
  'rqg-1': (value) => has(value, 'resource') !== has(value, 'action'),
  'sev-1': (value) => !has(value, 'name') || !has(value, 'query'),
  'Task.inv-1': ({ lastModified, authoredOn }) => inOrder(authoredOn, lastModified),
  'tst-1': testContent,
  'TestReport.inv-1': testContent,
  'inv-2': testContent,
}

/** Whether a component has the code of the observation itself. */
function sharesCode({ code, component }: Held): boolean {
  const own = new Set(groupsOf({ code }, 'code', 'coding').map((coding) => JSON.stringify(sortedMembers(coding))))
  return (
    own.size > 0 && groupsOf({ component }, 'component', 'code', 'coding').some((coding) => own.has(JSON.stringify(sortedMembers(coding))))
  )
}

function sortedMembers(coding: Held): [string, unknown][] {
  return Object.entries(coding).sort(([name], [other]) => (name < other ? -1 : 1))
}

function isPractitioner(member: unknown, root: object): boolean {
  const { reference } = (member ?? {}) as { reference?: string }
  if (!reference) return true
  if (!reference.startsWith('#')) return !/^[A-Z]\w+\//.test(reference) || reference.startsWith('Practitioner/')
  return list((root as Held)['contained']).some((held) => held['id'] === reference.slice(1) && held['resourceType'] === 'Practitioner')
}

interface Engine {
  compile(
    path: { base: string; expression: string },
    model: object,
    options: { traceFn(): void },
  ): (value: unknown, environment: object) => unknown[]
}

const load = createRequire(import.meta.url)
const compiled = new Map<string, ReturnType<Engine['compile']>>()

/** An invariant as the engine reads it: false only where the expression is certainly false. */
function byEngine(key: string, base: string): Invariant {
  return (value, { resource, root }) => {
    const { expression = 'true' } = r4().invariant(key) ?? {}
    let run = compiled.get(`${base} ${key}`)
    if (!run) {
      const engine = load('fhirpath') as Engine
      const model = load('fhirpath/fhir-context/r4') as object
      // Some expressions trace what they find; the trace would hold what was sent.
      run = engine.compile({ base, expression }, model, { traceFn: () => undefined })
      compiled.set(`${base} ${key}`, run)
    }
    try {
      return run(value, { resource, rootResource: root })[0] !== false
    } catch {
      // An expression that the engine cannot read on this value says nothing about it. The tests know of none.
      return true
    }
  }
}

/** The invariant of a key at an element, `Observation.component`; as the engine reads it, whether or not it is a function here. */
export function invariantOf(key: string, base: string, asEngine = false): Invariant {
  return (asEngine ? undefined : native[key]) ?? byEngine(key, base)
}

/** The keys that are functions here. */
export const nativeKeys: readonly string[] = Object.keys(native)
