/**
 * The medicines of the person who takes them: what has changed since the last visit, what to take now, how, and what for; what can be
 * fetched at the pharmacy; what to stop taking, and why.
 */

import { Entries, Entry, Fact, Facts } from '@helsevev/panel/Entry'
import { isNew } from '@helsevev/panel/panel.ts'
import { defineView } from '@helsevev/panel/view.ts'
import { formatDate, formatDateTime } from '@helsevev/ui/format.ts'
import { codedText } from '@helsevev/ui/texts.ts'
import { useWords } from '@helsevev/ui/useWords'
import { useTranslation } from 'react-i18next'
import { identity } from '../../identity.ts'
import type { Standing } from '../../model/standing.ts'
import { chainOf, dispensedLast } from '../candidates.ts'
import type { MedicationListData, ShownLine, Use } from '../panel-data.ts'
import { usePatientsList } from '../paper/usePatientsList.ts'
import { citizenStepWords } from '../words.ts'
import { AtThePharmacy, readyWords } from './AtThePharmacy.tsx'
import { SinceLast } from './SinceLast.tsx'
import { medicationListCitizenTexts } from './texts.ts'

const NAMESPACE = 'medication-list/citizen'
const uses: readonly Use[] = ['regular', 'as-needed', 'course', 'other']

interface Drawn {
  data: MedicationListData
  since?: string | undefined
}

function Some({ data, since }: Drawn) {
  const { t, i18n } = useTranslation(NAMESPACE)
  const { lines, list, otherList, multidose, more, missing, beside } = data
  const of = (standing: Standing) => lines.filter((one) => one.standing === standing)
  const [inUse, stopped] = [of('in-use'), of('stopped')]
  return (
    <>
      <p className="entry__note">{t('lead')}</p>
      {list && (
        <p className="entry__note">{t('made', { date: formatDateTime(list.made, i18n.language), who: list.by ?? list.controller.name })}</p>
      )}
      {otherList && <p className="entry__note">{t('otherList', { date: formatDate(otherList, i18n.language) })}</p>}
      <Print data={data} />
      <SinceLast data={data} since={since} />
      {multidose?.pharmacy && <p className="entry__note">{t('multidose', { who: multidose.pharmacy })}</p>}
      {inUse.length === 0 && <p>{t(list?.isEmpty ? 'empty' : 'noneNow')}</p>}
      {uses.map((use) => (
        <Group key={use} name={t(`group.${use}`)} lines={inUse.filter((one) => one.use === use)} since={since} beside={beside} />
      ))}
      <Group name={t('group.not-started')} lines={of('not-started')} since={since} beside={beside} />
      <Group name={t('group.over')} lines={of('over')} since={since} beside={beside} />
      <Group name={t('group.proposed')} text={t('proposedText')} lines={data.proposed} since={since} beside={beside} />
      <AtThePharmacy beside={beside} />
      {stopped.length > 0 && (
        <details className="entry-help" open={stopped.some(({ reported }) => isNew(reported, since))}>
          <summary>{t('stopped', { count: stopped.length })}</summary>
          <Lines lines={stopped} since={since} beside={beside} />
        </details>
      )}
      {(more || missing > 0) && <p className="entry__note">{t('more')}</p>}
      <p className="entry__note">{t('ask')}</p>
    </>
  )
}

/** The list on a sheet of paper. */
function Print({ data }: Drawn) {
  const { t } = useTranslation(NAMESPACE)
  const { print, sheet } = usePatientsList(data)
  return (
    <p className="screen-only">
      <button type="button" className="link-button" onClick={print}>
        {t('paper.print')}
      </button>
      {sheet}
    </p>
  )
}

interface Listed {
  lines: ShownLine[]
  since: string | undefined
  beside: MedicationListData['beside']
}

function Group({ name, text, lines, since, beside }: Listed & { name: string; text?: string }) {
  if (lines.length === 0) return null
  return (
    <div className="panel__group">
      <h3 className="panel__part">{name}</h3>
      {text && <p className="entry__note">{text}</p>}
      <Lines lines={lines} since={since} beside={beside} />
    </div>
  )
}

function Lines({ lines, since, beside }: Listed) {
  return (
    <Entries>
      {lines.map((one) => (
        <Medicine key={one.id} one={one} since={since} beside={beside} />
      ))}
    </Entries>
  )
}

function Medicine({ one, since, beside }: { one: ShownLine } & Omit<Listed, 'lines'>) {
  const { t, i18n } = useTranslation(NAMESPACE)
  const date = (value: string) => formatDate(value, i18n.language)
  const { drug, standing, dose, steps, label, area, start, end, prescriber, validUntil, contradictions, notes, prescriptions } = one
  const isOver = standing === 'stopped'
  const words = useWords(NAMESPACE)
  const open = chainOf(one, beside?.prescriptions.data?.prescriptions ?? []).find(({ isOpen }) => isOpen)
  const last = dispensedLast(one, beside)
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
        {open && !isOver && <Fact label={t('pharmacy.fact')}>{readyWords(open, words)}</Fact>}
        {last && !isOver && <Fact label={t('pharmacy.last')}>{[date(last.time), last.pharmacy].filter(Boolean).join(', ')}</Fact>}
        {validUntil && !isOver && !open && <Fact label={t('validUntil')}>{date(validUntil)}</Fact>}
      </Facts>
      {contradictions.length > 0 && !isOver && <p>{t('contradiction')}</p>}
      {prescriptions.length === 0 && !isOver && <p className="entry__note">{t('noPrescription')}</p>}
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
