/**
 * The clinician portal on one page. `pages` are what a person sees, each with a file in pages/; who is looked at never stands in an
 * address, so that the patient page has the same address for everyone. What the pages ask
 * stands in contract.ts.
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
