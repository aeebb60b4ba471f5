/** Candidates of double prescription: shown with both, and marked as intended with a note, or the mark taken away. */
import Tag from '@helsenorge/designsystem-react/components/Tag'
import { formatDateTime } from '@helsevev/ui/format.ts'
import { useTranslation } from 'react-i18next'
import { pairKey, type Written } from '../../model/reconciliation-act.ts'
import type { Pair, ReconciliationData } from './data.ts'
import { Text } from './fields.tsx'

const NAMESPACE = 'medication-list/reconciliation'

interface PairsProps {
  data: ReconciliationData
  written: Written
  kept: object
  onChange: (written: Written) => void
}

export function Pairs({ data, written, kept, onChange }: PairsProps) {
  const { t } = useTranslation(NAMESPACE)
  if (data.pairs.length === 0) return null
  const nameOf = (key: string) => {
    const { drug, sources = [] } = data.rows.find((row) => row.key === key) ?? {}
    const [source] = sources
    return [drug ?? t('notStated'), source && `(${t(`from.${source.from}`)})`].filter(Boolean).join(' ')
  }
  return (
    <section className="reconciliation__pairs" aria-label={t('pairs')}>
      <h3>{t('pairs')}</h3>
      <ul>
        {data.pairs.map((pair) => (
          <li key={pairKey(...pair.rows)} className="reconciliation__row" data-row={pairKey(...pair.rows)}>
            <p>
              <strong>{t('pair', { one: nameOf(pair.rows[0]), other: nameOf(pair.rows[1]) })}</strong> <Tag>{t(`grade.${pair.grade}`)}</Tag>
            </p>
            {pair.standing === 'intended' ? <Marked {...{ pair, written, onChange }} /> : <ToMark {...{ pair, written, kept, onChange }} />}
          </li>
        ))}
      </ul>
    </section>
  )
}

type PairProps = Omit<PairsProps, 'data' | 'kept'> & { pair: Pair }

function Marked({ pair, written, onChange }: PairProps) {
  const { t, i18n } = useTranslation(NAMESPACE)
  const key = pairKey(...pair.rows)
  const date = pair.time && formatDateTime(pair.time, i18n.language)
  const others = written.unmarked.filter((one) => one !== key)
  return (
    <>
      <p>
        <Tag>{t('intended')}</Tag> {pair.by ? t('intendedBy', { who: pair.by, date: date ?? '' }) : date && t('intendedAt', { date })}
      </p>
      {pair.note && <p>{pair.note}</p>}
      <label className="reconciliation__choice">
        <input
          type="checkbox"
          checked={written.unmarked.includes(key)}
          onChange={({ target }) => onChange({ ...written, unmarked: target.checked ? [...others, key] : others })}
        />
        <span>{t('unmark')}</span>
      </label>
    </>
  )
}

function ToMark({ pair, written, kept, onChange }: PairProps & { kept: object }) {
  const { t } = useTranslation(NAMESPACE)
  const key = pairKey(...pair.rows)
  const mark = written.marked.find(({ rows }) => pairKey(...rows) === key)
  const others = written.marked.filter((one) => one !== mark)
  return (
    <>
      <label className="reconciliation__choice">
        <input
          type="checkbox"
          checked={mark !== undefined}
          onChange={({ target }) => onChange({ ...written, marked: target.checked ? [...others, { rows: pair.rows, note: '' }] : others })}
        />
        <span>{t('mark')}</span>
      </label>
      {mark && (
        <Text
          label={t('markNote')}
          value={mark.note}
          kept={kept}
          onChange={(note) => onChange({ ...written, marked: [...others, { ...mark, note }] })}
        />
      )}
    </>
  )
}
