/** What the information services of a portal are called, by their id. */
import type { ServiceIdentity } from '@helsevev/panel/panel.ts'
import { languageOf } from '@helsevev/ui/format.ts'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'

interface ServiceNames {
  /** The id itself for a service that is not known here. */
  serviceName: (id: string, language: string) => string
  /** As it stands inside a sentence: `critical information`, but `NEWS2`. Undefined for a service that is not known here. */
  serviceInSentence: (id: string, language: string) => string | undefined
  /** In the language of the screen. */
  useServiceName: () => (id: string) => string
}

export function namesOf(services: readonly ServiceIdentity[]): ServiceNames {
  const known = (id: string, language: string) => services.find((service) => service.id === id)?.names[languageOf(language)]
  const serviceName = (id: string, language: string) => known(id, language) ?? id
  return {
    serviceName,
    serviceInSentence: (id, language) => {
      const name = known(id, language)
      const isAbbreviation = name !== undefined && /^.\p{Lu}/u.test(name)
      return name && !isAbbreviation ? name.charAt(0).toLowerCase() + name.slice(1) : name
    },
    useServiceName: () => {
      const { i18n } = useTranslation()
      return useCallback((id) => serviceName(id, i18n.language), [i18n.language])
    },
  }
}
