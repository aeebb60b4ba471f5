/**
 * The clinician portal on one page. `pages` are what a person sees, each with a file in pages/; who is looked at never stands in an
 * address, so that the patient page has the same address for everyone. `api` is what the pages ask the portal's server.
 */
export const pages = {
  /** Sign in, or, when signed in, find a patient. */
  find: '/',
  organization: '/organization',
  patient: '/patient',
  timeline: '/patient/timeline',
  compare: '/patient/compare',
  /** Opened from a record system, and nothing came of it. */
  launchFailed: '/launch-failed',
} as const

/** Of one patient: under the same banner, and each closed with the patient. */
export const patientPages = ['patient', 'timeline', 'compare'] as const satisfies readonly Page[]
export type PatientPage = (typeof patientPages)[number]

export const isPatientPage = (page: Page): page is PatientPage => patientPages.some((one) => one === page)

export type Page = keyof typeof pages

export const api = {
  chooseOrganization: { method: 'POST', path: 'api/organization' },
  worklist: { method: 'POST', path: 'api/worklist' },
  openPatient: { method: 'POST', path: 'api/patient' },
  identifyPatient: { method: 'POST', path: 'api/patient/person' },
  elevate: { method: 'POST', path: 'api/patient/access' },
  endElevation: { method: 'DELETE', path: 'api/patient/access' },
  closePatient: { method: 'DELETE', path: 'api/patient' },
  panel: { method: 'GET', path: 'api/panels' },
  /** A panel as of an earlier day. */
  past: { method: 'GET', path: 'api/past' },
  /** The whole number of the open patient, for whoever asks to have it printed or copied. */
  identityNumber: { method: 'POST', path: 'api/patient/number' },
} as const
