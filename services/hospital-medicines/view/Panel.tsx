/** What was given to the open patient in hospital: each medicine with its last dose; the others, and what was withdrawn, on demand. */

import Tag from '@helsenorge/designsystem-react/components/Tag'
import { SourceLine } from '@helsevev/panel/SourceLine'
import { defineView } from '@helsevev/panel/view.ts'
import { languageOf } from '@helsevev/ui/format.ts'
import { useTranslation } from 'react-i18next'
import { identity } from '../identity.ts'
import { snapshot, timeline } from './lines.ts'
import type { HospitalMedicinesData, ShownDose, ShownMedicine } from './panel-data.ts'
import './panel.css'
import { hospitalMedicinesTexts } from './texts.ts'
import { doseWords, ingredientWords, medicineWords, timeWords } from './words.ts'

const NAMESPACE = 'hospital-medicines'

function Some({ data: { medicines, more } }: { data: HospitalMedicinesData }) {
  const { t } = useTranslation(NAMESPACE)
  return (
    <div className="given">
      <p className="given__note">{t('lead')}</p>
      <ul className="given__list">
        {medicines.map((one) => (
          <li key={one.id} className="given__one">
            <Medicine one={one} />
          </li>
        ))}
      </ul>
      {more && <p className="given__note">{t('more')}</p>}
    </div>
  )
}

function Medicine({ one }: { one: ShownMedicine }) {
  const { t, i18n } = useTranslation(NAMESPACE)
  const language = languageOf(i18n.language)
  const given = one.doses.filter(({ isError }) => !isError)
  const [last] = given
  const [shown = one.doses[0]] = given
  return (
    <article>
      <h3 className="given__name">{medicineWords(one, { t })}</h3>
      {one.isTrial && (
        <p className="given__tags">
          <Tag>{t('trial')}</Tag>
        </p>
      )}
      <p className="given__last">{last ? t('times', { count: given.length, time: timeWords(last, language) }) : t('notGiven')}</p>
      {shown && <p>{doseWords(shown, { t, language })}</p>}
      {one.ingredients.length > 0 && (
        <p className="given__note">
          {t('mixture')}: {one.ingredients.map((each) => ingredientWords(each, { language })).join('; ')}
        </p>
      )}
      {one.regimen && (
        <p className="given__note">
          {t('regimen')}: {one.regimen}
        </p>
      )}
      {shown?.reason && (
        <p className="given__note">
          {t('reason')}: {shown.reason}
        </p>
      )}
      {one.doses.length > 1 && <Doses doses={one.doses} />}
      {shown && <SourceLine controller={shown.controller.name} unit={shown.place} time={shown.time} phone={shown.controller.phone} />}
    </article>
  )
}

function Doses({ doses }: { doses: ShownDose[] }) {
  const { t, i18n } = useTranslation(NAMESPACE)
  const language = languageOf(i18n.language)
  return (
    <details>
      <summary>{t('all', { count: doses.length })}</summary>
      <ol className="given__doses">
        {doses.map((dose) => (
          <li key={dose.id}>
            {timeWords(dose, language)}: {doseWords(dose, { t, language })}
          </li>
        ))}
      </ol>
    </details>
  )
}

export const view = defineView({
  service: identity,
  namespace: NAMESPACE,
  texts: hospitalMedicinesTexts,
  Some,
  timeline,
  snapshot,
})
