/**
 * A random world for one request: the facts of a combination under numbers of its own, and records. What a database cannot hold is left out
 * of the facts too. All persons and numbers are made up.
 */
import fc from 'fast-check'
import type { AccessRequest, CloseRelation, Facts, Relation } from '../../access/request.ts'
import type { InformationService } from '../../fhir/service.ts'
import type { PatientKey, RecordId } from '../../store/ids.ts'
import { combinations, type Drawn } from './combinations.ts'
import { combine } from './combine.ts'
import { unlike } from './draw.ts'

const record = fc.record({
  controller: unlike('east', 1, 'west', 'own', 'own', 'another'),
  codes: unlike<string[]>([], 3, ['psychiatry'], ['psychiatry', 'substance use']),
  release: unlike('none', 5, 'NORS', 'NORN_ALL', 'NORN_FORANS', 'NORN_UNGDOM'),
  releaseAt: unlike<number | null>(null, 4, -1, 0, 1),
  deleted: unlike(false, 6, true),
  underLinked: unlike(false, 2, true),
  states: unlike<string[]>([], 1, ['type=urn:a|1'], ['type=urn:b|2'], ['type=urn:c|1']),
})

export const worlds = fc.record({ drawn: combinations, records: fc.array(record, { maxLength: 5 }), which: fc.nat(7), by: fc.nat(9) })
export type DrawnWorld = typeof worlds extends fc.Arbitrary<infer Value> ? Value : never

export interface WorldRecord {
  patient: PatientKey
  id: RecordId
  controller: string
  codes: string[]
  /** Search tokens: the municipal service that it is about. */
  tokens: string[]
  release: string | undefined
  releaseAt: Date | undefined
  deleted: boolean
}

export interface World {
  drawn: Drawn
  request: AccessRequest
  facts: Facts
  records: WorldRecord[]
  /** The record that a read by id names, which may not exist. */
  named: { patient: PatientKey; id: RecordId }
  numbers: Record<'patient' | 'linked' | 'stranger' | 'nobody' | 'reader', string>
  keys: Record<'patient' | 'linked' | 'stranger' | 'cohabitant' | 'consenting' | 'foster' | 'reader' | 'readerLinked', PatientKey>
  /** Who asks, when it is a person. */
  reader: { number: string; key: PatientKey }
  /** Relations the other way round: the patient acts for the reader. */
  reversed: Relation[]
  /** The reader's health personnel number, and another that may be the reader's too. */
  hpr: { own: string; other: string }
  organizations: Record<'own' | 'east' | 'west' | 'another' | 'north' | 'south' | 'elsewhere', string>
}

type Preset = Pick<Drawn, 'readers' | 'parentsUnder12' | 'parents12To15' | 'youth' | 'guardian' | 'fosterParents' | 'statesServices'>
const readers: Preset['readers'][] = ['doctors for all', 'doctors for all', 'doctors for all', 'doctors for treatment alone']
const representations: Omit<Preset, 'readers' | 'statesServices'>[] = [
  { parentsUnder12: true, parents12To15: false, youth: 'with-parental-consent', guardian: true, fosterParents: true },
  { parentsUnder12: true, parents12To15: true, youth: 'with-parental-consent', guardian: true, fosterParents: true },
  { parentsUnder12: false, parents12To15: true, youth: 'never', guardian: false, fosterParents: true },
  { parentsUnder12: true, parents12To15: false, youth: 'never', guardian: true, fosterParents: false },
]
export const presets: Preset[] = readers.flatMap((reader) =>
  representations.map((one, at) => ({ readers: reader, statesServices: at % 2 === 1, ...one })),
)

/** The world with this number; worlds with different numbers have nothing in common. `services` has one for each preset. */
export function worldOf(
  { drawn: asDrawn, records, which, by }: DrawnWorld,
  number: number,
  services: readonly InformationService[],
): World {
  const preset = number % presets.length
  const service = services[preset]
  const drawn = askable({ ...asDrawn, ...presets[preset] } as Drawn, by, which)
  const plain = combine(drawn)
  const names = namesOf(number, service?.id ?? '')
  const { request, facts } = renamed(plain, names.words)
  const area = service ?? request.area
  const now = plain.request.now
  const registered = facts.patient !== undefined
  const made = registered ? records.map((one, at) => recordOf(one, at, { drawn, now, ...names })) : []
  const named = made[which % Math.max(1, made.length)] ?? { patient: names.keys.patient, id: `${which + 1}` as RecordId }
  const { reader } = readerOf(drawn, names)
  const isReversed = drawn.closeRelation === 'relative' && isPersonal(drawn) && by % 3 === 1
  const reversed = isReversed ? onceEach(facts.citizen?.relations ?? []) : []
  const world = { ...names, drawn, records: made, named, request: { ...request, area, now }, facts, reader, reversed }
  return { ...world, request: asking(world), facts: stored(world) }
}

