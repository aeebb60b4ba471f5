/** Before it is sent: what will happen, what is missing, and what became of the last attempt. */
import Button from '@helsenorge/designsystem-react/components/Button'
import { DataState } from '@helsevev/ui/DataState'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { endReasons, type Missing, type Outlook, outlookOf, pairKey, recalledBy, type Written } from '../../model/reconciliation-act.ts'
import { sentences } from '../words.ts'
import type { Fault, ReconciliationData, SendResult } from './data.ts'

const NAMESPACE = 'medication-list/reconciliation'

interface ReviewProps {
  data: ReconciliationData
  written: Written
  missing: readonly Missing[]
  busy: boolean
  result: SendResult | { state: string; text?: string | undefined } | undefined
  refusal: (reason: string | undefined) => string | undefined
  onFetch: () => void
  onBack: () => void
  onSend: () => void
}

export function Review({ data, written, missing, busy, result, refusal, onFetch, onBack, onSend }: ReviewProps) {
  const { t } = useTranslation(NAMESPACE)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const counts = outlookOf(data.rows, written)
  const shown = (Object.keys(counts) as (keyof Outlook)[]).filter((name) => counts[name] > 0)
  const isRefused = result !== undefined && 'outcome' in result && result.outcome === 'refused'
  return (
    <div className="reconciliation">
      <h3 ref={heading} tabIndex={-1}>
        {t('outlook')}
      </h3>
      <ul className="reconciliation__outlook">
        {shown.map((name) => (
          <li key={name}>{t(`count.${name}`, { count: counts[name] })}</li>
        ))}
      </ul>
      <Details data={data} written={written} />
      {missing.length > 0 && <StillMissing {...{ data, written, missing }} />}
      <Became {...{ result, refusal, onFetch }} />
      <div className="reconciliation__actions">
        <Button variant="outline" onClick={onBack}>
          {t('back')}
        </Button>
        {missing.length === 0 && !isRefused && <Button onClick={onSend}>{t(busy ? 'sending' : 'send')}</Button>}
      </div>
    </div>
  )
}

/** Each row that is not merely kept, in words. */
function Details({ data, written }: Pick<ReviewProps, 'data' | 'written'>) {
  const { t } = useTranslation(NAMESPACE)
  const rows = data.rows.flatMap((row) => {
    const decision = written.decisions[row.key]
    if (!decision || decision.kind === 'confirm') return []
    const { kind, content = {}, reason, note } = decision
    const dose = kind === 'change' || kind === 'add' ? (content.dose ?? row.dose) : undefined
    const known = endReasons.find((one) => one === reason)
    const recalls = recalledBy(row, decision).length
    const words = [
      [row.drug ?? t('notStated'), dose].filter(Boolean).join(', '),
      ...(kind === 'end' && known ? [t(`reason.${known}`)] : []),
      ...(note ? [note] : []),
      ...(recalls > 0 ? [t('recalls', { count: recalls })] : []),
    ]
    return [{ key: row.key, text: `${t(`decide.${kind}`)}: ${sentences(words)}` }]
  })
  const stated = written.stated.map(({ id, drug, dose }) => ({ key: id, text: [t('statedOf', { drug }), dose].filter(Boolean).join(': ') }))
  return (
    <ul className="reconciliation__points">
      {[...rows, ...stated].map(({ key, text }) => (
        <li key={key}>{text}</li>
      ))}
    </ul>
  )
}

function StillMissing({ data, written, missing }: Pick<ReviewProps, 'data' | 'written' | 'missing'>) {
  const { t } = useTranslation(NAMESPACE)
  const nameOf = (row: string | undefined): string => {
    const found = data.rows.find(({ key }) => key === row)
    if (found) return found.drug ?? t('notStated')
    const pair = data.pairs.find(({ rows }) => pairKey(...rows) === row)
    if (pair) return t('pair', { one: nameOf(pair.rows[0]), other: nameOf(pair.rows[1]) })
    return written.stated.find(({ id }) => id === row)?.drug || t('statedNew')
  }
  return (
    <div className="reconciliation__missing" role="status">
      <p>{t('missing')}</p>
      <ul>
        {missing.map(({ row, part }) => (
          <li key={`${row} ${part}`}>{t(`missing.${part}`, { what: nameOf(row) })}</li>
        ))}
      </ul>
    </div>
  )
}

/** In the language of the reader where it is known; otherwise in the words of the API, after words that say so. */
function FaultWords({ fault: { code, drug, text } }: { fault: Fault }) {
  const { t } = useTranslation(NAMESPACE)
  if (code) return [drug, t(`fault.${code}`)].filter(Boolean).join(': ')
  return (
    <>
      {t('invalidOther')} <span lang="en">{text}</span>
    </>
  )
}

function Became({ result, refusal, onFetch }: Pick<ReviewProps, 'result' | 'refusal' | 'onFetch'>) {
  const { t } = useTranslation(NAMESPACE)
  if (!result) return null
  if ('state' in result) {
    const text = [result.text, t('failedText')].filter(Boolean).join(' ')
    return (
      <>
        <DataState state="failed" title={t('failed')} text={text} />
        <Button variant="outline" onClick={onFetch}>
          {t('fetchAgain')}
        </Button>
      </>
    )
  }
  if (result.outcome === 'refused')
    return (
      <DataState
        state="refused"
        title={t('refused')}
        text={[result.reason === 'role-not-open' ? t('readOnlyText') : refusal(result.reason), t('refusedText')].filter(Boolean).join(' ')}
      />
    )
  if (result.outcome !== 'invalid') return null
  const faults = (
    <>
      <p>{t('invalidText')}</p>
      <ul>
        {result.faults.map((fault) => (
          <li key={`${fault.line} ${fault.text}`}>
            <FaultWords fault={fault} />
          </li>
        ))}
      </ul>
    </>
  )
  return <DataState state="failed" title={t('invalid')} text={faults} />
}
