/**
 * The clinician portal on one page. `pages` are what a person sees, each with a file in pages/. The patient never stands in an address, so
 * the patient page has the same address for every patient. What the pages ask stands in contract.ts.
 */
export const pages = {
  /** Sign in, or, when signed in, find a patient. */
  find: '/',
  organization: '/organization',
  patient: '/patient',
  timeline: '/patient/timeline',
  compare: '/patient/compare',
  /** Reconciliation of medicines. It is reached from the panel of the medication list. */
  reconcile: '/patient/reconcile',
  /** Shown when a patient could not be opened from a record system. */
  launchFailed: '/launch-failed',
} as const

/** Pages about one patient: under the same banner, and closed together with the patient. */
export const patientPages = ['patient', 'timeline', 'compare', 'reconcile'] as const satisfies readonly Page[]
export type PatientPage = (typeof patientPages)[number]

export const isPatientPage = (page: Page): page is PatientPage => patientPages.some((one) => one === page)

/** Those that every patient has a link to; another is shown while the reader is there. */
export const patientViews: readonly PatientPage[] = ['patient', 'timeline', 'compare']

export type Page = keyof typeof pages
