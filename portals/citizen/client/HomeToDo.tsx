/** What the reader can do now: choices and powers that end soon, and a youth who needs a consent. Draws a line when there is nothing. */
import { dayInNorway, formatDate } from '@helsevev/ui/format.ts'
import { useTranslation } from 'react-i18next'
import type { Choice, Relation } from '../contract.ts'
import { choiceSentence } from './choice-words.ts'
import { PageLink } from './PageLink.tsx'
import { usePeople } from './people.tsx'
import { mayConsentFor } from './youth-consent.ts'

/** Days before the last one. */
const SOON = 30

interface HomeToDoProps {
  choices: readonly Choice[]
  relations: readonly Relation[]
}

export function HomeToDo({ choices, relations }: HomeToDoProps) {
  const { t, i18n } = useTranslation('citizen')
  const { people, about } = usePeople()
  const last = dayInNorway(new Date(Date.now() + SOON * 86_400_000))
  const endsSoon = ({ active, until }: Pick<Choice, 'active' | 'until'>) =>
    active && until !== undefined && dayInNorway(new Date(until)) <= last
  const date = (day = '') => formatDate(day, i18n.language)
  const youths = about.isSelf ? people.filter((person) => mayConsentFor(person, relations)) : []
  const items = [
    ...youths.map(({ id, name }) => ({ id, page: 'behalf' as const, words: t('home.do.consent', { name: name ?? t('behalf.nameless') }) })),
    ...choices.filter(endsSoon).map((choice) => ({
      id: choice.id,
      page: 'choices' as const,
      words: t('home.do.choice', { choice: choiceSentence({ t, i18n }, choice), date: date(choice.until) }),
    })),
    ...relations
      .filter((relation) => relation.mayEnd && endsSoon(relation))
      .map(({ id, name, until }) => ({
        id,
        page: 'behalf' as const,
        words: t('home.do.relation', { name: name ?? t('behalf.nameless'), date: date(until) }),
      })),
  ]
  if (items.length === 0) return null
  return (
    <section className="card home-card" aria-labelledby="to-do">
      <h2 id="to-do">{t('home.do.title')}</h2>
      <ul className="plain home-card__list">
        {items.map(({ id, page, words }) => (
          <li key={id}>
            {words} <PageLink page={page}>{t(`home.do.${page}Link`)}</PageLink>
          </li>
        ))}
      </ul>
    </section>
  )
}
