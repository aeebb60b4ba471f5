/** What can be fetched at the pharmacy now, or is being made ready there; or why that is not known. */
import type { Beside, BesidePrescription } from '@helsevev/clinical/medicines/beside'
import { dayInNorway, formatDate, formatNumber } from '@helsevev/ui/format.ts'
import type { Wording } from '@helsevev/ui/texts.ts'
import { useWords } from '@helsevev/ui/useWords'
import { useTranslation } from 'react-i18next'

const NAMESPACE = 'medication-list/citizen'

export function AtThePharmacy({ beside }: { beside: Beside | undefined }) {
  const { t } = useTranslation(NAMESPACE)
  const words = useWords(NAMESPACE)
  if (!beside || beside.prescriptions.status === 'loading') return null
  const { status, isPartial, data } = beside.prescriptions
  const open = data?.prescriptions.filter(({ isOpen }) => isOpen) ?? []
  const isKnown = status === 'some' || status === 'none'
  return (
    <div className="panel__group">
      <h3 className="panel__part">{t('pharmacy.title')}</h3>
      {open.length === 0 && <p>{t(isKnown ? 'pharmacy.none' : 'pharmacy.unknown')}</p>}
      {open.length > 0 && (
        <ul className="entry__list">
          {open.map((one) => (
            <li key={one.number}>
              <strong>{one.drug ?? t(one.isLocked ? 'pharmacy.locked' : 'notStated')}</strong>: {readyWords(one, words)}
            </li>
          ))}
        </ul>
      )}
      {isPartial && <p className="entry__note">{t('pharmacy.more')}</p>}
    </div>
  )
}

/** Whether it can be fetched, what is left, and until when. */
export function readyWords(one: BesidePrescription, { t, language }: Wording<typeof NAMESPACE>): string {
  const { isAtPharmacy, awaitsApproval, earliest, left, validUntil } = one
  if (awaitsApproval) return t('pharmacy.approval')
  const isLater = earliest !== undefined && earliest.slice(0, 10) > dayInNorway(new Date())
  const when = isAtPharmacy
    ? t('pharmacy.making')
    : isLater
      ? t('pharmacy.from', { date: formatDate(earliest, language) })
      : t('pharmacy.ready')
  const more =
    left === undefined
      ? undefined
      : 'dispensings' in left
        ? t('pharmacy.dispensings', { count: left.dispensings })
        : t('pharmacy.packages', { count: left.packages, packages: formatNumber(left.packages, language) })
  return [when, more, validUntil && t('pharmacy.until', { date: formatDate(validUntil, language) })].filter(Boolean).join(' ')
}
