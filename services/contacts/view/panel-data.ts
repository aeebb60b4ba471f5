/** What the panels draw, as plain JSON: made on the portal's server by load.ts, read in the browser by Panel.tsx. */
import type { Controller } from '@helsevev/panel/controllers.ts'
import type { GuardianScope } from '../model/guardian.ts'
import type { Relation } from '../model/relations.ts'
import type { Role } from '../model/roles.ts'

interface Reported {
  id: string
  from: string
  until?: string
  /** In force at the moment that was asked about. */
  isCurrent: boolean
  /** Begins after that moment. */
  isAhead?: true
  /** When this version came here, ISO 8601. */
  reported?: string
  controller: Controller
}

export interface ShownContact extends Reported {
  name?: string
  relations: Relation[]
  /** Relations of other lists, in the words of the sender. */
  otherRelations: string[]
  isNextOfKin: boolean
  /** Whether the contact is guardian, and of what. */
  guardian?: { scope?: GuardianScope }
  /** 1 is called first. */
  order?: number
  phones: string[]
}

export interface ShownResponsible extends Reported {
  role: Role | 'other'
  /** The words of the sender, where the role is another. */
  roleText?: string
  name?: string
  hprNumber?: string
  organization?: string
  phone?: string
}

export interface ContactsData {
  /** In the order in which they are to be called. */
  contacts: ShownContact[]
  responsible: ShownResponsible[]
  /** Telephones and places are left out: the patient has a protected address. */
  withoutPlaces?: boolean
}
