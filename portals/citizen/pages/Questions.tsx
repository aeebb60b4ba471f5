import { PageTitle } from '@helsevev/portal/client/PageTitle'
import { DataState } from '@helsevev/ui/DataState'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AskForm } from '../client/AskForm.tsx'
import { LoadedView, useLoaded } from '../client/loaded.tsx'
import { PageLink } from '../client/PageLink.tsx'
import { useAsk } from '../client/people.tsx'
import { Thread } from '../client/Thread.tsx'
import { contract, type Question } from '../contract.ts'

/** A question with those that follow its answer, oldest first. */
function threadsOf(questions: readonly Question[]): Question[][] {
  const oldestFirst = [...questions].reverse()
  const threads: Question[][] = []
  for (const question of oldestFirst) {
    const before = threads.find((thread) => thread.some(({ answer }) => answer !== undefined && answer.id === question.follows))
    if (before) before.push(question)
    else threads.push([question])
  }
  return threads.reverse()
}

/** What was asked about the log, and the answers. */
export function Questions() {
  const { t } = useTranslation('citizen')
  const ask = useAsk()
  const loaded = useLoaded(useCallback(async () => await ask(contract.questions), [ask]))
  const [further, setFurther] = useState<string>()
  return (
    <div className="page">
      <PageTitle name={t('nav.questions')} />
      <p className="lead">{t('questions.lead')}</p>
      <LoadedView loaded={loaded}>
        {({ questions }) => (
          <>
            {questions.length === 0 && <DataState state="none" title={t('questions.none.title')} text={t('questions.none.text')} />}
            {threadsOf(questions).map((thread) => {
              const last = thread.at(-1)
              const follows = last?.answer?.id
              return (
                <article key={thread[0]?.id} id={`thread-${thread[0]?.id}`} className="card threads" tabIndex={-1}>
                  {thread.map((question) => (
                    <Thread key={question.id} question={question} />
                  ))}
                  {last && follows && further !== last.id && (
                    <button type="button" className="link-button" onClick={() => setFurther(last.id)}>
                      {t('questions.further')}
                    </button>
                  )}
                  {last && follows && further === last.id && (
                    <AskForm
                      line={last.line}
                      organization={last.organization}
                      follows={follows}
                      onCancel={() => setFurther(undefined)}
                      onSent={() => {
                        setFurther(undefined)
                        document.getElementById(`thread-${thread[0]?.id}`)?.focus()
                        void loaded.reload()
                      }}
                    />
                  )}
                </article>
              )
            })}
            <p>
              <PageLink page="log">{t('notices.toLog')}</PageLink>
            </p>
          </>
        )}
      </LoadedView>
    </div>
  )
}
