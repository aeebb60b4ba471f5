/** A choice in a sentence of the person's language. */

import { serviceName } from '@helsevev/portal/client/service-names.ts'
import type { Choice, Organization } from '../contract.ts'
import type { ChoiceDraft } from './choice-draft.ts'
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

type Said = Pick<Choice, 'kind' | 'service' | 'controller' | 'receiver' | 'practitioner' | 'record'>

export function choiceSentence(words: CitizenWords, choice: Said): string {
  return sentence(words, choice, whatOf(words, choice))
}

function sentence(words: CitizenWords, choice: Said, what: string): string {
  const { kind, service, controller, record } = choice
  const coversAll = service === undefined && controller === undefined && !record
  return words.t(`choices.sentence.${kind === 'block' && coversAll ? 'blockAll' : kind}`, { what, whom: whomOf(words, choice) })
}

/** What was filled in, as the choice will read; undefined while its kind is not chosen. */
export function draftSentence(words: CitizenWords, draft: ChoiceDraft, organizations: readonly Organization[]): string | undefined {
  const { kind, what, receiver, practitioner } = draft
  if (!kind) return undefined
  const named = (number: string | undefined) => organizations.find((one) => one.number === number)
  const chosen = kind === 'opt-out' ? { kind: 'service' as const, service: what.service } : what
  const controller = chosen.kind === 'service' ? undefined : named(chosen.controller)
  const to = kind === 'restriction' || kind === 'consent' ? named(receiver) : undefined
  const said: Said = {
    kind,
    ...(chosen.service === undefined ? {} : { service: chosen.service }),
    ...(controller ? { controller } : {}),
    ...(to ? { receiver: to } : {}),
    ...(kind === 'block' && practitioner ? { practitioner } : {}),
    record: chosen.kind === 'record',
  }
  const service = said.service === undefined ? '' : serviceName(said.service, words.i18n.language)
  const record = chosen.kind === 'record' ? chosen.recordName : undefined
  return sentence(words, said, record ? words.t('choices.whatNamed', { record, service }) : whatOf(words, said))
}
