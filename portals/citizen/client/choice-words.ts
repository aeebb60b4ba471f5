/** A choice in a sentence of the person's language. */

import { serviceName } from '@helsevev/portal/client/service-names.ts'
import type { Choice } from '../contract.ts'
import { type CitizenWords, roleName } from './sentence.ts'

type What = Pick<Choice, 'service' | 'controller' | 'record'>

function whatOf(words: CitizenWords, { service, controller, record }: What): string {
  const { t } = words
  const name = service === undefined ? undefined : serviceName(service, words.i18n.language)
  if (record) return t('choices.whatRecord', { service: name ?? '' })
  if (name && controller) return t('choices.whatOf', { service: name, controller: controller.name })
  if (controller) return t('choices.whatController', { controller: controller.name })
  return name ?? t('choices.whatAll')
}

function whomOf(words: CitizenWords, { practitioner, receiver }: Pick<Choice, 'practitioner' | 'receiver'>): string {
  const { t } = words
  if (practitioner) return t('choices.found', { name: practitioner.name, role: roleName(words, practitioner.authorization) })
  return receiver?.name ?? t('choices.whomAll')
}

export function choiceSentence(words: CitizenWords, choice: Choice): string {
  return words.t(`choices.sentence.${choice.kind}`, { what: whatOf(words, choice), whom: whomOf(words, choice) })
}
