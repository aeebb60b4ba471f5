import { PhoneLink } from '@helsevev/ui/PhoneLink'
import { useTranslation } from 'react-i18next'

/** Who to call when it is urgent. */
export function Urgent() {
  const { t } = useTranslation('citizen')
  return (
    <section className="card" aria-labelledby="urgent">
      <h2 id="urgent">{t('help.urgent')}</h2>
      <ul className="phones">
        <li>
          {t('help.emergency')} <PhoneLink phone="113" />
        </li>
        <li>
          {t('help.outOfHours')} <PhoneLink phone="116 117" />
        </li>
      </ul>
    </section>
  )
}
