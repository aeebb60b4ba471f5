/**
 * What the trust anchor vouches for in an attestation of the trust framework: read from the details of a request, checked against who is
 * signed in, who the token is for and the registers, completed with names, and put in the access token (Tillitsrammeverk v1.1; HelseID's
 * published schema `helseid_trust_framework`).
 */
import { ATTESTATION_TYPE, DetailsError, listDetails, property } from './details.ts'
import type { Organization } from './organization.ts'
import type { TestPerson, TestWorld } from './world.ts'

type Members = Record<string, unknown>

/** As the client sent it. */
export type StatedAttestation = Members

/** What is known when it is checked. At a pushed request nobody has signed in yet, and a vendor may not have stated the organisation. */
export interface Known {
  person?: TestPerson | undefined
  organization?: Organization | undefined
  world: Pick<TestWorld, 'organizations'>
}

export interface Vouched {
  /** Claim of the access token, named by the type. */
  claim: Members
  /** Members that the framework does not have: kept, and reported to the client. */
  unknownMembers: string[]
}

/** The attestation in the details; undefined when there is none. Throws DetailsError when there are two, or it is no object. */
export function readAttestation(details: unknown, where: string): StatedAttestation | undefined {
  const [found, ...more] = listDetails(details, where).filter(({ detail }) => property(detail, 'type') === ATTESTATION_TYPE)
  if (more.length > 0) throw refused([`${where} holds two of ${ATTESTATION_TYPE}: send one`])
  return found?.detail as StatedAttestation | undefined
}

/** Checks it and completes it. Throws DetailsError that names every member at fault. */
export function vouchFor(stated: StatedAttestation, known: Known): Vouched {
  const faults: string[] = []
  const unknownMembers: string[] = []
  const claim: Members = {
    ...stated,
    ...checkParts(stated, known, { fault: (words) => faults.push(words), unknown: (path) => unknownMembers.push(path) }),
  }
  if (faults.length > 0) throw refused(faults)
  return { claim, unknownMembers }
}

interface Notes {
  fault(words: string): void
  unknown(path: string): void
}

const OID = 'urn:oid:2.16.578.1.12.4.1'
const [NATIONAL, D_NUMBER, HPR, ORGANIZATION_NUMBER] = [`${OID}.4.1`, `${OID}.4.2`, `${OID}.4.4`, `${OID}.4.101`]
const AUTHORIZATION = `${OID}.1.9060`
const PURPOSE = 'urn:oid:2.16.840.1.113883.1.11.20448'
const SERVICES = ['8655', '8627', '8451', '8668', '8663', '8662', '8664', '8666', '7750', '8254'].map((list) => `${OID}.1.${list}`)

const POPULATION_REGISTER = 'https://www.skatteetaten.no'
const UNIT_REGISTER = 'https://www.brreg.no'
const HEALTH_DIRECTORATE = 'https://www.helsedirektoratet.no'

const PURPOSES: Record<string, string> = {
  TREAT: 'treatment',
  ETREAT: 'emergency treatment',
  COC: 'coordination of care',
  BTG: 'break the glass',
}
/** The codes of list 9060 that the people of test worlds hold. */
const AUTHORIZATIONS: Record<string, string> = {
  AA: 'Ambulansearbeider',
  ET: 'Ergoterapeut',
  FT: 'Fysioterapeut',
  HF: 'Helsefagarbeider',
  HP: 'Hjelpepleier',
  JO: 'Jordmor',
  LE: 'Lege',
  PS: 'Psykolog',
  SP: 'Sykepleier',
  TL: 'Tannlege',
  VP: 'Vernepleier',
}

function checkParts(stated: Members, known: Known, notes: Notes): Members {
  const root = members(stated, '', ['type', 'practitioner', 'care_relationship', 'care_relation', 'patients'], notes)
  const careName = root.care_relation === undefined ? 'care_relationship' : 'care_relation'
  if (root.care_relation !== undefined && root.care_relationship !== undefined)
    notes.fault('care_relation and care_relationship are two names of the same member: send one of them')
  return {
    practitioner: practitioner(root.practitioner, known, notes),
    [careName]: careRelationship(root[careName], careName, notes),
    ...(root.patients === undefined ? {} : { patients: patients(root.patients, notes) }),
  }
}

