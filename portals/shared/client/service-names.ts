/** What the information services are called, by their id. One line for each service. */
import { identity as criticalInformation } from '@helsevev/service-critical-information/identity'
import { identity as homeMonitoring } from '@helsevev/service-home-monitoring/identity'
import { identity as municipalServices } from '@helsevev/service-municipal-services/identity'
import { identity as news2 } from '@helsevev/service-news2/identity'
import { identity as testResults } from '@helsevev/service-test-results/identity'
import { languageOf } from '@helsevev/ui/format.ts'
import type { ServiceIdentity } from '@helsevev/ui/panel.ts'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'

const services: readonly ServiceIdentity[] = [criticalInformation, homeMonitoring, municipalServices, news2, testResults]

/** The id itself for a service that is not known here. */
export function serviceName(id: string, language: string): string {
  return services.find((service) => service.id === id)?.names[languageOf(language)] ?? id
}

/** As it stands inside a sentence: `critical information`, but `NEWS2`. Undefined for a service that is not known here. */
export function serviceInSentence(id: string, language: string): string | undefined {
  const name = services.find((service) => service.id === id)?.names[languageOf(language)]
  return name && /^.\p{Lu}/u.test(name) ? name : name && name.charAt(0).toLowerCase() + name.slice(1)
}

/** In the language of the screen. */
export function useServiceName(): (id: string) => string {
  const { i18n } = useTranslation()
  return useCallback((id) => serviceName(id, i18n.language), [i18n.language])
}
