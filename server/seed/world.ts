/** Everything that is seeded but the stories, as plain data. */

import type { TestWorld } from '@helsevev/helseid-test'
import {
  agreements,
  closures,
  deliveries,
  participation,
  roleRules,
  type SeedAgreement,
  type SeedClosure,
  type SeedDelivery,
  type SeedParticipation,
  type SeedRoleRule,
} from './agreements.ts'
import { choices, type SeedChoice } from './choices.ts'
import { controllerRoles, type SeedControllerRole } from './controllers.ts'
import { organizations, type SeedOrganization, type SeedServiceUnit, serviceUnits } from './organizations.ts'
import { patients } from './patients.ts'
import { representations, type SeedRepresentation, watched } from './people.ts'
import type { SeedPatient } from './seed-patient.ts'
import type { SeedStaff } from './seed-staff.ts'
import { type SeedSetting, settings } from './settings.ts'
import { apiScopes, clients, delegations, testPeople } from './sign-in.ts'
import { practitionerRoles, type SeedPractitionerRole, staff } from './staff.ts'

/** `people`, `clients` and `delegations` are what the test identity provider knows. */
export interface SeedWorld extends TestWorld {
  organizations: SeedOrganization[]
  serviceUnits: SeedServiceUnit[]
  staff: SeedStaff[]
  practitionerRoles: SeedPractitionerRole[]
  controllerRoles: SeedControllerRole[]
  participation: SeedParticipation[]
  agreements: SeedAgreement[]
  closures: SeedClosure[]
  roleRules: SeedRoleRule[]
  settings: SeedSetting[]
  /** Who the information is about, and their relatives. */
  patients: SeedPatient[]
  deliveries: SeedDelivery[]
  representations: SeedRepresentation[]
  choices: SeedChoice[]
  watched: { patient: string; reason: string }[]
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
    serviceUnits: [...serviceUnits],
    staff: [...staff],
    practitionerRoles: [...practitionerRoles],
    controllerRoles: [...controllerRoles],
    participation: [...participation],
    agreements: [...agreements],
    closures: [...closures],
    roleRules: [...roleRules],
    settings: [...settings],
    patients: patients(),
    deliveries: [...deliveries],
    representations: [...representations],
    choices: [...choices],
    watched: [...watched],
  })
}