function practitioner(stated: unknown, { person, organization, world }: Known, notes: Notes): Members {
  const names = ['identifier', 'hpr_nr', 'authorization', 'legal_entity', 'point_of_care', 'department']
  const { identifier, hpr_nr, authorization, legal_entity, point_of_care, department } = members(stated, 'practitioner', names, notes)
  const identity = person && {
    id: person.pid,
    system: Number(person.pid.slice(0, 2)) > 40 ? D_NUMBER : NATIONAL,
    name: person.name,
    authority: POPULATION_REGISTER,
  }
  const hpr = person?.hprNumber && { id: person.hprNumber, system: HPR, name: person.name, authority: HEALTH_DIRECTORATE }
  if (identity && identifier !== undefined && idOf(identifier) !== identity.id)
    notes.fault('practitioner.identifier is not who is signed in')
  if (person && hpr_nr !== undefined && (idOf(hpr_nr) ?? hpr_nr) !== person.hprNumber)
    notes.fault('practitioner.hpr_nr is not the number of who is signed in in the register of health personnel')
  const held = coded(authorization, 'practitioner.authorization', [AUTHORIZATION], notes)
  if (held && person && !person.authorizations?.includes(held.code))
    notes.fault('practitioner.authorization is not held by who is signed in, as the register of health personnel has it')
  const entity = identified(legal_entity, 'practitioner.legal_entity', ORGANIZATION_NUMBER, notes)
  const place = identified(point_of_care, 'practitioner.point_of_care', ORGANIZATION_NUMBER, notes)
  if (entity && organization && entity.id !== organization.parent)
    notes.fault('practitioner.legal_entity is not the organisation that the token is for')
  const own = [organization?.parent, organization?.child]
  const listed = (id: string) => world.organizations.find(({ number }) => number === id)
  if (place && organization && !own.includes(place.id) && !listed(place.id))
    notes.fault('practitioner.point_of_care is not in the register of units (organizations of the test world)')
  const registered = (unit: typeof entity) => unit && { ...unit, ...nameOf(listed(unit.id)), authority: UNIT_REGISTER }
  return {
    ...(stated as Members),
    ...(identity ? { identifier: identity } : {}),
    ...(hpr ? { hpr_nr: hpr } : {}),
    ...(held ? { authorization: { ...held, text: AUTHORIZATIONS[held.code] ?? held.code, assigner: HEALTH_DIRECTORATE } } : {}),
    ...(entity ? { legal_entity: registered(entity) } : {}),
    ...(place ? { point_of_care: registered(place) } : {}),
    ...(department === undefined ? {} : { department: identified(department, 'practitioner.department', undefined, notes) }),
  }
}

function careRelationship(stated: unknown, path: string, notes: Notes): Members {
  const names = ['healthcare_service', 'purpose_of_use', 'purpose_of_use_details', 'decision_ref']
  const { healthcare_service, purpose_of_use, purpose_of_use_details, decision_ref } = members(stated, path, names, notes)
  if (healthcare_service === undefined && purpose_of_use_details === undefined)
    notes.fault(`${path}.healthcare_service is missing, and so is purpose_of_use_details: send one of them, or both`)
  const service = coded(healthcare_service, `${path}.healthcare_service`, SERVICES, notes)
  const details = coded(purpose_of_use_details, `${path}.purpose_of_use_details`, undefined, notes)
  if (purpose_of_use === undefined) notes.fault(`${path}.purpose_of_use is missing`)
  const purpose = coded(purpose_of_use, `${path}.purpose_of_use`, [PURPOSE], notes)
  const text = purpose && PURPOSES[purpose.code]
  if (purpose && !text) notes.fault(`${path}.purpose_of_use.code is one of ${Object.keys(PURPOSES).join(', ')}`)
  checkDecision(decision_ref, `${path}.decision_ref`, notes)
  return {
    ...(stated as Members),
    ...(purpose ? { purpose_of_use: { ...purpose, text, assigner: 'http://www.hl7.org' } } : {}),
    ...(service ? { healthcare_service: { ...service, assigner: HEALTH_DIRECTORATE } } : {}),
    ...(details ? { purpose_of_use_details: details } : {}),
  }
}

