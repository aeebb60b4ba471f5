/** The portals whose frame the gallery can use; each has a page of its own. */
export const looks = ['clinician', 'citizen', 'controller'] as const
export type Look = (typeof looks)[number]

/** Path below `/gallery`. */
export const pathOf = (look: Look): string => `/${look}`
