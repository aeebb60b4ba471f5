/** Medicines that the person got in hospital: what, when, how much and where; what was entered in error is marked. */

import { Entries, Entry, Fact, Facts } from '@helsevev/panel/Entry'
import { isNew } from '@helsevev/panel/panel.ts'
import { defineView } from '@helsevev/panel/view.ts'
import { languageOf } from '@helsevev/ui/format.ts'
import { PhoneLink } from '@helsevev/ui/PhoneLink'
import { useTranslation } from 'react-i18next'
import { identity } from '../../identity.ts'
import type { HospitalMedicinesData, ShownDose, ShownMedicine } from '../panel-data.ts'
import { doseWords, ingredientWords, medicineWords, timeWords } from '../words.ts'
import { hospitalMedicinesCitizenTexts } from './texts.ts'

const NAMESPACE = 'hospital-medicines/citizen'

interface Drawn {
  data: HospitalMedicinesData
  since?: string | undefined
}

function Some({ data: { medicines, more }, since }: Drawn) {
  const { t } = useTranslation(NAMESPACE)
  return (
    <>
      <p className="entry__note">{t('lead')}</p>
      <Entries>
        {medicines.map((one) => (
          <Medicine key={one.id} one={one} since={since} />
        ))}
      </Entries>
      {more && <p className="entry__note">{t('more')}</p>}
    </>
  )
}

function Medicine({ one, since }: { one: ShownMedicine; since: string | undefined }) {
  const { t, i18n } = useTranslation(NAMESPACE)
  const language = languageOf(i18n.language)
  const given = one.doses.filter(({ isError }) => !isError)
  const [shown = one.doses[0]] = given
  if (!shown) return null
  return (
    <Entry id={one.id} title={medicineWords(one, { t })} isNew={isNewMedicine(one, since)}>
      {one.isTrial && <p>{t('trial')}</p>}
      <Facts>
        {given.length > 0 && <Fact label={t('last')}>{timeWords(shown, language)}</Fact>}
        <Fact label={t('amount')}>{doseWords(shown, { t, language })}</Fact>
        {given.length > 1 && <Fact label={t('count')}>{given.length}</Fact>}
        {shown.place && <Fact label={t('where')}>{shown.place}</Fact>}
        {one.ingredients.length > 0 && (
          <Fact label={t('mixture')}>{one.ingredients.map((each) => ingredientWords(each, { language })).join('; ')}</Fact>
        )}
        {one.regimen && <Fact label={t('regimen')}>{one.regimen}</Fact>}
        {shown.reason && <Fact label={t('reason')}>{shown.reason}</Fact>}
        <Fact label={t('by')}>{shown.controller.name}</Fact>
      </Facts>
      {one.doses.length > 1 && <Doses doses={one.doses} />}
      <p className="entry__note">
        {shown.controller.phone ? (
          <>
            {t('call', { who: shown.controller.name })} <PhoneLink phone={shown.controller.phone} />
          </>
        ) : (
          t('ask', { who: shown.controller.name })
        )}
      </p>
    </Entry>
  )
}

function Doses({ doses }: { doses: ShownDose[] }) {
  const { t, i18n } = useTranslation(NAMESPACE)
  const language = languageOf(i18n.language)
  return (
    <details className="entry-help">
      <summary>{t('all', { count: doses.length })}</summary>
      <ol>
        {doses.map((dose) => (
          <li key={dose.id}>
            {timeWords(dose, language)}: {doseWords(dose, { t, language })}
          </li>
        ))}
      </ol>
    </details>
  )
}

function isNewMedicine({ doses }: ShownMedicine, since: string | undefined): boolean {
  return doses.some(({ reported }) => isNew(reported, since))
}

export const view = defineView({
  service: identity,
  namespace: NAMESPACE,
  texts: hospitalMedicinesCitizenTexts,
  Some,
  newIn: ({ medicines }, since, { t }) =>
    medicines
      .filter((one) => isNewMedicine(one, since))
      .map((one) => ({ id: one.id, title: medicineWords(one, { t }), ...(one.doses[0] ? { time: one.doses[0].time } : {}) })),
})
