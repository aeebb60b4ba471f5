/** After it is sent: that it stands, and where each recall is. */
import Button from '@helsenorge/designsystem-react/components/Button'
import { formatDateTime } from '@helsevev/ui/format.ts'
import { announce } from '@helsevev/ui/Shell'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReconciliationRow } from '../../model/reconciliation-act.ts'
import type { SendResult } from './data.ts'

interface ReceiptProps {
  result: Extract<SendResult, { outcome: 'sent' }>
  /** As they were read: a recall is known by the drug of its row. */
  rows: readonly ReconciliationRow[]
  onLeave: () => void
}

export function Receipt({ result: { made, recalls }, rows, onLeave }: ReceiptProps) {
  const { t, i18n } = useTranslation('medication-list/reconciliation')
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    heading.current?.focus()
    announce(t('sent'))
  }, [t])
  const drugOf = (id: string) => rows.find(({ prescriptions }) => prescriptions.some((one) => one.id === id))?.drug ?? t('notStated')
  return (
    <div className="reconciliation">
      <h3 ref={heading} tabIndex={-1}>
        {t('sent')}
      </h3>
      <p>{t('sentText')}</p>
      {made && <p>{formatDateTime(made, i18n.language)}</p>}
      {recalls.length > 0 && (
        <>
          <h4>{t('sentRecalls')}</h4>
          <ul className="reconciliation__points">
            {recalls.map(({ id, state }) => (
              <li key={id}>
                {drugOf(id)}: {t(`recall.${state}`)}
              </li>
            ))}
          </ul>
        </>
      )}
      <div className="reconciliation__actions">
        <Button onClick={onLeave}>{t('toOverview')}</Button>
      </div>
    </div>
  )
}
