/** Everything that is seeded but the stories, as plain data. */
import type { TestWorld } from '@helsevev/helseid-test'
import { agreements, participation, type SeedAgreement, type SeedParticipation } from './agreements.ts'
import { organizations, type SeedOrganization } from './organizations.ts'
import { patients, type SeedPatient } from './patients.ts'
import { type SeedSetting, settings } from './settings.ts'
import { apiScopes, clients, delegations, practitionerRoles, type SeedPractitionerRole, testPeople } from './sign-in.ts'

/** `people`, `clients` and `delegations` are what the test identity provider knows. */
export interface SeedWorld extends TestWorld {
  organizations: SeedOrganization[]
  practitionerRoles: SeedPractitionerRole[]
  participation: SeedParticipation[]
  agreements: SeedAgreement[]
  settings: SeedSetting[]
  /** Whom the information is about. */
  patients: SeedPatient[]
}

/** A new copy each time: the test identity provider changes its own. */
export function world(): SeedWorld {
  return structuredClone({
    people: [...testPeople],
    clients: [...clients],
    delegations: [...delegations],
    apiAudience: 'helsevev',
    apiScopes: [...apiScopes],
    organizations: [...organizations],
    practitionerRoles: [...practitionerRoles],
    participation: [...participation],
    agreements: [...agreements],
    settings: [...settings],
    patients: patients(),
  })
}
