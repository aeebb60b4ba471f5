/** The list as it was here at the end of a day that the reader chooses, marked as not the present one. */
import Button from '@helsenorge/designsystem-react/components/Button'
import { useSurroundings } from '@helsevev/panel/surroundings.ts'
import { DataState } from '@helsevev/ui/DataState'
import { DateInput } from '@helsevev/ui/DateInput'
import { dayInNorway, endOfDay, formatDate, formatDateTime } from '@helsevev/ui/format.ts'
import { addTexts } from '@helsevev/ui/i18n.ts'
import { announce } from '@helsevev/ui/Shell'
import { type FormEvent, type ReactNode, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { identity } from '../../identity.ts'
import type { MedicationListData } from '../panel-data.ts'
import { moreTexts } from './more-texts.ts'

addTexts('medication-list/more', moreTexts)

const NAMESPACE = 'medication-list'

interface PastProps {
  draw: (data: MedicationListData) => ReactNode
  onClose: () => void
}

/** `none`: no list had come here by then. */
type Answer = { day: string; data: MedicationListData | 'none' | 'failed'; isPartial: boolean }

export function Past({ draw, onClose }: PastProps) {
  const { t, i18n } = useTranslation('medication-list/more')
  const { pastOf } = useSurroundings()
  const id = useId()
  const today = dayInNorway(new Date())
  const [day, setDay] = useState('')
  const [isInvalid, setInvalid] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [answer, setAnswer] = useState<Answer>()

  async function load(asked: string) {
    if (!pastOf) return
    setBusy(true)
    const found = await pastOf(identity.id, asked).catch(() => 'failed' as const)
    setBusy(false)
    const isFailed = found === 'failed' || found.status === 'unavailable'
    setAnswer({ day: asked, data: isFailed ? 'failed' : listOf(found.data, asked), isPartial: found !== 'failed' && found.partial })
    announce(isFailed ? t('past.failed') : t('past.title', { date: formatDate(asked, i18n.language) }))
  }

  function submit(event: FormEvent) {
    event.preventDefault()
    const isWrong = !endOfDay(day) || day >= today
    setInvalid(isWrong)
    if (isWrong) return document.getElementById(`${id}-day`)?.focus()
    if (!isBusy) void load(day)
  }

  return (
    <div className="medication__past" aria-busy={isBusy}>
      <form className="medication__choose" onSubmit={submit} noValidate>
        <div className="field">
          <label htmlFor={`${id}-day`}>{t('past.day')}</label>
          <DateInput
            id={`${id}-day`}
            value={day}
            latest={today}
            required
            aria-invalid={isInvalid || undefined}
            aria-describedby={isInvalid ? `${id}-wrong` : undefined}
            onChange={setDay}
          />
          {isInvalid && (
            <p className="field__error" id={`${id}-wrong`}>
              {t('past.invalid')}
            </p>
          )}
        </div>
        <Button type="submit" variant="outline">
          {isBusy ? t('past.busy') : t('past.show')}
        </Button>
        <button type="button" className="link-button" onClick={onClose}>
          {t('backToNow')}
        </button>
      </form>
      {answer && <Shown answer={answer} draw={draw} onRetry={() => void load(answer.day)} />}
    </div>
  )
}

function Shown({ answer: { day, data, isPartial }, draw, onRetry }: { answer: Answer; draw: PastProps['draw']; onRetry: () => void }) {
  const { t, i18n } = useTranslation('medication-list/more')
  const { t: general } = useTranslation(NAMESPACE)
  const { language } = i18n
  if (data === 'failed') return <DataState state="unavailable" text={t('past.failed')} onRetry={onRetry} />
  const made = data === 'none' ? undefined : data.list
  return (
    <>
      <p className="medication__then">
        <strong>{t('past.title', { date: formatDate(day, language) })}</strong> {t('past.notNow')}
      </p>
      {data === 'none' && <p>{t('past.none')}</p>}
      {made && (
        <p>
          {t('past.made', { date: formatDateTime(made.made, language) })}{' '}
          {general('madeBy', { who: [made.by, made.controller.name].filter(Boolean).join(', ') })}
        </p>
      )}
      {isPartial && <p className="medication__warning">{general('partial.text')}</p>}
      {data !== 'none' && draw(data)}
      <p className="medication__note">{t('past.onlyList')}</p>
    </>
  )
}

/** A version that came later than the day was not known then. */
function listOf(data: unknown, day: string): MedicationListData | 'none' {
  const found = data as MedicationListData | undefined
  const end = endOfDay(day)
  const isLater = found?.list?.reported !== undefined && end !== undefined && Date.parse(found.list.reported) > end.getTime()
  return !found || isLater ? 'none' : found
}
