/**
 * The parties that ordered, performed and got a copy, as PractitionerRole with identifiers and names; nothing else is known about them
 * here.
 */
import { identifierSystems, PROFESSION } from '@helsevev/clinical/systems'
import type { Identifier, Organization, Practitioner, PractitionerRole, Reference } from '@medplum/fhirtypes'
import { laboratoryCodeSystem } from '../model/local-codes.ts'
import { codingOf } from './coded.ts'
import type { HealthcareParty, Party } from './svarrapport.ts'

const { FNR, DNR, HPR, HER, ENH, RESH } = identifierSystems
/** By the kind of number that the message names. */
const systems: ReadonlyMap<string, string> = new Map(Object.entries({ FNR, DNR, HPR, HER, ENH, RSH: RESH }))
/** Local numbers have a meaning at the laboratory only: they get a system of our own, which contains the kind of number. */
const LOCAL = 'http://helsevev.no/fhir/NamingSystem/kith-'

/** Preferred, because these identifiers mean the same everywhere. */
const preferred = ['ENH', 'HPR', 'HER', 'RSH']

function identifierOf(parties: readonly Party[]): Identifier | undefined {
  const best = bestOf(parties)
  if (best?.id === undefined) return undefined
  const { type } = best
  return { ...(type ? { system: systems.get(type) ?? `${LOCAL}${type.toLowerCase()}` } : {}), value: best.id }
}

function bestOf(parties: readonly Party[]): Party | undefined {
  const known = parties.filter(({ id }) => id !== undefined)
  return preferred.flatMap((type) => known.filter((party) => party.type === type))[0] ?? known[0]
}

/** The department's number is used before the institution's; their names are joined. */
export function organizationOf({ institution, department }: HealthcareParty): Reference<Organization> | undefined {
  const identifier = identifierOf(department) ?? identifierOf(institution)
  const display = [institution[0]?.name, department[0]?.name].filter(Boolean).join(', ')
  if (!identifier && !display) return undefined
  return { ...(identifier ? { identifier } : {}), ...(display ? { display } : {}) }
}

export function practitionerRoleOf(party: HealthcareParty): PractitionerRole | undefined {
  const identifier = identifierOf(party.person)
  const display = party.person[0]?.name
  const organization = organizationOf(party)
  const profession = party.profession && codingOf(party.profession, PROFESSION)
  const practitioner: Reference<Practitioner> | undefined =
    identifier || display ? { ...(identifier ? { identifier } : {}), ...(display ? { display } : {}) } : undefined
  if (!practitioner && !organization) return undefined
  return {
    resourceType: 'PractitionerRole',
    ...(practitioner ? { practitioner } : {}),
    ...(organization ? { organization } : {}),
    ...(profession ? { code: [{ coding: [profession] }] } : {}),
  }
}

/** System of the laboratory's own codes; undefined when nothing identifies the laboratory. */
export function localCodesOf(provider: HealthcareParty | undefined): string | undefined {
  const best = provider && (bestOf(provider.institution) ?? bestOf(provider.department))
  return best?.id === undefined ? undefined : laboratoryCodeSystem(best.type, best.id)
}

/** `{type}:{id}` of the institution that made the report: its organisation number where the message has it. */
export function laboratoryOf(provider: HealthcareParty | undefined): string | undefined {
  const identifier = provider && (identifierOf(provider.institution) ?? identifierOf(provider.department))
  return identifier && `${identifier.system ?? ''}|${identifier.value}`
}