/** What the comparison without a database draws as often as it needs; in most worlds nothing is wrong with it, so that records are read. */
const undisturbed: Partial<Drawn> = {
  hpr: 'registered',
  organization: 'named',
  membership: 'member',
  supplier: 'none',
  delegation: 'stands',
  scope: 'of the request',
  roleRules: 'none',
  holds: 'doctor and nurse',
  lacking: 'nothing',
  age: 'fresh',
  attestedPerson: 'who is logged in',
  attestedHpr: 'own',
  attestedEntity: 'own',
  authorization: 'doctor',
  place: 'legal entity',
  reason: 'Unconscious on arrival',
  selected: true,
}

/** A case officer: no health personnel number, no authorisation, and mostly coordination. */
const allocating: Partial<Drawn> = { hpr: 'none', lacking: 'authorization', attestedHpr: 'absent', purpose: 'COC' }

/** A request that HTTP can carry: what an attestation is missing as a whole is filled in by the tests' API. */
function askable(asDrawn: Drawn, by: number, which: number): Drawn {
  const known =
    by > 2 ? { ...asDrawn, ...undisturbed, purpose: asDrawn.purpose === 'unknown' ? ('TREAT' as const) : asDrawn.purpose } : asDrawn
  const drawn = by > 2 && which === 0 && asDrawn.caseOfficer !== 'no' ? { ...known, ...allocating } : known
  const caller = by === 0 && drawn.kind !== 'citizen' ? 'system' : drawn.caller
  const kinds: Record<string, Drawn['kind']> = { write: 'search', identify: 'search', control: 'search' }
  const wanted = kinds[drawn.kind] ?? drawn.kind
  const isCitizen = caller === 'citizen' || (caller === 'of its kind' && wanted === 'citizen')
  const kind = isCitizen ? (wanted === 'list' ? 'list' : 'citizen') : wanted === 'citizen' ? 'search' : wanted
  const named = kind === 'read' ? 'by key' : kind === 'citizen' ? drawn.named : 'by number'
  // What a member of staff is as a citizen follows from who it is.
  const self = drawn.linked && by % 2 === 0 ? ('the linked number' as const) : ('the patient' as const)
  const asked = drawn.citizen === 'unread' ? 'another' : drawn.citizen
  const citizen = isCitizen ? asked : drawn.closeRelation === 'self' ? self : 'another'
  return { ...drawn, caller, kind, named, citizen, attested: 'yes', loggedIn: isCitizen ? 'with a number' : drawn.loggedIn }
}

function isPersonal({ caller, kind }: Drawn): boolean {
  return caller === 'person' || (caller === 'of its kind' && kind !== 'citizen')
}

/** The person who asks in the role of staff: nobody in particular, the patient, or somebody who may be close to the patient. */
function readerOf({ closeRelation, citizen }: Drawn, { numbers, keys }: Pick<World, 'numbers' | 'keys'>): Pick<World, 'reader'> {
  const who =
    closeRelation === 'none' ? 'reader' : closeRelation === 'relative' ? 'stranger' : citizen === 'the linked number' ? 'linked' : 'patient'
  return { reader: { number: numbers[who], key: keys[who] } }
}

