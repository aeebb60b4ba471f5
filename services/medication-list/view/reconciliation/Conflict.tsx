/** Somebody else has changed the list: what changed, who did it, row by row, and a choice for each. Nothing is overwritten by itself. */
import Button from '@helsenorge/designsystem-react/components/Button'
import { DataState } from '@helsevev/ui/DataState'
import { formatDateTime } from '@helsevev/ui/format.ts'
import { useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  choicesOf,
  type Decision,
  endReasons,
  type MergeChoice,
  type MergeItem,
  merged,
  type ReconciliationRow,
  type Written,
} from '../../model/reconciliation-act.ts'
import type { OtherChange, ReconciliationData } from './data.ts'

const NAMESPACE = 'medication-list/reconciliation'

interface ConflictProps {
  items: readonly MergeItem[]
  /** Otherwise another source has something new. */
  isNewList: boolean
  /** As it is now. */
  data: ReconciliationData
  /** Who changed what, as the API states it. */
  changes: readonly OtherChange[]
  written: Written
  onSettled: (written: Written) => void
}

export function Conflict({ items, isNewList, data, changes, written, onSettled }: ConflictProps) {
  const { t, i18n } = useTranslation(NAMESPACE)
  const [choices, setChoices] = useState<Record<string, MergeChoice>>({})
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const settled = merged(items, choices, written)
  const date = data.made && formatDateTime(data.made, i18n.language)
  return (
    <div className="reconciliation">
      <h3 ref={heading} tabIndex={-1}>
        {t(isNewList ? 'conflict' : 'conflictSources')}
      </h3>
      <DataState state="partial" title={isNewList && date ? whoseList(data.by, date, t) : t('conflictSources')} text={t('conflictText')} />
      <ol className="reconciliation__rows">
        {items.map((item) => (
          <Item
            key={item.key}
            item={item}
            change={changes.find(({ line }) => line === (item.now ?? item.before)?.lineId)}
            choice={choices[item.key]}
            onChoose={(choice) => setChoices({ ...choices, [item.key]: choice })}
          />
        ))}
      </ol>
      <div className="reconciliation__actions">
        {settled ? <Button onClick={() => onSettled(settled)}>{t('continue')}</Button> : <p role="status">{t('continue.missing')}</p>}
      </div>
    </div>
  )
}

type Words = ReturnType<typeof useTranslation<typeof NAMESPACE>>['t']

function whoseList(by: string | undefined, date: string, t: Words): string {
  return by ? t('conflictBy', { who: by, date }) : t('conflictAt', { date })
}

interface ItemProps {
  item: MergeItem
  change: OtherChange | undefined
  choice: MergeChoice | undefined
  onChoose: (choice: MergeChoice) => void
}

function Item({ item, change, choice, onChoose }: ItemProps) {
  const { t, i18n } = useTranslation(NAMESPACE)
  const id = useId()
  const { before, now, mine, standing } = item
  const drug = (now ?? before)?.drug ?? t('notStated')
  const who = standing === 'mine' ? undefined : change?.by
  const when = standing === 'mine' ? undefined : change?.time
  return (
    <li className="reconciliation__row">
      <h4 className="reconciliation__drug">{drug}</h4>
      <p className="reconciliation__warning">
        {[t(`conflict.${standing}`), [who, when && formatDateTime(when, i18n.language)].filter(Boolean).join(', ')]
          .filter(Boolean)
          .join(': ')}
      </p>
      <dl className="reconciliation__sources">
        {before && (
          <div>
            <dt>{t('youRead')}</dt>
            <dd>{rowWords(before, t)}</dd>
          </div>
        )}
        {now && (
          <div>
            <dt>{t('nowIs')}</dt>
            <dd>{rowWords(now, t)}</dd>
          </div>
        )}
        {mine && (
          <div>
            <dt>{t('yours')}</dt>
            <dd>{decisionWords(mine, t)}</dd>
          </div>
        )}
      </dl>
      <fieldset className="reconciliation__decision" aria-label={t('chooseFor', { drug })}>
        <div className="reconciliation__choices">
          {choicesOf(item).map((one) => (
            <label key={one} className="reconciliation__choice">
              <input type="radio" name={id} value={one} checked={choice === one} onChange={() => onChoose(one)} />
              <span>{t(standing === 'gone' ? 'choice.seen' : `choice.${one}`)}</span>
            </label>
          ))}
        </div>
      </fieldset>
    </li>
  )
}

function rowWords({ drug, dose, use, area, stop }: ReconciliationRow, t: Words): string {
  const known = use === '1' || use === '2' || use === '3' ? t(`use.${use}`) : undefined
  return [drug, dose ?? t('noDose'), known, area, stop?.time && t('planned', { date: stop.time.slice(0, 10) })].filter(Boolean).join(', ')
}

/** The writer's own text, whole. */
function decisionWords({ kind, content = {}, reason, note }: Decision, t: Words): string {
  const known = endReasons.find((one) => one === reason)
  const why = kind === 'end' && known ? t(`reason.${known}`) : undefined
  return [t(`decide.${kind}`), content.dose, content.area, why, note].filter(Boolean).join(', ')
}
