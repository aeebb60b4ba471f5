/** What this portal needs from the server in addition to what every portal needs. */
import type { RateLimit } from '@helsevev/kernel/http/rate-limit'
import type { Guard } from '@helsevev/kernel/identity/guard'
import type { PanelLoader } from '@helsevev/panel/loader.ts'
import type { PortalOptions } from '@helsevev/portal/server'
import type { AccessKind, Purpose } from '../contract.ts'
import type { Employer } from './sessions.ts'
import type { SmartEhr } from './smart-ehr.ts'

/** `apiScopes` are those of the person register, and of each information service that the portal reads. */
export interface ClinicianPortalOptions extends PortalOptions {
  /** Where the person works now, from the register of practitioner roles, with the units of each organisation. */
  organizationsOf(hprNumber: string): Promise<Employer[]>
  /** The person's authorisations now (list 9060), with the one that fits the role first. */
  authorizationsOf(hprNumber: string, role: string): Promise<string[]>
  /** Called with every decision to look, so that it can be found again by the id that the access log has. */
  decided(decision: Decided): void
  /** Called when a person is refused here, for an organisation, so that no request reaches the API: that counts the reason. */
  refused?(reason: 'authorization-not-held', organization: string): void
  /** The guard of the API, which knows the tokens and proofs that record systems call with. */
  guard: Guard
  /** The limit for each client and organisation, as at the API. */
  rateLimit?: RateLimit
  /** Called when a record system begins or ends a session here. */
  handover(event: HandoverEvent): void
  /** Record systems that open the portal by SMART App Launch; none when absent. */
  smartEhrs?(): readonly SmartEhr[]
  /** The loader of each service's panel. */
  panels: readonly PanelLoader<unknown>[]
}

/** A call of a record system about a session, and its result: the status, and the problem when it was refused. */
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

/** Who decided to look, for which organisation, where and why. The access log knows at which patient; this does not. */
export interface Decided {
  decision: string
  /** Id of the opening of the patient; a list has none. */
  opening?: string
  hprNumber: string
  organization: string
  pointOfCare: string
  purpose: Purpose | 'BTG'
  kind: AccessKind | 'list'
}
