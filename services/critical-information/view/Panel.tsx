/**
 * The critical information of the open patient: what changes care now first, then what does not apply now; and the answer above
 * all panels.
 */

import Icon from '@helsenorge/designsystem-react/components/Icon'
import AlertSignFill from '@helsenorge/designsystem-react/components/Icons/AlertSignFill'
import Tag from '@helsenorge/designsystem-react/components/Tag'
import { SourceLine } from '@helsevev/panel/SourceLine'
import { defineView } from '@helsevev/panel/view.ts'
import { formatDate, languageOf } from '@helsevev/ui/format.ts'
import type { Words } from '@helsevev/ui/texts.ts'
import { useTranslation } from 'react-i18next'
import { identity } from '../identity.ts'
import { snapshot, timeline } from './lines.ts'
import type { CriticalInformationData, ShownEntry, Source } from './panel-data.ts'
import './panel.css'
import { criticalInformationTexts } from './texts.ts'

const NAMESPACE = 'critical-information'
/** As many as the first screen has room for; the panel has all. */
const ANSWERED = 4

interface Drawn {
  data: CriticalInformationData
}

function Some({ data }: Drawn) {
  const { t } = useTranslation(NAMESPACE)
  const now = data.entries.filter(({ standing }) => standing === 'active')
  const before = data.entries.filter(({ standing }) => standing !== 'active')
  return (
    <div className="critical">
      {now.length > 0 ? <Entries entries={now} /> : <p className="critical__lead">{t('noneNow')}</p>}
      {before.length > 0 && (
        <details className="critical__before">
          <summary>{t('before', { count: before.length })}</summary>
          <Entries entries={before} />
        </details>
      )}
    </div>
  )
}

function Entries({ entries }: { entries: ShownEntry[] }) {
  return (
    <ul className="critical__list">
      {entries.map((entry) => (
        <li key={entry.id} className={`critical__entry critical__entry--${entry.standing}`}>
          <Entry entry={entry} />
        </li>
      ))}
    </ul>
  )
}

function Entry({ entry }: { entry: ShownEntry }) {
  const { t, i18n } = useTranslation(NAMESPACE)
  const language = languageOf(i18n.language)
  const { validFrom, validUntil, sources } = entry
  return (
    <article>
      <p className="critical__category">{entry.categoryNames[language]}</p>
      <h3 className="critical__label">{entry.label}</h3>
      <p className="critical__tags">
        {entry.type === 'AllergyIntolerance' && entry.isSerious && entry.standing === 'active' && (
          <Tag variant="emphasised">{t('serious')}</Tag>
        )}
        {entry.certainty !== 'confirmed' && entry.standing !== 'refuted' && <Tag>{t(`certainty.${entry.certainty}`)}</Tag>}
        {entry.standing !== 'active' && <Tag>{t(`standing.${entry.standing}`)}</Tag>}
      </p>
      {entry.consequences.length > 0 && <p className="critical__consequence">{entry.consequences.join(', ')}</p>}
      {entry.notes.map((note) => (
        <p key={note} className="critical__note">
          {note}
        </p>
      ))}
      {validFrom && <p className="critical__note">{t('validFrom', { date: formatDate(validFrom.slice(0, 10), i18n.language) })}</p>}
      {validUntil && <p className="critical__note">{t('validUntil', { date: formatDate(validUntil.slice(0, 10), i18n.language) })}</p>}
      {sources.length > 1 && <p className="critical__note">{t('sources', { count: sources.length })}</p>}
      {sources.map((source) => (
        <SourceOf key={source.id} source={source} />
      ))}
    </article>
  )
}

function SourceOf({ source: { controller, recorded, recorder, updated, updater } }: { source: Source }) {
  const { t, i18n } = useTranslation(NAMESPACE)
  const isUpdated = updater !== undefined && updated !== undefined && updater !== recorder
  return (
    <>
      <SourceLine controller={controller.name} author={recorder} time={recorded} phone={controller.phone} />
      {isUpdated && <p className="critical__updated">{t('updated', { who: updater, date: formatDate(updated, i18n.language) })}</p>}
    </>
  )
}

/** What is in force, with severity and reaction. Read aloud when it appears: the person who opens a patient may be looking elsewhere. */
function Answer({ data }: Drawn) {
  const { t } = useTranslation(NAMESPACE)
  const now = data.entries.filter(({ standing }) => standing === 'active')
  if (now.length === 0) return <p>{t('noneNow')}</p>
  return (
    <div className="critical-answer" role="alert">
      <Icon svgIcon={AlertSignFill} size={24} />
      <ul>
        {now.slice(0, ANSWERED).map((entry) => (
          <li key={entry.id}>
            <strong>{entry.label}</strong> {detailsOf(entry, t)}
          </li>
        ))}
        {now.length > ANSWERED && <li>{t('more', { count: now.length - ANSWERED })}</li>}
      </ul>
    </div>
  )
}

/** Severity of a reaction, certainty, and what happened. */
function detailsOf({ type, isSerious, certainty, consequences }: ShownEntry, t: Words<typeof NAMESPACE>): string {
  return [
    ...(type === 'AllergyIntolerance' && isSerious ? [t('serious').toLowerCase()] : []),
    ...(certainty === 'confirmed' ? [] : [t(`certainty.${certainty}`).toLowerCase()]),
    ...consequences,
  ].join(', ')
}

export const view = defineView({
  service: identity,
  namespace: NAMESPACE,
  texts: criticalInformationTexts,
  Some,
  Answer,
  timeline,
  snapshot,
  urgency: ({ entries }) => (entries.some(({ standing, isSerious }) => standing === 'active' && isSerious) ? 2 : 0),
  hasVersions: true,
})
