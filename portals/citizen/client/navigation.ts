/** Moving between the pages of this portal. */
import { navigation } from '@helsevev/portal/client/navigation.ts'
import { type Page, pages } from '../routes.ts'

export const moving = navigation<Page>(pages, 'home')
export const { usePage, useParameters, go } = moving
