/** The controller portal on one page: what a person sees, each with a file in pages/, and what the pages ask the portal's server. */
export const pages = {
  /** Sign in, or, when signed in, who that is and for whom. */
  home: '/',
} as const

export type Page = keyof typeof pages

export const api = {
  chooseOrganization: { method: 'POST', path: 'api/organization' },
} as const
