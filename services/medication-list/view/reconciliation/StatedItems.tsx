/** What the patient, or who is with them, states in free text. */
import Button from '@helsenorge/designsystem-react/components/Button'
import { useTranslation } from 'react-i18next'
import type { Stated } from '../../model/reconciliation-act.ts'
import { ContentFields, Text } from './fields.tsx'

interface StatedItemsProps {
  stated: readonly Stated[]
  kept: object
  onChange: (stated: Stated[]) => void
}

export function StatedItems({ stated, kept, onChange }: StatedItemsProps) {
  const { t } = useTranslation('medication-list/reconciliation')
  const put = (next: Stated) => onChange(stated.map((one) => (one.id === next.id ? next : one)))
  return (
    <section className="reconciliation__stated" aria-label={t('stated')}>
      <h3>{t('stated')}</h3>
      <p className="reconciliation__help">{t('statedHelp')}</p>
      {stated.map((one) => (
        <div key={one.id} className="reconciliation__row" data-row={one.id}>
          <Text label={t('statedDrug')} value={one.drug} kept={kept} onChange={(drug) => put({ ...one, drug })} />
          <ContentFields row={{}} content={one} kept={kept} onChange={(content) => put({ ...one, ...content })} />
          <Button variant="borderless" onClick={() => onChange(stated.filter(({ id }) => id !== one.id))}>
            {t('statedRemove', { drug: one.drug || t('statedNew') })}
          </Button>
        </div>
      ))}
      <div className="reconciliation__actions">
        <Button variant="outline" onClick={() => onChange([...stated, { id: crypto.randomUUID(), drug: '' }])}>
          {t('statedAdd')}
        </Button>
      </div>
    </section>
  )
}
