/** What this portal's pages ask its server. An answer is a value or a PortalProblem. */
import { asking } from '@helsevev/portal/client/call.ts'
import type { Written } from '@helsevev/service-medication-list/reconciliation/act'
import { accessHeader, contract, type Elevation, openingHeader, type PortalProblem, type Purpose } from '../contract.ts'

/** Which patient a window shows, under which access. */
export interface Shown {
  opening: string
  access: string
}

const ask = asking<PortalProblem>()

export function isProblem(value: unknown): value is PortalProblem {
  return typeof value === 'object' && value !== null && 'code' in value
}

const ofOpening = (opening: string) => ({ headers: { [openingHeader]: opening } }) as const
const under = ({ opening, access }: Shown) => ({ [openingHeader]: opening, [accessHeader]: access }) as const

export async function chooseOrganization(number: string, place: string) {
  return await ask(contract.chooseOrganization, { body: { number, place } })
}

/** Opens the patient with the typed number, of a row of the list, or who was open before. */
export async function openPatient(who: { identityNumber: string } | { row: string } | { recent: string }, purpose: Purpose) {
  return await ask(contract.openPatient, { body: { ...who, purpose } })
}

/** The patients of the unit where the person works now, and what there is about each. */
export async function fetchWorklist(purpose: Purpose) {
  return await ask(contract.worklist, { body: { purpose } })
}

export async function identifyPatient() {
  return await ask(contract.identifyPatient)
}

export async function closePatient() {
  return await ask(contract.closePatient)
}

/** Opens the same patient under another access, until its end. */
export async function elevate(opening: string, kind: Elevation, reason: string) {
  return await ask(contract.elevate, { body: kind === 'emergency' ? { kind, reason } : { kind }, ...ofOpening(opening) })
}

export async function endElevation(opening: string) {
  return await ask(contract.endElevation, ofOpening(opening))
}

export async function fetchPanel(service: string, shown: Shown) {
  return await ask(contract.panel, { service, headers: under(shown) })
}

/** The panel as it was at the end of an earlier day (`2026-01-15`), in Norway. */
export async function fetchPast(service: string, day: string, shown: Shown) {
  return await ask(contract.past, { service, day, headers: under(shown) })
}

/** What changed in the records of a service, newest first. */
export async function fetchChanges(service: string, shown: Shown) {
  return await ask(contract.changes, { service, headers: under(shown) })
}

/** For print and copy, when the person chooses to include it. */
export async function fetchIdentityNumber(opening: string) {
  return await ask(contract.identityNumber, ofOpening(opening))
}

/** What is known of the medicines, to be reconciled. */
export async function fetchReconciliation(shown: Shown) {
  return await ask(contract.reconciliation, { headers: under(shown) })
}

/** Sends the list as it was reconciled. */
export async function sendReconciliation(sealed: string, written: Written, shown: Shown) {
  return await ask(contract.reconcile, { headers: under(shown), body: { sealed, written } })
}
