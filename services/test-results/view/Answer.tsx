/** The analyses whose newest result is outside its reference, newest first. */
import { formatDay } from '@helsevev/ui/format.ts'
import { useTranslation } from 'react-i18next'
import { outsideIn } from './outside.ts'
import type { TestResultsData } from './panel-data.ts'

/** As many as the first screen has room for; the panel has all. */
const ANSWERED = 4
const signs = { over: '↑', under: '↓', outside: '↕' } as const

export function Answer({ data }: { data: TestResultsData }) {
  const { t, i18n } = useTranslation('test-results')
  const outside = outsideIn(data)
  if (outside.length === 0) return <p>{t('answer.none')}</p>
  return (
    <ul className="answer__list">
      {outside.slice(0, ANSWERED).map(({ result, time }) => (
        <li key={result.id}>
          {result.name}{' '}
          <strong>
            <span aria-hidden="true">{signs[result.deviation]}</span> {result.value}
          </strong>{' '}
          <span className="visually-hidden">{t(`deviation.${result.deviation}`)}</span>{' '}
          <span className="results__day">{formatDay(time, i18n.language)}</span>
        </li>
      ))}
      {outside.length > ANSWERED && <li>{t('answer.more', { count: outside.length - ANSWERED })}</li>}
    </ul>
  )
}