function namesOf(number: number, service: string) {
  const digits = String(number).padStart(6, '0')
  const organization = (place: number) => `9${place}${digits}0`
  const person = (place: number) => `${10 + place}${digits}000`
  const key = (place: number) => `${5_000_000_000 + number * 10 + place}` as PatientKey
  const hpr = { own: `7${digits}1`, other: `7${digits}9` }
  const organizations = {
    own: organization(1),
    east: organization(2),
    west: organization(3),
    another: organization(4),
    north: organization(5),
    south: organization(6),
    elsewhere: organization(7),
  }
  const keys = {
    patient: key(1),
    linked: key(2),
    stranger: key(3),
    cohabitant: key(4),
    consenting: key(5),
    foster: key(6),
    reader: key(7),
    readerLinked: key(8),
  }
  const numbers = { patient: person(1), linked: person(2), stranger: person(3), nobody: person(4), reader: person(5) }
  const scopes = ['read', 'write', 'citizen'].map((one) => [`helsevev:alpha/${one}`, `helsevev:${service}/${one}`] as const)
  const words = new Map<string, string>([
    ['910000001', organizations.own],
    ['910000002', organizations.east],
    ['910000003', organizations.west],
    ['910000004', organizations.another],
    ['910000011', organizations.north],
    ['910000012', organizations.south],
    ['910000099', organizations.elsewhere],
    ['7000001', hpr.own],
    ['7000009', hpr.other],
    ['1001', keys.patient],
    ['1002', keys.linked],
    ['1003', keys.stranger],
    ['alpha', service],
    ...scopes,
  ])
  return { organizations, keys, numbers, hpr, words, base: number }
}

/** Every text that is one of the words, replaced; whatever is undefined stays so. */
function renamed<Value>(value: Value, words: ReadonlyMap<string, string>): Value {
  return JSON.parse(JSON.stringify(value), (_name, one: unknown) => (typeof one === 'string' ? (words.get(one) ?? one) : one)) as Value
}

function recordOf(
  { controller, codes, release, releaseAt, deleted, underLinked, states }: DrawnWorld['records'][number],
  at: number,
  { drawn, now, keys, organizations, base }: { drawn: Drawn; now: Date } & ReturnType<typeof namesOf>,
): WorldRecord {
  return {
    patient: drawn.linked && underLinked ? keys.linked : keys.patient,
    id: `${1_000_000_000 + base * 10 + at}` as RecordId,
    controller: organizations[controller],
    codes,
    tokens: states,
    release: release === 'none' ? undefined : release,
    releaseAt: releaseAt === null ? undefined : new Date(now.getTime() + releaseAt),
    deleted,
  }
}

type Unfinished = Omit<World, 'words'>

function asking({ request, drawn, numbers, keys, named, organizations, reader }: Unfinished): AccessRequest {
  const pids: Record<string, string> = { 'the patient': numbers.patient, 'the linked number': numbers.linked, another: numbers.stranger }
  const attested = {
    'the patient': numbers.patient,
    'the linked number': numbers.linked,
    another: numbers.stranger,
    nobody: numbers.nobody,
  }
  const { caller, attestation } = request
  return {
    ...request,
    caller: {
      ...caller,
      pid: caller.kind === 'citizen' ? (pids[drawn.citizen] ?? numbers.nobody) : caller.pid === undefined ? undefined : reader.number,
      hprNumber: caller.kind === 'person' ? caller.hprNumber : undefined,
    },
    attestation: attestation && {
      ...attestation,
      practitioner: {
        ...attestation.practitioner,
        identifier: attestation.practitioner.identifier && {
          ...attestation.practitioner.identifier,
          id: drawn.attestedPerson === 'another' ? numbers.nobody : reader.number,
        },
      },
      patient: attestation.patient && {
        ...attestation.patient,
        identifier: { ...attestation.patient.identifier, id: attested[drawn.attestedFor] },
      },
    },
    patient:
      drawn.named === 'by key' ? { key: named.patient === keys.linked ? keys.linked : keys.patient } : { identityNumber: numbers.patient },
    unit: organizations.own,
  }
}

/** The facts as a database holds them: a closure is of a controller, a delivery is of a patient, and so on. */
function stored(world: Unfinished): Facts {
  const { drawn, request, keys, records, named } = world
  const { closeRelation: _asDrawn, ...facts } = world.facts
  const registered = facts.patient !== undefined
  const holds = drawn.membership !== 'not in the register'
  const agreements = (holds ? facts.agreements : []).filter(({ validFrom, validUntil }) => validUntil === null || validUntil > validFrom)
  const delivered = (controller: string) =>
    agreements.filter((one) => one.controller === controller && one.receiverType === 'private-provider').flatMap(({ delivers }) => delivers)
  const plain = records.filter(({ codes }) => codes.length === 0).map(({ controller }) => controller)
  const contributors = registered ? [...new Set([...facts.contributors, ...plain])] : []
  // A read that names a record under the linked number is about the person with both.
  const byLinked = registered && 'key' in Object(request.patient) && named.patient === keys.linked
  return {
    ...facts,
    onUnitsList: registered && holds && drawn.listed,
    agreements: agreements.map((one) => ({
      ...one,
      closed: agreements.some(({ controller, closed }) => controller === one.controller && closed),
      delivers: one.receiverType === 'private-provider' && registered ? [...new Set(delivered(one.controller))] : [],
    })),
    contributors,
    silentContributors: [...new Set(records.map(({ controller }) => controller))].filter((one) => !contributors.includes(one)),
    choices: facts.choices
      .filter(({ validFrom, validUntil }) => registered && (validUntil === null || validUntil > validFrom))
      .map((choice, at) => {
        const named = choice.record === null ? undefined : records[Number(choice.record) - 1]
        return {
          ...choice,
          id: `${4_000_000 + at}`,
          record: choice.record === null ? null : (named?.id ?? ('17' as RecordId)),
          // A choice about one record names the controller of that record, if any.
          controller: named && choice.controller !== null ? named.controller : choice.controller,
        }
      }),
    ...personOf(world),
    ...(byLinked && facts.patient ? { patient: { ...facts.patient, key: keys.linked, linked: [keys.patient] } } : {}),
  }
}

