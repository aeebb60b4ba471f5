import { DataState } from '@helsevev/ui/DataState'
import { formatDateTime } from '@helsevev/ui/format.ts'
import { useTranslation } from 'react-i18next'
import type { LogProof } from '../contract.ts'

/** Whether the lines agree with the signed checkpoint of the log, in a sentence; a notice with contacts where they do not. */
export function LogProofLine({ proof: { state, at, checked, waiting, differs, withinMinutes } }: { proof: LogProof }) {
  const { t, i18n } = useTranslation('citizen')
  if (state === 'differs') {
    const text = t('log.proof.differs.text', { count: differs, who: t('log.proof.differs.who') })
    return <DataState state="failed" title={t('log.proof.differs.title')} text={text} />
  }
  const when = at === undefined ? '' : formatDateTime(at, i18n.language)
  return (
    <p className="small" data-proof={state}>
      {state === 'unavailable' && t('log.proof.unavailable')}
      {checked > 0 && t('log.proof.checked', { count: checked, at: when })}
      {checked > 0 && waiting > 0 && ' '}
      {waiting > 0 && t('log.proof.waiting', { count: waiting, minutes: withinMinutes })}
    </p>
  )
}
