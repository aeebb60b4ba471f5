/**
 * For which organisation a client acts: how it says so, and whether it may. Structure and error numbers as HelseID publishes
 * them (utviklerportal.nhn.no, HelseID, “Feilmeldinger” and “Organisasjonsnummer”).
 */
import { ATTESTATION_TYPE, DetailsError, listDetails, property, ORGANIZATION_TYPE as TYPE } from './details.ts'
import type { Delegation, TestClient } from './world.ts'

/** How the client stated it: parent and child together (multi-tenant form), or a sub-unit of its own organisation (single-tenant form). */
export type Stated = { form: 'multi-tenant'; parent: string; child: string | undefined } | { form: 'single-tenant'; child: string }

/** What the token says. All absent for a client that acts for no organisation. */
export interface Organization {
  parent?: string
  child?: string
  /** The vendor that acts for the parent. */
  supplier?: string
}

export type OrganizationProblem =
  | 'HID-1001'
  | 'HID-1002'
  | 'HID-1003'
  | 'HID-1004'
  | 'HID-1005'
  | 'HID-1006'
  | 'HID-1007'
  | 'HID-1009'
  | 'HID-1010'
  | 'HID-DOUBLE-STRUCTURE'
  | 'organisation missing'

/** A refused organisation. Which OAuth error goes with which number is not published: a client should look at the number. */
export class OrganizationError extends DetailsError {
  constructor(problem: OrganizationProblem, words: string) {
    const malformed = problem === 'HID-1004' || problem === 'HID-1007' || problem === 'organisation missing'
    super(malformed ? 'invalid_authorization_details' : 'access_denied', `${problem}: ${words}`)
  }
}

/** Other types HelseID knows: the attestation, which is read in attestation.ts, and one that is not acted on here. */
const OTHER_TYPES = new Set(['nhn:sfm:journal-id', ATTESTATION_TYPE])

const PARENT_AND_CHILD = 'urn:oid:1.0.6523'

/** Organisation number; the second is a misspelling that HelseID's own samples spread. */
const CHILD_ONLY = new Set(['urn:oid:2.16.578.1.12.4.1.4.101', 'urn:oid:2.16.578.1.12.4.1.2.101'])

const PREFIX = 'NO:ORGNR:'
const NINE_DIGITS = /^[0-9]{9}$/

/**
 * The organisation in an `assertion_details` or `authorization_details` value: a bare object or an array. Undefined when none is
 * stated. Throws OrganizationError when the structure is not the published one.
 */
export function readOrganization(details: unknown, where: string): Stated | undefined {
  let stated: Stated | undefined
  for (const { path, detail } of listDetails(details, where)) {
    const type = property(detail, 'type')
    if (typeof type !== 'string') throw malformed(`${path}.type is missing: each detail is an object with a type`)
    if (OTHER_TYPES.has(type)) continue
    if (type !== TYPE) throw malformed(`${path}.type is “${type}”, use “${TYPE}”`)
    if (stated) throw malformed(`${where} states an organisation twice: send one ${TYPE}`)
    stated = readIdentifier(
      property(property(property(detail, 'practitioner_role'), 'organization'), 'identifier'),
      `${path}.practitioner_role.organization.identifier`,
    )
  }
  return stated
}

function readIdentifier(identifier: unknown, path: string): Stated {
  const system = property(identifier, 'system')
  const value = property(identifier, 'value')
  if (typeof system !== 'string' || typeof value !== 'string') throw malformed(`${path} needs system, type and value, all strings`)
  if (property(identifier, 'type') !== 'ENH') throw malformed(`${path}.type must be “ENH”`)
  const oid = system.startsWith('urn:oid:') ? system : `urn:oid:${system}`
  if (CHILD_ONLY.has(oid)) return { form: 'single-tenant', child: nineDigits(value, `${path}.value`) }
  if (oid !== PARENT_AND_CHILD) {
    throw malformed(
      `${path}.system is “${system}”, use “${PARENT_AND_CHILD}” (multi-tenant) or “urn:oid:2.16.578.1.12.4.1.4.101” (single-tenant)`,
    )
  }
  if (!value.startsWith(PREFIX)) throw malformed(`${path}.value must be “${PREFIX}<parent>” or “${PREFIX}<parent>:<child>”`)
  const parts = value.slice(PREFIX.length).split(':')
  if (parts.length > 2) throw malformed(`${path}.value has more than a parent and a child`)
  const [parent = '', child = ''] = parts
  return {
    form: 'multi-tenant',
    parent: nineDigits(parent, `the parent in ${path}.value`),
    child: child === '' ? undefined : nineDigits(child, `the child in ${path}.value`),
  }
}

/**
 * Whether the client may act for what it stated, and what the token then says. Delegations are those in force now. Throws
 * OrganizationError.
 */
export function decideOrganization(client: TestClient, stated: Stated | undefined, delegations: readonly Delegation[]): Organization {
  if (client.tenancy !== 'none' && !NINE_DIGITS.test(client.organization)) {
    throw new OrganizationError('HID-1010', `the client “${client.clientId}” is registered without a nine-digit organisation number`)
  }
  return BY_TENANCY[client.tenancy](client, stated, delegations)
}

const BY_TENANCY: Record<TestClient['tenancy'], typeof decideOrganization> = {
  'multi-tenant': (client, stated, delegations) => {
    if (!stated) {
      throw new OrganizationError(
        'organisation missing',
        `a multi-tenant client states the organisation: ${TYPE} in assertion_details of the client assertion, “${PREFIX}<parent>:<child>”`,
      )
    }
    if (stated.form === 'single-tenant') throw malformed(`a multi-tenant client uses system “${PARENT_AND_CHILD}”`)
    const { parent, child } = stated
    const delegated = delegations.some(({ customer, supplier }) => customer === parent && supplier === client.organization)
    if (parent !== client.organization && !delegated) {
      throw new OrganizationError('HID-1001', `${parent} has not delegated to ${client.organization} that it may act for it in HelseID`)
    }
    if (child && client.children && !client.children.includes(child)) {
      throw new OrganizationError('HID-1003', `the client has a list of sub-units and ${child} is not on it`)
    }
    return { parent, ...(child ? { child } : {}), supplier: client.organization }
  },
  'single-tenant': (client, stated) => {
    if (!stated) return { parent: client.organization }
    if (stated.form === 'multi-tenant') {
      throw new OrganizationError('HID-1005', 'a single-tenant client does not state the parent: HelseID sets it')
    }
    if (!client.children?.length) throw new OrganizationError('HID-1006', 'the client is not registered as one that may state a sub-unit')
    if (!client.children.includes(stated.child)) {
      throw new OrganizationError('HID-1002', `${stated.child} is not on the client's list of sub-units`)
    }
    return { parent: client.organization, child: stated.child }
  },
  none: (_client, stated) => {
    if (!stated) return {}
    throw stated.form === 'multi-tenant'
      ? new OrganizationError('HID-1005', 'the client acts for no organisation and may not state a parent')
      : new OrganizationError('HID-1006', 'the client acts for no organisation and may not state a sub-unit')
  },
}

function nineDigits(value: string, path: string): string {
  // No check digit: HelseID's own test sub-units fail modulus 11.
  if (!NINE_DIGITS.test(value)) throw new OrganizationError('HID-1004', `${path} must be nine digits`)
  return value
}

function malformed(words: string): OrganizationError {
  return new OrganizationError('HID-1007', words)
}
