import { pageLink } from '@helsevev/portal/client/page-link'
import { moving } from './navigation.ts'

/** A link to a page of this portal. */
export const PageLink = pageLink(moving)
