/** What this portal needs from the server beside what every portal does. */
import type { PortalOptions } from '@helsevev/portal/server'
import type { PanelLoader } from '@helsevev/ui/panel.ts'
import type { AccessKind, Purpose } from '../contract.ts'
import type { Employer } from './sessions.ts'

/** `apiScopes` are those of the person register, and of each information service the portal reads. */
export interface ClinicianPortalOptions extends PortalOptions {
  /** Where the person works now, from the register of practitioner roles, with the units of each. */
  organizationsOf(hprNumber: string): Promise<Employer[]>
  /** What the person is authorised as now (list 9060), what goes with the role first. */
  authorizationsOf(hprNumber: string, role: string): Promise<string[]>
  /** Told of every decision to look, so that it can be found again by the id that the access log holds. */
  decided(decision: Decided): void
  /** Others than those of panels.ts, for tests. */
  panels?: readonly PanelLoader<unknown>[]
}

/** Who decided to look, for whom, where and why; whom at is known to the access log and not told here. */
export interface Decided {
  decision: string
  opening: string
  hprNumber: string
  organization: string
  pointOfCare: string
  purpose: Purpose | 'BTG'
  kind: AccessKind
}
