/** The citizen portal on one page: what a person sees, each with a file in pages/. Whom a page is about never stands in an address. */
export const pages = {
  /** Sign in, or, when signed in, who that is. */
  home: '/',
} as const

export type Page = keyof typeof pages
