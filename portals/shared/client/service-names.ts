/** Names of the information services by their id, as the server reports them with the session. */
import { languageOf } from '@helsevev/ui/format.ts'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { ServiceNames } from '../contract.ts'

let services: ReadonlyMap<string, ServiceNames['names']> = new Map()

/** Called with each answer of the server about the session, before a page is drawn from it. */
export function rememberServices(stated: readonly ServiceNames[]): void {
  services = new Map(stated.map(({ id, names }) => [id, names]))
}

/** Returns the id for a service that is not known here. */
export function serviceName(id: string, language: string): string {
  return services.get(id)?.[languageOf(language)] ?? id
}

/** The name inside a sentence: `critical information`, but `NEWS2`. Undefined for a service that is not known here. */
export function serviceInSentence(id: string, language: string): string | undefined {
  const name = services.get(id)?.[languageOf(language)]
  return name && /^.\p{Lu}/u.test(name) ? name : name && name.charAt(0).toLowerCase() + name.slice(1)
}

/** In the language of the screen. */
export function useServiceName(): (id: string) => string {
  const { i18n } = useTranslation()
  return useCallback((id) => serviceName(id, i18n.language), [i18n.language])
}
