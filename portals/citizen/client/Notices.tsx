/** Notices that the person gets without asking: at the top of the first page until marked as seen. Draws nothing when there are none. */

import Button from '@helsenorge/designsystem-react/components/Button'
import { isProblem } from '@helsevev/portal/client/call.ts'
import { formatDateTime } from '@helsevev/ui/format.ts'
import { announce } from '@helsevev/ui/Shell'
import { codedText } from '@helsevev/ui/texts.ts'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { contract } from '../contract.ts'
import { toldOnce } from '../notices.ts'
import { useLoaded } from './loaded.tsx'
import { PageLink } from './PageLink.tsx'
import { useAsk } from './people.tsx'

export function Notices() {
  const { t, i18n } = useTranslation('citizen')
  const ask = useAsk()
  const { answer, reload } = useLoaded(useCallback(async () => await ask(contract.notices), [ask]))
  const notices = answer?.notices ?? []
  if (notices.length === 0) return null

  async function seen() {
    const marked = await ask(contract.noticesSeen, { body: { ids: notices.map(({ id }) => id) } })
    if (isProblem(marked)) return announce(t('problem.failed'))
    announce(t('notices.seenDone'))
    await reload()
  }

  return (
    <section className="card notices" aria-labelledby="notices">
      <h2 id="notices">{t('notices.title')}</h2>
      <ul className="plain">
        {toldOnce(notices).map(({ notice: { id, cause, at, who, organization } }) => {
          const words = { who: who ?? t('notices.someone') }
          const isAnswer = cause === 'question-answered'
          return (
            <li key={id} className="person">
              <p>{codedText(t, 'notices.cause', cause, words) ?? t('notices.cause.other', words)}</p>
              <p className="small">
                {[organization, formatDateTime(at, i18n.language)].filter(Boolean).join(', ')}{' '}
                <PageLink page={isAnswer ? 'questions' : 'log'}>{t(isAnswer ? 'notices.toQuestions' : 'notices.toLog')}</PageLink>
              </p>
            </li>
          )
        })}
      </ul>
      <Button variant="outline" onClick={() => void seen()}>
        {t('notices.seen')}
      </Button>
    </section>
  )
}
