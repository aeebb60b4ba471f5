/** What this portal's pages ask its server. An answer is a value or a PortalProblem. */
import { call, type Route } from '@helsevev/portal/client/call.ts'
import {
  accessHeader,
  type Elevation,
  type OpenPatientView,
  type Organization,
  openingHeader,
  type PanelAnswer,
  type PortalProblem,
  type Purpose,
  type Worklist,
} from '../contract.ts'
import { api } from '../routes.ts'

/** Which patient a window shows, under which access. */
export interface Shown {
  opening: string
  access: string
}

type More = Parameters<typeof call>[1]

const ask = <Answer>(route: Route, more?: More) => call<Answer, PortalProblem>(route, more)

export function isProblem(value: unknown): value is PortalProblem {
  return typeof value === 'object' && value !== null && 'code' in value
}

export async function chooseOrganization(number: string, place: string) {
  return await ask<{ organization: Organization }>(api.chooseOrganization, { body: { number, place } })
}

/** By the number typed, or by the row of the list. */
export async function openPatient(who: { identityNumber: string } | { row: string }, purpose: Purpose) {
  return await ask<{ patient: OpenPatientView; panels: string[] }>(api.openPatient, { body: { ...who, purpose } })
}

/** The patients of the unit where the person works now, and what there is about each. */
export async function fetchWorklist(purpose: Purpose) {
  return await ask<Worklist>(api.worklist, { body: { purpose } })
}

export async function identifyPatient() {
  return await ask<{ patient: OpenPatientView }>(api.identifyPatient)
}

export async function closePatient() {
  return await ask<undefined>(api.closePatient)
}

/** Looks at the open patient under another access, until its end. */
export async function elevate(opening: string, kind: Elevation, reason: string) {
  const body = kind === 'emergency' ? { kind, reason } : { kind }
  return await ask<{ patient: OpenPatientView }>(api.elevate, { body, headers: { [openingHeader]: opening } })
}

export async function endElevation(opening: string) {
  return await ask<{ patient: OpenPatientView }>(api.endElevation, { headers: { [openingHeader]: opening } })
}

export async function fetchPanel(service: string, { opening, access }: Shown) {
  return await ask<PanelAnswer>(api.panel, { name: service, headers: { [openingHeader]: opening, [accessHeader]: access } })
}

/** As of the end of an earlier day (`2026-01-15`), in Norway. */
export async function fetchPast(service: string, day: string, { opening, access }: Shown) {
  const headers = { [openingHeader]: opening, [accessHeader]: access }
  return await ask<PanelAnswer>(api.past, { name: [service, day], headers })
}

/** For print and copy, when the person says that it is to stand there. */
export async function fetchIdentityNumber(opening: string) {
  return await ask<{ identityNumber: string }>(api.identityNumber, { headers: { [openingHeader]: opening } })
}
