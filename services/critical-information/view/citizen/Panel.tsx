/**
 * Critical information for the person that it is about: what is registered, by which organisation, since when, and who to call when it is
 * wrong.
 */

import { Entries, Entry, Fact, Facts } from '@helsevev/panel/Entry'
import { isNew } from '@helsevev/panel/panel.ts'
import { defineView } from '@helsevev/panel/view.ts'
import { formatDate, languageOf } from '@helsevev/ui/format.ts'
import { PhoneLink } from '@helsevev/ui/PhoneLink'
import { useTranslation } from 'react-i18next'
import { identity } from '../../identity.ts'
import type { CriticalInformationData, ShownEntry, Source } from '../panel-data.ts'
import { criticalInformationCitizenTexts } from './texts.ts'

const NAMESPACE = 'critical-information/citizen'

function Some({ data, since }: { data: CriticalInformationData; since?: string | undefined }) {
  const { t } = useTranslation(NAMESPACE)
  const holds = data.entries.filter(({ standing }) => standing === 'active')
  const before = data.entries.filter(({ standing }) => standing !== 'active')
  const list = (entries: ShownEntry[]) => (
    <Entries>
      {entries.map((entry) => (
        <Registered key={entry.id} entry={entry} since={since} />
      ))}
    </Entries>
  )
  return (
    <>
      <p className="entry__note">{t('lead')}</p>
      {holds.length > 0 ? list(holds) : <p>{t('noneNow')}</p>}
      {before.length > 0 && (
        <details className="entry-help" open={before.some((entry) => isNewFact(entry, since))}>
          <summary>{t('before', { count: before.length })}</summary>
          {list(before)}
        </details>
      )}
    </>
  )
}

/** New when one of its sources is. */
function isNewFact({ sources }: ShownEntry, since: string | undefined): boolean {
  return sources.some(({ reported }) => isNew(reported, since))
}

function Registered({ entry, since }: { entry: ShownEntry; since: string | undefined }) {
  const { t, i18n } = useTranslation(NAMESPACE)
  const { standing, certainty, consequences, notes, validFrom, validUntil, sources } = entry
  const date = (value: string) => formatDate(value, i18n.language)
  return (
    <Entry id={entry.id} title={entry.label} isNew={isNewFact(entry, since)}>
      {standing !== 'active' && <p>{t(`standing.${standing}`)}</p>}
      <Facts>
        <Fact label={t('category')}>{entry.categoryNames[languageOf(i18n.language)]}</Fact>
        {consequences.length > 0 && <Fact label={t('happened')}>{consequences.join(', ')}</Fact>}
        {standing === 'active' && <Fact label={t('certainty')}>{t(`sure.${certainty}`)}</Fact>}
        {sources.map((source) => (
          <RegisteredBy key={source.id} source={source} />
        ))}
      </Facts>
      {notes.map((note) => (
        <p key={note} className="entry__text">
          {note}
        </p>
      ))}
      {validFrom && <p>{t('validFrom', { date: date(validFrom.slice(0, 10)) })}</p>}
      {validUntil && <p>{t('validUntil', { date: date(validUntil.slice(0, 10)) })}</p>}
      {sources.length > 1 && <p className="entry__note">{t('sources', { count: sources.length })}</p>}
      {sources.map((source) => (
        <Contact key={source.id} source={source} />
      ))}
    </Entry>
  )
}

function RegisteredBy({ source: { recorded, recorder, controller } }: { source: Source }) {
  const { t, i18n } = useTranslation(NAMESPACE)
  return (
    <>
      {recorded && <Fact label={t('since')}>{formatDate(recorded, i18n.language)}</Fact>}
      <Fact label={t('by')}>{[...new Set([recorder, controller.name].filter(Boolean))].join(', ')}</Fact>
    </>
  )
}

/** Who changed it there, and who to call. */
function Contact({ source: { recorder, updated, updater, controller } }: { source: Source }) {
  const { t, i18n } = useTranslation(NAMESPACE)
  return (
    <>
      {updated && updater && updater !== recorder && (
        <p className="entry__note">{t('updated', { date: formatDate(updated, i18n.language), who: updater })}</p>
      )}
      <p className="entry__note">
        {controller.phone ? (
          <>
            {t('call', { who: controller.name })} <PhoneLink phone={controller.phone} />
          </>
        ) : (
          t('ask', { who: controller.name })
        )}
      </p>
    </>
  )
}

export const view = defineView({
  service: identity,
  namespace: NAMESPACE,
  texts: criticalInformationCitizenTexts,
  Some,
  newIn: ({ entries }, since, { t }) =>
    entries
      .filter((entry) => isNewFact(entry, since))
      .map(({ id, label, isSerious, sources: [{ recorded }] }) => ({
        id,
        title: label,
        ...(recorded ? { time: recorded } : {}),
        ...(isSerious ? { note: t('news.serious') } : {}),
      })),
})
