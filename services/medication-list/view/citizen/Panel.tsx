/** The medicines of the person who takes them: what to take now, how, and what for; what to stop taking, and why. */

import { Entries, Entry, Fact, Facts } from '@helsevev/panel/Entry'
import { isNew } from '@helsevev/panel/panel.ts'
import { defineView } from '@helsevev/panel/view.ts'
import { formatDate, formatDateTime } from '@helsevev/ui/format.ts'
import { codedText } from '@helsevev/ui/texts.ts'
import { useWords } from '@helsevev/ui/useWords'
import { useTranslation } from 'react-i18next'
import { identity } from '../../identity.ts'
import type { Standing } from '../../model/standing.ts'
import type { MedicationListData, ShownLine, Use } from '../panel-data.ts'
import { citizenStepWords } from '../words.ts'
import { medicationListCitizenTexts } from './texts.ts'

const NAMESPACE = 'medication-list/citizen'
const uses: readonly Use[] = ['regular', 'as-needed', 'course', 'other']

interface Drawn {
  data: MedicationListData
  since?: string | undefined
}

function Some({ data, since }: Drawn) {
  const { t, i18n } = useTranslation(NAMESPACE)
  const { lines, list, otherList, multidose, more } = data
  const of = (standing: Standing) => lines.filter((one) => one.standing === standing)
  const [inUse, stopped] = [of('in-use'), of('stopped')]
  return (
    <>
      <p className="entry__note">{t('lead')}</p>
      {list && (
        <p className="entry__note">{t('made', { date: formatDateTime(list.made, i18n.language), who: list.by ?? list.controller.name })}</p>
      )}
      {otherList && <p className="entry__note">{t('otherList', { date: formatDate(otherList, i18n.language) })}</p>}
      {multidose?.pharmacy && <p className="entry__note">{t('multidose', { who: multidose.pharmacy })}</p>}
      {inUse.length === 0 && <p>{t(list?.isEmpty ? 'empty' : 'noneNow')}</p>}
      {uses.map((use) => (
        <Group key={use} name={t(`group.${use}`)} lines={inUse.filter((one) => one.use === use)} since={since} />
      ))}
      <Group name={t('group.not-started')} lines={of('not-started')} since={since} />
      <Group name={t('group.over')} lines={of('over')} since={since} />
      <Group name={t('group.proposed')} text={t('proposedText')} lines={data.proposed} since={since} />
      {stopped.length > 0 && (
        <details className="entry-help" open={stopped.some(({ reported }) => isNew(reported, since))}>
          <summary>{t('stopped', { count: stopped.length })}</summary>
          <Lines lines={stopped} since={since} />
        </details>
      )}
      {more && <p className="entry__note">{t('more')}</p>}
      <p className="entry__note">{t('ask')}</p>
    </>
  )
}

interface Listed {
  lines: ShownLine[]
  since: string | undefined
}

function Group({ name, text, lines, since }: Listed & { name: string; text?: string }) {
  if (lines.length === 0) return null
  return (
    <div className="panel__group">
      <h3 className="panel__part">{name}</h3>
      {text && <p className="entry__note">{text}</p>}
      <Lines lines={lines} since={since} />
    </div>
  )
}

function Lines({ lines, since }: Listed) {
  return (
    <Entries>
      {lines.map((one) => (
        <Medicine key={one.id} one={one} since={since} />
      ))}
    </Entries>
  )
}

function Medicine({ one, since }: { one: ShownLine; since: string | undefined }) {
  const { t, i18n } = useTranslation(NAMESPACE)
  const date = (value: string) => formatDate(value, i18n.language)
  const { drug, standing, dose, steps, label, area, start, end, prescriber, validUntil, contradictions, notes, hasPrescription } = one
  const isOver = standing === 'stopped'
  return (
    <Entry id={one.id} title={drug ?? t('notStated')} isNew={isNew(one.reported, since)}>
      <Ending one={one} />
      <Facts>
        {!isOver && (
          <Fact label={t('dose')}>
            <span className="entry__text">{dose ?? t('noDose')}</span>
          </Fact>
        )}
        {!isOver && steps.length > 1 && <Fact label={t('steps')}>{<Steps one={one} />}</Fact>}
        {area && <Fact label={t('area')}>{area}</Fact>}
        {label && !isOver && <Fact label={t('label')}>{label}</Fact>}
        {start && <Fact label={t(standing === 'not-started' ? 'starts' : 'start')}>{date(start)}</Fact>}
        {end && <Fact label={t('end')}>{date(end)}</Fact>}
        {prescriber && <Fact label={t('by')}>{prescriber}</Fact>}
        {validUntil && !isOver && <Fact label={t('validUntil')}>{date(validUntil)}</Fact>}
      </Facts>
      {contradictions.length > 0 && !isOver && <p>{t('contradiction')}</p>}
      {!hasPrescription && !isOver && <p className="entry__note">{t('noPrescription')}</p>}
      {notes.map((note) => (
        <p key={note} className="entry__text">
          {note}
        </p>
      ))}
    </Entry>
  )
}

function Steps({ one: { steps } }: { one: ShownLine }) {
  const words = useWords(NAMESPACE)
  return (
    <ul className="entry__list">
      {steps
        .map((step) => citizenStepWords(step, words))
        .map((text) => (
          <li key={text}>{text}</li>
        ))}
    </ul>
  )
}

function Ending({ one: { stop, standing } }: { one: ShownLine }) {
  const { t, i18n } = useTranslation(NAMESPACE)
  if (!stop) return null
  const date = stop.time && formatDate(stop.time, i18n.language)
  const reason = stop.reason === undefined ? undefined : codedText(t, 'reason', stop.reason)
  return (
    <>
      <p>{standing !== 'stopped' ? t('stopPlanned', { date: date ?? '' }) : date ? t('stoppedAt', { date }) : t('stoppedUndated')}</p>
      {reason && <p>{reason}</p>}
      {stop.note && <p className="entry__text">{stop.note}</p>}
    </>
  )
}

export const view = defineView({
  service: identity,
  namespace: NAMESPACE,
  texts: medicationListCitizenTexts,
  Some,
  newIn: ({ lines }, since, { t }) =>
    lines
      .filter(({ reported }) => isNew(reported, since))
      .map(({ id, drug, changed, standing }) => ({
        id,
        title: drug ?? t('notStated'),
        ...(changed ? { time: changed } : {}),
        ...(standing === 'stopped' ? { note: t('news.stopped') } : {}),
      })),
})
