/** The page of a person who is refused: why, who can do what about it, and where help is. */
import { PageTitle } from '@helsevev/portal/client/PageTitle'
import { useProblemWords } from '@helsevev/portal/client/problem-words.ts'
import { DataState } from '@helsevev/ui/DataState'
import { numberedTexts } from '@helsevev/ui/texts.ts'
import { useTranslation } from 'react-i18next'
import type { CitizenProblem } from '../contract.ts'
import { PageLink } from './PageLink.tsx'

export function Refused({ problem, onRetry }: { problem: CitizenProblem & { code: 'refused' }; onRetry: () => void }) {
  const { t } = useTranslation('citizen')
  const wordsOf = useProblemWords()
  const who = problem.reason === 'too-young' ? 'refused.who.too-young' : 'refused.who.other'
  return (
    <div className="page">
      <PageTitle name={t('home.closed')} />
      <DataState state="refused" text={wordsOf(problem) ?? t('problem.failed')} onRetry={onRetry} />
      <section className="card" aria-labelledby="who">
        <h2 id="who">{t('refused.who.title')}</h2>
        <ul className="choice-form__happens">
          {numberedTexts(t, who).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
        <p>
          <PageLink page="help">{t('title.help')}</PageLink>
        </p>
      </section>
    </div>
  )
}
