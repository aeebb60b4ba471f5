/** What this portal needs from the server beside what every portal does. */
import type { RateLimit } from '@helsevev/kernel/http/rate-limit'
import type { Guard } from '@helsevev/kernel/identity/guard'
import type { PanelLoader } from '@helsevev/panel/loader.ts'
import type { PortalOptions } from '@helsevev/portal/server'
import type { AccessKind, Purpose } from '../contract.ts'
import type { Employer } from './sessions.ts'
import type { SmartEhr } from './smart-ehr.ts'

/** `apiScopes` are those of the person register, and of each information service the portal reads. */
export interface ClinicianPortalOptions extends PortalOptions {
  /** Where the person works now, from the register of practitioner roles, with the units of each. */
  organizationsOf(hprNumber: string): Promise<Employer[]>
  /** What the person is authorised as now (list 9060), what goes with the role first. */
  authorizationsOf(hprNumber: string, role: string): Promise<string[]>
  /** Told of every decision to look, so that it can be found again by the id that the access log holds. */
  decided(decision: Decided): void
  /** What record systems call with: the guard of the API, which knows their tokens and proofs. */
  guard: Guard
  /** Of each client and organisation, as at the API. */
  rateLimit?: RateLimit
  /** Told of what record systems begin and end here. */
  handover(event: HandoverEvent): void
  /** Record systems that open the portal by SMART App Launch; none when absent. */
  smartEhrs?(): readonly SmartEhr[]
  /** What loads the panels, by service. */
  panels: readonly PanelLoader<unknown>[]
}

/** A call of a record system about a session, and how it went: the status, and the problem when it was refused. */
export interface HandoverEvent {
  event: 'create' | 'refresh' | 'end'
  status: number
  problem?: string
  client?: string
  organization?: string
  hprNumber?: string
  /** What the record system calls itself, without identity numbers. */
  sourceSystem?: string
}

/** Who decided to look, for whom, where and why; whom at is known to the access log and not told here. */
export interface Decided {
  decision: string
  /** Of the patient; a list has none. */
  opening?: string
  hprNumber: string
  organization: string
  pointOfCare: string
  purpose: Purpose | 'BTG'
  kind: AccessKind | 'list'
}
