/** A choice in a sentence of the person's language. */
import type { useTranslation } from 'react-i18next'
import type { Choice } from '../contract.ts'
import { roleName } from './sentence.ts'

type Words = Pick<ReturnType<typeof useTranslation>, 't' | 'i18n'>

export function serviceName({ t, i18n }: Words, service: string): string {
  return i18n.exists(`service.${service}`, { ns: 'citizen' }) ? t(`service.${service}`) : service
}

type What = Pick<Choice, 'service' | 'controller' | 'record'>

export function whatOf(words: Words, { service, controller, record }: What): string {
  const { t } = words
  const name = service === undefined ? undefined : serviceName(words, service)
  if (record) return t('choices.whatRecord', { service: name })
  if (name && controller) return t('choices.whatOf', { service: name, controller: controller.name })
  if (controller) return t('choices.whatController', { controller: controller.name })
  return name ?? t('choices.whatAll')
}

export function whomOf(words: Words, { practitioner, receiver }: Pick<Choice, 'practitioner' | 'receiver'>): string {
  const { t } = words
  if (practitioner) return t('choices.found', { name: practitioner.name, role: roleName(words, practitioner.authorization) })
  return receiver?.name ?? t('choices.whomAll')
}

export function choiceSentence(words: Words, choice: Choice): string {
  return words.t(`choices.sentence.${choice.kind}`, { what: whatOf(words, choice), whom: whomOf(words, choice) })
}
