/** Calls to the portal's own server. Nothing is thrown for what can be expected: an answer is a value or a PortalProblem. */
import {
  accessHeader,
  csrfHeader,
  type Elevation,
  type Me,
  type OpenPatientView,
  type Organization,
  openingHeader,
  type PanelAnswer,
  type PortalProblem,
  type Purpose,
} from '../contract.ts'
import { api } from '../routes.ts'

/** Which patient a window shows, under which access. */
export interface Shown {
  opening: string
  access: string
}

let csrf = ''
let whenUsed = () => {}

/** Called after each answer, to restart the clock that ends an unused session. */
export function onUse(listener: () => void): void {
  whenUsed = listener
}

export function isProblem(value: unknown): value is PortalProblem {
  return typeof value === 'object' && value !== null && 'code' in value
}

async function call(
  route: { method: string; path: string },
  more: { body?: unknown; headers?: Record<string, string>; name?: string } = {},
): Promise<unknown> {
  const path = more.name ? `${route.path}/${more.name}` : route.path
  try {
    const response = await fetch(`/clinician/${path}`, {
      method: route.method,
      headers: { ...(route.method === 'POST' ? { 'content-type': 'application/json' } : {}), [csrfHeader]: csrf, ...more.headers },
      ...(route.method === 'POST' ? { body: JSON.stringify(more.body ?? {}) } : {}),
      cache: 'no-store',
      credentials: 'same-origin',
    })
    whenUsed()
    return response.status === 204 ? undefined : await response.json()
  } catch {
    return { code: 'unavailable' } satisfies PortalProblem // no network, or an answer that is not ours
  }
}

export async function fetchMe(): Promise<Me | PortalProblem> {
  const me = (await call(api.me)) as Me | PortalProblem
  if (!isProblem(me)) csrf = me.signedIn ? me.csrf : ''
  return me
}

export async function chooseOrganization(number: string, place: string) {
  return (await call(api.chooseOrganization, { body: { number, place } })) as { organization: Organization } | PortalProblem
}

export async function openPatient(identityNumber: string, purpose: Purpose) {
  return (await call(api.openPatient, { body: { identityNumber, purpose } })) as
    | { patient: OpenPatientView; panels: string[] }
    | PortalProblem
}

export async function identifyPatient() {
  return (await call(api.identifyPatient)) as { patient: OpenPatientView } | PortalProblem
}

export async function closePatient() {
  return (await call(api.closePatient)) as undefined | PortalProblem
}

/** Looks at the open patient under another access, until its end. */
export async function elevate(opening: string, kind: Elevation, reason: string) {
  const body = kind === 'emergency' ? { kind, reason } : { kind }
  return (await call(api.elevate, { body, headers: { [openingHeader]: opening } })) as { patient: OpenPatientView } | PortalProblem
}

export async function endElevation(opening: string) {
  return (await call(api.endElevation, { headers: { [openingHeader]: opening } })) as { patient: OpenPatientView } | PortalProblem
}

export async function fetchPanel(service: string, { opening, access }: Shown) {
  return (await call(api.panel, { name: service, headers: { [openingHeader]: opening, [accessHeader]: access } })) as
    | PanelAnswer
    | PortalProblem
}

export async function signOut() {
  return (await call(api.signOut)) as { next: string } | PortalProblem
}
