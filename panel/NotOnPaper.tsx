/** On paper alone, where the screen has a button: how many more there are. */
import { useTranslation } from 'react-i18next'

export function NotOnPaper({ count }: { count: number }) {
  const { t } = useTranslation('panel')
  return <p className="print-only">{t('notOnPaper', { count })}</p>
}