function checkDecision(stated: unknown, path: string, notes: Notes): void {
  const { id, description, user_selected } = members(stated, path, ['id', 'description', 'user_selected'], notes)
  if (typeof id !== 'string' || !/^[A-Za-z0-9_-]{1,64}$/.test(id))
    notes.fault(`${path}.id is 1 to 64 letters, digits, underscores and hyphens`)
  if (typeof user_selected !== 'boolean') notes.fault(`${path}.user_selected is true or false`)
  if (description !== undefined) notes.fault(`${path}.description is free text, which goes in the call to the API and never here`)
}

/** HelseID does not want to know which patient is looked up; where the patient is may be stated. */
function patients(stated: unknown, notes: Notes): unknown[] {
  if (!Array.isArray(stated)) {
    notes.fault('patients is a list')
    return []
  }
  return stated.map((patient, index) => {
    const path = `patients[${index}]`
    const { identifier, point_of_care, department } = members(patient, path, ['identifier', 'point_of_care', 'department'], notes)
    if (identifier !== undefined)
      notes.fault(`${path}.identifier goes in the call to the API and never here: HelseID does not learn who the patient is`)
    return {
      ...(patient as Members),
      ...(point_of_care === undefined
        ? {}
        : { point_of_care: identified(point_of_care, `${path}.point_of_care`, ORGANIZATION_NUMBER, notes) }),
      ...(department === undefined ? {} : { department: identified(department, `${path}.department`, undefined, notes) }),
    }
  })
}

/** The members named; others are reported as unknown. */
function members(stated: unknown, path: string, names: readonly string[], notes: Notes): Members {
  if (!isObject(stated)) {
    notes.fault(`${path} is ${stated === undefined ? 'missing' : 'an object'}`)
    return {}
  }
  for (const name of Object.keys(stated)) if (!names.includes(name)) notes.unknown(path ? `${path}.${name}` : name)
  return Object.fromEntries(names.map((name) => [name, property(stated, name)]))
}

function isObject(stated: unknown): stated is Members {
  return typeof stated === 'object' && stated !== null && !Array.isArray(stated)
}

function identified(
  stated: unknown,
  path: string,
  system: string | undefined,
  notes: Notes,
): { id: string; system: string; [member: string]: unknown } | undefined {
  const found = members(stated, path, ['id', 'system', 'name', 'authority'], notes)
  if (!isObject(stated)) return undefined
  const given = withPrefix(found.system)
  if (typeof found.id !== 'string' || found.id === '') notes.fault(`${path}.id is missing`)
  else if (given === undefined || (system !== undefined && given !== system)) notes.fault(`${path}.system is ${system ?? 'missing'}`)
  else if (system === ORGANIZATION_NUMBER && !/^[0-9]{9}$/.test(found.id)) notes.fault(`${path}.id is nine digits`)
  else return { ...stated, id: found.id, system: given }
  return undefined
}

function coded(
  stated: unknown,
  path: string,
  systems: readonly string[] | undefined,
  notes: Notes,
): { code: string; system: string; [member: string]: unknown } | undefined {
  if (stated === undefined) return undefined
  const found = members(stated, path, ['code', 'system', 'text', 'assigner'], notes)
  if (!isObject(stated)) return undefined
  const given = withPrefix(found.system)
  if (typeof found.code !== 'string' || found.code === '') notes.fault(`${path}.code is missing`)
  else if (given === undefined || (systems && !systems.includes(given)))
    notes.fault(`${path}.system is ${systems?.join(', or ') ?? 'missing'}`)
  else return { ...stated, code: found.code, system: given }
  return undefined
}

/** OIDs are written with and without `urn:oid:`. */
function withPrefix(system: unknown): string | undefined {
  if (typeof system !== 'string' || system === '') return undefined
  return /^[0-2](\.[0-9]+)+$/.test(system) ? `urn:oid:${system}` : system
}

function idOf(identifier: unknown): unknown {
  return property(identifier, 'id')
}

function nameOf(organization: { name: string } | undefined): { name?: string } {
  return organization ? { name: organization.name } : {}
}

function refused(faults: string[]): DetailsError {
  return new DetailsError('invalid_authorization_details', `${ATTESTATION_TYPE}: ${faults.join('; ')}`)
}
