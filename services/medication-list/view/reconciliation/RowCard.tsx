/** One row: what each source says of one treatment, side by side, and the decision on it. */
import { formatAge, formatDate } from '@helsevev/ui/format.ts'
import { codedText } from '@helsevev/ui/texts.ts'
import { useWords } from '@helsevev/ui/useWords'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { Step } from '../../model/dosing.ts'
import {
  type Decision,
  type DecisionKind,
  endReasons,
  type ReconciliationRow,
  type RowSource,
  recalledBy,
} from '../../model/reconciliation-act.ts'
import { contradictionText, stepWords } from '../words.ts'
import { ContentFields, Text } from './fields.tsx'

const NAMESPACE = 'medication-list/reconciliation'

interface RowCardProps {
  row: ReconciliationRow
  rows: readonly ReconciliationRow[]
  decision?: Decision | undefined
  kept?: object
  /** Absent where the reader may not send. */
  onDecide?: (decision: Decision) => void
}

export function RowCard({ row, rows, decision, kept = {}, onDecide }: RowCardProps) {
  const { t, i18n } = useTranslation(NAMESPACE)
  const words = useWords('medication-list')
  const id = useId()
  const drug = row.drug ?? t('notStated')
  const alike = rows.filter(({ key }) => row.alike.includes(key)).map((one) => one.drug ?? t('notStated'))
  const planned = row.stop?.time
  return (
    <li className={`reconciliation__row${decision ? ' reconciliation__row--decided' : ''}`} data-row={row.key}>
      <article aria-labelledby={`${id}-drug`}>
        <div className="reconciliation__what">
          <h3 id={`${id}-drug`} className="reconciliation__drug">
            {drug}
          </h3>
          <p>{[row.dose ?? t('noDose'), wordsOfUse(row.use, t), row.area].filter(Boolean).join(', ')}</p>
          <Taper steps={row.steps ?? []} />
          {row.contradictions?.map((stated) => (
            <p key={stated} className="reconciliation__warning">
              {contradictionText(stated, words)}
            </p>
          ))}
          {row.isOver && row.end && <p className="reconciliation__warning">{t('over', { date: formatDate(row.end, i18n.language) })}</p>}
          {planned && <p className="reconciliation__warning">{t('planned', { date: formatDate(planned, i18n.language) })}</p>}
          {alike.length > 0 && <p className="reconciliation__warning">{t('alike', { drugs: alike.join(', ') })}</p>}
        </div>
        <Sources sources={row.sources} row={row} />
        {onDecide && <Decide {...{ row, decision, kept, onDecide }} legend={t('decisionFor', { drug })} />}
      </article>
    </li>
  )
}

/** The parts of a taper, in order. */
function Taper({ steps }: { steps: readonly Step[] }) {
  const words = useWords('medication-list')
  if (steps.length === 0) return null
  return (
    <ol className="reconciliation__steps">
      {steps
        .map((step) => stepWords(step, words))
        .map((text) => (
          <li key={text}>{text}</li>
        ))}
    </ol>
  )
}

type Words = ReturnType<typeof useTranslation<typeof NAMESPACE>>['t']

function wordsOfUse(use: string | undefined, t: Words): string | undefined {
  return use === undefined ? undefined : codedText(t, 'use', use)
}

const columns = ['list', 'pharmacy', 'prescription', 'dispensed', 'hospital'] as const

/** Every source has its place in every row, so that the eye finds it: one that does not have the row says so. */
function Sources({ sources, row }: { sources: readonly RowSource[]; row: ReconciliationRow }) {
  const { t, i18n } = useTranslation(NAMESPACE)
  const { language } = i18n
  const shown = columns.filter(
    (from) => from === 'list' || from === 'prescription' || from === 'dispensed' || sources.some((one) => one.from === from),
  )
  return (
    <dl className="reconciliation__sources" aria-label={t('sources')}>
      {shown.map((from) => {
        const own = sources.filter((one) => one.from === from)
        return (
          <div key={from} className={own.length > 0 ? undefined : 'reconciliation__source--absent'}>
            <dt>{t(`from.${from}`)}</dt>
            {own.length === 0 && <dd>{t('noSource')}</dd>}
            {own.map((one) => (
              <dd key={`${one.time} ${one.by} ${one.dose}`}>
                {one.drug !== row.drug && <span>{one.drug ?? t('notStated')}</span>}
                {one.dose !== row.dose && <span>{one.dose ?? t('noDose')}</span>}
                {one.time && (
                  <time dateTime={one.time}>
                    {formatDate(one.time, language)} ({formatAge(one.time, new Date(), language)})
                  </time>
                )}
                {one.by && <span>{one.by}</span>}
              </dd>
            ))}
          </div>
        )
      })}
    </dl>
  )
}

interface DecideProps {
  row: ReconciliationRow
  decision: Decision | undefined
  kept: object
  legend: string
  onDecide: (decision: Decision) => void
}

function Decide({ row, decision, kept, legend, onDecide }: DecideProps) {
  const { t } = useTranslation(NAMESPACE)
  const id = useId()
  const recalls = recalledBy(row, decision).length
  return (
    <fieldset className="reconciliation__decision" aria-label={legend}>
      <div className="reconciliation__choices">
        {row.choices.map((kind) => (
          <label key={kind} className="reconciliation__choice">
            <input type="radio" name={id} value={kind} checked={decision?.kind === kind} onChange={() => onDecide(begun(kind, decision))} />
            <span>{t(`decide.${kind}`)}</span>
          </label>
        ))}
      </div>
      {(decision?.kind === 'change' || decision?.kind === 'add') && (
        <>
          <ContentFields
            row={row}
            content={decision.content ?? {}}
            kept={kept}
            onChange={(content) => onDecide({ ...decision, content })}
          />
          {decision.kind === 'change' && (
            <Text label={t('whyChanged')} value={decision.note ?? ''} kept={kept} onChange={(note) => onDecide({ ...decision, note })} />
          )}
        </>
      )}
      {decision?.kind === 'end' && (
        <>
          <div className="field">
            <label htmlFor={`${id}-reason`}>{t('endReason')}</label>
            <select
              id={`${id}-reason`}
              className="field__input"
              value={decision.reason ?? ''}
              onChange={({ target }) => onDecide({ ...decision, reason: target.value })}
            >
              <option value="">{t('kind.choose')}</option>
              {endReasons.map((reason) => (
                <option key={reason} value={reason}>
                  {t(`reason.${reason}`)}
                </option>
              ))}
            </select>
          </div>
          <Text label={t('note')} value={decision.note ?? ''} kept={kept} onChange={(note) => onDecide({ ...decision, note })} />
        </>
      )}
      {recalls > 0 && (
        <p className="reconciliation__warning">
          {t('recalls', { count: recalls })} {decision?.kind !== 'end' && t('recallsForDose')}
        </p>
      )}
    </fieldset>
  )
}

/** What was written for another decision on the row is kept. */
function begun(kind: DecisionKind, before: Decision | undefined): Decision {
  return { ...before, kind }
}
