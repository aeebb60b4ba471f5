/** People who decide for a data controller and control its access. None is health personnel; they sign in through `helsevev-controller`. */

import type { ControllerRole } from '@helsevev/kernel/control/contract'
import { bergen, helseVest, oslo } from './organizations.ts'
import type { SeedStaff } from './seed-staff.ts'

export interface SeedControllerRole {
  /** Id of the person. */
  person: string
  organization: string
  role: ControllerRole
}

type Employer = SeedStaff['employers'][number]

interface Controller {
  id: string
  name: [given: string, family: string]
  born: string
  gender: 'male' | 'female'
  employer: Employer
  controllerRole: ControllerRole
  role: string
}

// biome-ignore format: a table, one row to a line
const controllers: readonly Controller[] = [
  { id: 'owner-bergen',           name: ['Marit', 'Fjeldstad'],  born: '1969-03-12', gender: 'female', employer: bergen,    controllerRole: 'owner',           role: 'kommunalsjef, Bergen kommune' },
  { id: 'second-owner-bergen',    name: ['Kåre', 'Tveit'],       born: '1974-09-05', gender: 'male',   employer: bergen,    controllerRole: 'owner',           role: 'systemeier, Bergen kommune' },
  { id: 'privacy-officer-bergen', name: ['Yasmin', 'Karimi'],    born: '1983-01-27', gender: 'female', employer: bergen,    controllerRole: 'privacy-officer', role: 'personvernombud, Bergen kommune' },
  { id: 'reader-bergen',          name: ['Anders', 'Nygård'],    born: '1991-11-02', gender: 'male',   employer: bergen,    controllerRole: 'reader',          role: 'rådgiver, Bergen kommune' },
  { id: 'owner-oslo',             name: ['Turid', 'Aamodt'],     born: '1967-06-18', gender: 'female', employer: oslo,      controllerRole: 'owner',           role: 'helsedirektør, Oslo kommune' },
  { id: 'owner-helse-vest',       name: ['Gunnar', 'Hellesøy'],  born: '1971-04-30', gender: 'male',   employer: helseVest, controllerRole: 'owner',           role: 'systemeier, Helse Vest' },
]

export const controllerStaff: readonly Omit<SeedStaff, 'pid'>[] = controllers.map(
  ({ employer, controllerRole: _controllerRole, ...person }) => ({ ...person, authorizations: [], specialties: [], employers: [employer] }),
)

export const controllerRoles: readonly SeedControllerRole[] = controllers.map(({ id, employer, controllerRole }) => ({
  person: id,
  organization: employer.number,
  role: controllerRole,
}))
