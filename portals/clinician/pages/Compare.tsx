/** One patient at two moments: what is new, changed and gone in each service. The service decides what was valid at a moment. */

import Button from '@helsenorge/designsystem-react/components/Button'
import { DateInput } from '@helsevev/ui/DateInput'
import { dayInNorway, endOfDay, formatDate } from '@helsevev/ui/format.ts'
import { announce } from '@helsevev/ui/Shell'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Past, pastKey } from '../client/page/past.ts'
import { ServiceComparison } from '../client/page/ServiceComparison.tsx'
import { SubTitle } from '../client/page/SubTitle.tsx'
import { useOfferedSection } from '../client/page/shown-sections.ts'
import { fetchPast, isProblem, type Shown } from '../client/server.ts'
import { views } from '../panels.client.ts'

const DAYS_BACK = 30

interface Compared {
  from: string
  to: string
  past: Past
}

/** `shown`: the opening and the access; with another one the comparison starts again. */
export function Compare({ shown }: { shown: Shown }) {
  const { t, i18n } = useTranslation('clinician')
  const today = dayInNorway(new Date())
  const [from, setFrom] = useState(dayInNorway(new Date(Date.now() - DAYS_BACK * 86_400_000)))
  const [to, setTo] = useState(today)
  const [invalid, setInvalid] = useState(false)
  const [busy, setBusy] = useState(false)
  const [compared, setCompared] = useState<Compared>()

  async function compare(first: string, second: string) {
    setBusy(true)
    const asked = [first, second].filter((day) => day !== today)
    const past = await pastOf(asked, shown)
    setBusy(false)
    setCompared({ from: first, to: second, past })
    announce(t([...past.values()].includes('failed') ? 'problem.unavailable' : 'compare.done'))
  }

  function submit(event: FormEvent) {
    event.preventDefault()
    const days = [from, to].sort()
    const [first = '', second = ''] = days
    const wrong = first === second || second > today || days.some((day) => !endOfDay(day))
    setInvalid(wrong)
    if (wrong) {
      setCompared(undefined)
      announce(t('compare.invalid'))
      return document.getElementById('compare-from')?.focus()
    }
    if (!busy) void compare(first, second)
  }

  useOfferedSection('0', () => ({
    title: compared ? t('compare.between', { from: day(compared.from), to: day(compared.to) }) : t('page.view.compare'),
    remarks: compared ? [] : [t('compare.lead')],
    lines: [],
  }))
  const day = (value: string) => (value === today ? t('compare.now') : formatDate(value, i18n.language))
  return (
    <div className="card gathered">
      <SubTitle name={t('page.view.compare')} />
      <p className="lead">{t('compare.lead')}</p>
      <form className="compare__form" onSubmit={submit} noValidate>
        <Day id="compare-from" label={t('compare.from')} value={from} latest={today} invalid={invalid} onChange={setFrom} />
        <Day
          id="compare-to"
          label={t('compare.to')}
          value={to}
          latest={today}
          invalid={invalid}
          help={t('compare.toHelp')}
          onChange={setTo}
        />
        <Button type="submit">{busy ? t('compare.busy') : t('page.view.compare')}</Button>
      </form>
      {invalid && (
        <p className="field__error" id="compare-error">
          {t('compare.invalid')}
        </p>
      )}
      {compared && (
        <section aria-labelledby="compare-between" aria-busy={busy}>
          <h3 id="compare-between" className="compare__between">
            {t('compare.between', { from: day(compared.from), to: day(compared.to) })}
          </h3>
          {views.map((view, index) => (
            <ServiceComparison
              key={view.service}
              view={view}
              place={String(index + 1)}
              {...compared}
              today={today}
              onRetry={() => void compare(compared.from, compared.to)}
            />
          ))}
        </section>
      )}
    </div>
  )
}

/** Loads earlier days of the services that change their records in place; for the others the page has what it needs. */
async function pastOf(days: readonly string[], shown: Shown): Promise<Past> {
  const asked = views.filter(({ hasVersions }) => hasVersions).flatMap(({ service }) => days.map((day) => ({ service, day })))
  const answers = await Promise.all(
    asked.map(async ({ service, day }) => {
      const answer = await fetchPast(service, day, shown)
      const isGood = !isProblem(answer) && answer.access === shown.access
      return [pastKey(service, day), isGood ? answer : 'failed'] as const
    }),
  )
  return new Map(answers)
}

interface DayProps {
  id: string
  label: string
  value: string
  latest: string
  invalid: boolean
  help?: string
  onChange: (day: string) => void
}

function Day({ id, label, value, latest, invalid, help, onChange }: DayProps) {
  const described = [...(invalid ? ['compare-error'] : []), ...(help ? [`${id}-help`] : [])].join(' ')
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <DateInput
        id={id}
        value={value}
        latest={latest}
        required
        aria-invalid={invalid || undefined}
        aria-describedby={described || undefined}
        onChange={onChange}
      />
      {help && (
        <p className="field__help" id={`${id}-help`}>
          {help}
        </p>
      )}
    </div>
  )
}
