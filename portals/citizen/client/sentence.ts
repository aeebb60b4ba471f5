/** A visit as a sentence in the reader's language: who looked, where, at what, and for what purpose. */

import { serviceInSentence } from '@helsevev/portal/client/service-names.ts'
import { formatList } from '@helsevev/ui/format.ts'
import { codedText, type Words } from '@helsevev/ui/texts.ts'
import type { i18n } from 'i18next'
import type { Choice, Person } from '../contract.ts'
import { keptBack, type Part, partsOf } from '../log-parts.ts'
import type { Visit } from '../log-visits.ts'

export interface CitizenWords {
  t: Words<'citizen'>
  i18n: i18n
}

export interface Sentences extends CitizenWords {
  /** The person that the pages are about. */
  about: Person
  /** Name of the signed-in person. */
  me: string
  /** The person's choices, also those that have ended: the reason why something was not shown may be one of them. */
  choices: readonly Choice[]
}

/** The name of an information service, or of another area that the log knows. */
export function areaInSentence({ t, i18n }: CitizenWords, area: string): string {
  return codedText(t, 'log.what', area) ?? serviceInSentence(area, i18n.language) ?? t('log.what.unknown')
}

export function roleName({ t }: CitizenWords, authorization: string | undefined): string {
  return codedText(t, 'role', authorization ?? 'unknown') ?? t('role.unknown')
}

/** `Kari Nordmann, sykepleier ved Bergen legevakt (Bergen kommune), så prøvesvar, for å gi behandling.` */
export function sentenceOf(words: Sentences, visit: Visit): string {
  const { t } = words
  const purpose = visit.purpose && codedText(t, 'log.for', visit.purpose)
  return `${whoOf(words, visit)} ${didOf(words, visit)}${purpose ? `, ${purpose}` : ''}.`
}

/** What else came of the visit, a sentence for each: what was looked for and not there, and what was stopped. */
export function furtherOf(words: Sentences, visit: Visit): string[] {
  if (!wasLook(visit)) return []
  return partsOf(visit, words.choices)
    .slice(1)
    .map((part) =>
      words.t(`log.also.${keyOf(part)}`, { what: namesIn(words, part.services), from: formatList(part.from ?? [], words.i18n.language) }),
    )
}

/** That something was held back from a reader who saw the rest, and by which choice. */
export function withheldOf({ t, i18n, choices }: Sentences, visit: Visit): string {
  const { why = 'withheld', from = [] } = keptBack(visit, choices) ?? {}
  return t(`log.kept.${why}`, { from: formatList(from, i18n.language) })
}

function whoOf(words: Sentences, { actor, did }: Pick<Visit, 'actor' | 'did'>): string {
  const { t, about, me } = words
  const { kind, organization, unit } = actor
  const name = actor.name ?? t('log.who.nameless')
  if (kind === 'self') return about.isSelf ? t('log.who.me') : t('log.who.themselves', { name })
  if (kind === 'representative') {
    if (name === me) return t('log.who.me')
    return t('log.who.representative', { name, whom: about.isSelf ? t('log.who.you') : (about.name ?? t('whose.nameless')) })
  }
  if (kind === 'system') {
    if (!organization) return t('log.who.systemUnknown')
    // What an organisation has registered is sent by it, whatever system it uses for that.
    return did === 'looked' ? t('log.who.system', { organization: organization.name }) : organization.name
  }
  const role = roleName(words, actor.authorization)
  if (unit && organization && unit !== organization.name) return t('log.who.unit', { name, role, unit, organization: organization.name })
  return t('log.who.staff', { name, role, organization: organization?.name ?? t('log.nowhere') })
}

const wasLook = ({ did, outcome }: Visit) => did === 'looked' && outcome !== 'failed'
const keyOf = ({ found, why }: Part) => (found === 'stopped' ? (why ?? 'withheld') : found)

function namesIn(words: CitizenWords, services: readonly string[]): string {
  const names = (services.length > 0 ? services : ['unknown']).map((service) => areaInSentence(words, service))
  return formatList(new Set(names), words.i18n.language)
}

function didOf(words: Sentences, visit: Visit): string {
  const { t } = words
  const { did, outcome, services, actor } = visit
  const [first] = wasLook(visit) ? partsOf(visit, words.choices) : []
  if (first) {
    const what = namesIn(words, first.services)
    if (first.found === 'some' && actor.kind === 'system') return t('log.did.fetched', { what })
    return t(`log.looked.${keyOf(first)}`, { what, from: formatList(first.from ?? [], words.i18n.language) })
  }
  return actOf(words, { did, outcome, what: namesIn(words, services) })
}

/** What was done, or wanted or tried, by the kind of act: `corrected test results`, `wanted to correct test results, and was refused`. */
export function actOf({ t }: CitizenWords, { did, outcome, what }: Pick<Visit, 'did' | 'outcome'> & { what: string }): string {
  return outcome === 'ok' ? t(`log.did.${did}`, { what }) : t(`log.${outcome}`, { act: t(`log.act.${did}`, { what }) })
}

/** Acts whose words name no service: their lines show the act alone. */
export function isAboutRecords({ did }: Pick<Visit, 'did'>): boolean {
  return ['looked', 'wrote', 'sent', 'changed', 'deleted', 'tried', 'other'].includes(did)
}