/** What the registers hold about the person who asks. */
function personOf(world: Unfinished): Partial<Facts> {
  const { drawn, facts, request, organizations, hpr } = world
  const { caller } = request
  const isInRegister = facts.authorizations !== undefined
  const isKnown =
    caller.pid !== undefined && facts.organization !== undefined && (drawn.closeRelation !== 'self' || facts.patient !== undefined)
  const close = closeRelationOf(world)
  const openedBy = drawn.relationOpenedBy
    .map((name) => organizations[name])
    .filter((one) => facts.organization || one !== organizations.own)
  return {
    citizen: citizenOf(world),
    authorizations: caller.hprNumber === undefined ? undefined : facts.authorizations,
    hprNumbers: [
      ...(caller.hprNumber !== undefined || isInRegister ? [hpr.own] : []),
      ...(drawn.otherNumbers === 'none' ? [] : [hpr.other]),
    ],
    caseOfficer: caller.kind === 'person' && isKnown ? facts.caseOfficer : undefined,
    ...(close ? { closeRelation: { kind: close, openedBy } } : {}),
  }
}

/** A parent stays one; others are close as long as the relation lasts. */
function closeRelationOf({ drawn, facts, request, reversed }: Unfinished): CloseRelation['kind'] | undefined {
  if (request.caller.kind !== 'person' || request.caller.pid === undefined || facts.patient === undefined) return undefined
  if (drawn.closeRelation !== 'relative') return drawn.closeRelation === 'self' ? 'self' : undefined
  const at = request.now.getTime()
  const isClose = ({ kind, validFrom, validUntil, ended }: Relation) =>
    validFrom <= at && (kind === 'parental-responsibility' || ((validUntil === null || validUntil > at) && (ended === null || ended > at)))
  const relations = reversed.length > 0 ? reversed : onceEach(facts.citizen?.relations ?? [])
  return relations.some(isClose) ? 'relative' : undefined
}

function citizenOf({ facts, drawn, request, keys, reversed }: Unfinished): Facts['citizen'] {
  const { citizen } = facts
  if (!citizen) return undefined
  const isSelf = citizen.key === keys.patient || (drawn.linked && citizen.key === keys.linked)
  const canActFor = citizen.key !== undefined && !isSelf && facts.patient !== undefined
  const relations = canActFor && reversed.length === 0 ? onceEach(citizen.relations) : []
  const at = request.now.getTime()
  const inForce = ({ validFrom, validUntil, ended }: Relation) =>
    validFrom <= at && (validUntil === null || validUntil > at) && (ended === null || ended > at)
  return {
    ...citizen,
    birthDate: citizen.key === undefined ? undefined : citizen.birthDate,
    addressConfidentiality: citizen.key === undefined ? 'Unclassified' : citizen.addressConfidentiality,
    relations,
    parentalConsents: onceEach(citizen.parentalConsents),
    fosterGrant: citizen.fosterGrant || relations.some((one) => one.kind === 'foster-parent' && inForce(one)),
  }
}

/** One relation of a kind begins at a time; the care of a foster parent has an end. */
function onceEach(relations: readonly Relation[]): Relation[] {
  const first = new Map(relations.toReversed().map((one) => [`${one.kind} ${one.validFrom}`, one]))
  return [...first.values()].map((one) =>
    one.kind === 'foster-parent' && one.validUntil === null ? { ...one, validUntil: 4_102_444_800_000 } : one,
  )
}
