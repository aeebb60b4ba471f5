/** A day of one's own, for what changed since. */
import { DateInput } from '@helsevev/ui/DateInput'
import { dayInNorway } from '@helsevev/ui/format.ts'
import { addTexts } from '@helsevev/ui/i18n.ts'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { moreTexts } from './more-texts.ts'

addTexts('medication-list/more', moreTexts)

export function OwnDay({ day, onChange }: { day: string; onChange: (day: string) => void }) {
  const { t } = useTranslation('medication-list/more')
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{t('changes.day')}</label>
      <DateInput id={id} value={day} latest={dayInNorway(new Date())} onChange={onChange} />
    </div>
  )
}
