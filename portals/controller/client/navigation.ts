/** Moving between the pages of this portal. */
import { navigation } from '@helsevev/portal/client/navigation.ts'
import { type Page, pages } from '../routes.ts'

export const moving = navigation<Page>(pages, 'home')
export const { usePage, useParameters, go } = moving

/** The address of the page that is shown: two agreements have two addresses. */
export function useAddress(): string {
  return moving.addressOf(usePage(), useParameters())
}
