/** When the list is reconciled, and who takes part. */
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { type Act, type ReconciliationKind, reconciliationKinds } from '../../model/reconciliation-act.ts'
import { Text } from './fields.tsx'

export function ActFields({ act, kept, onChange }: { act: Act; kept: object; onChange: (act: Act) => void }) {
  const { t } = useTranslation('medication-list/reconciliation')
  const id = useId()
  function choose(value: string) {
    const kind = reconciliationKinds.find((one): one is ReconciliationKind => one === value)
    const { kind: _before, ...rest } = act
    onChange({ ...rest, ...(kind ? { kind } : {}) })
  }
  return (
    <fieldset className="reconciliation__act">
      <legend>{t('act')}</legend>
      <div className="field">
        <label htmlFor={id}>{t('kind')}</label>
        <select id={id} className="field__input" value={act.kind ?? ''} onChange={({ target }) => choose(target.value)}>
          <option value="">{t('kind.choose')}</option>
          {reconciliationKinds.map((kind) => (
            <option key={kind} value={kind}>
              {t(`kind.${kind}`)}
            </option>
          ))}
        </select>
      </div>
      <Text label={t('with')} help={t('withHelp')} value={act.with} kept={kept} onChange={(value) => onChange({ ...act, with: value })} />
    </fieldset>
  )
}
