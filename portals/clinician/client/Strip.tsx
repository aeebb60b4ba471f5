/** Always in sight: the organisation that the person acts for, the purpose, and that each look-up is logged (pasientjournalloven § 22). */

import { useTranslation } from 'react-i18next'
import type { SignedIn } from '../contract.ts'
import { isPatientPage, type Page } from '../routes.ts'
import { go } from './navigation.ts'
import { hasChoice } from './session.ts'

export function Strip({ me, page }: { me: SignedIn; page: Page }) {
  const { t } = useTranslation('clinician')
  if (!me.organization) return null
  const patient = isPatientPage(page) ? me.patient : undefined
  return (
    <section className="strip" aria-label={t('strip.label')}>
      <dl className="strip__facts">
        <div>
          <dt>{t('strip.organization')}</dt>
          <dd>
            {me.place && me.place.number !== me.organization.number ? `${me.organization.name}, ${me.place.name}` : me.organization.name}
            {hasChoice(me) && page !== 'organization' && (
              <button type="button" className="link-button" onClick={() => go('organization')}>
                {t('organization.change')}
              </button>
            )}
          </dd>
        </div>
        {patient && (
          <div>
            <dt>{t('word.purpose')}</dt>
            <dd>{patient.access.kind === 'emergency' ? t('access.emergency.purpose') : t(`purpose.${patient.purpose}.name`)}</dd>
          </div>
        )}
        <div className="strip__logged">
          <dt className="visually-hidden">{t('strip.label')}</dt>
          <dd>{t('strip.logged')}</dd>
        </div>
      </dl>
    </section>
  )
}
