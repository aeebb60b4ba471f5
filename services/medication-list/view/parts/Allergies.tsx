/** Allergies in a line, from what the panel of critical information has loaded; or in a word why none are known. */
import type { Beside, BesideAllergy } from '@helsevev/clinical/medicines/beside'
import { useSurroundings } from '@helsevev/panel/surroundings.ts'
import { formatList } from '@helsevev/ui/format.ts'
import { useTranslation } from 'react-i18next'

const SERVICE = 'critical-information'

export function Allergies({ beside }: { beside: Beside | undefined }) {
  const { t, i18n } = useTranslation('medication-list')
  const { t: general } = useTranslation('panel')
  const { linkTo } = useSurroundings()
  if (!beside) return null
  const { status, isPartial, data = [] } = beside.allergies
  const wordsOf = ({ what, isSerious, certainty }: BesideAllergy) => {
    const details = [...(isSerious ? [t('allergy.serious')] : []), ...(certainty === 'confirmed' ? [] : [t(`allergy.${certainty}`)])]
    return details.length > 0 ? `${what} (${details.join(', ')})` : what
  }
  const none = status === 'some' ? t('allergies.none') : general(`answer.${status}`)
  return (
    <p className={data.length > 0 ? 'medication__warning' : undefined}>
      <strong>{linkTo ? <a {...linkTo(SERVICE)}>{t('allergies')}</a> : t('allergies')}</strong>
      {': '}
      {data.length > 0 ? formatList(data.map(wordsOf), i18n.language) : none}
      {isPartial && <> ({t('beside.partial')})</>}
    </p>
  )
}
