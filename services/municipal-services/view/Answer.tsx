/** Which services run, and the number to call about each: the unit, or else the municipality. */
import { PhoneLink } from '@helsevev/ui/PhoneLink'
import { useWords } from '@helsevev/ui/useWords'
import { useTranslation } from 'react-i18next'
import { nameOf } from './name.ts'
import type { MunicipalServicesData } from './panel-data.ts'

/** As many as the first screen has room for; the panel has all. */
const ANSWERED = 3

export function Answer({ data: { active, onHold } }: { data: MunicipalServicesData }) {
  const { t } = useTranslation('municipal-services')
  const words = useWords('municipal-services')
  const running = [...active, ...onHold]
  return (
    <ul className="answer__list">
      {running.slice(0, ANSWERED).map((service) => {
        const phone = service.unit?.phone ?? service.controller?.phone
        return (
          <li key={service.id}>
            {nameOf(service, words)} {phone && <PhoneLink phone={phone} />}
          </li>
        )
      })}
      {running.length > ANSWERED && <li>{t('answer.more', { count: running.length - ANSWERED })}</li>}
    </ul>
  )
}
