/** One result: what was measured in plain words, the number as the laboratory wrote it, and the reference interval. */
import { languageOf } from '@helsevev/ui/format.ts'
import { useTranslation } from 'react-i18next'
import type { ShownResult } from '../panel-data.ts'
import { plainAnswerOf, plainSusceptibility } from './plain-answers.ts'
import { plainNameOf } from './plain-names.ts'

const NAMESPACE = 'test-results/citizen'

export function Result({ result }: { result: ShownResult }) {
  const { t, i18n } = useTranslation(NAMESPACE)
  const { name, value, text, deviation, interval, susceptibility, comments, status, members } = result
  const language = languageOf(i18n.language)
  const plain = plainNameOf(result, language)
  const stands = status !== 'cancelled' && status !== 'entered-in-error'
  const agents = members.filter((member) => member.susceptibility)
  const others = members.filter((member) => !member.susceptibility)
  return (
    <li>
      <p>
        {plain ?? name}
        {plain && plain !== name && <span className="entry__term"> ({name})</span>}
        {value && stands && (
          <>
            {': '}
            <strong className="entry__value">{value}</strong>
          </>
        )}
      </p>
      {!stands && <p className="entry__note">{t(`status.${status}`)}</p>}
      {stands && (deviation || interval) && (
        <p className="entry__note">
          {[deviation && t(`deviation.${deviation}`), interval && t('interval', { interval })].filter(Boolean).join('. ')}
        </p>
      )}
      {text && !susceptibility && stands && <p className="entry__text">{plainAnswerOf(text, language)}</p>}
      {comments.map((comment) => (
        <p key={comment} className="entry__text">
          {comment}
        </p>
      ))}
      {agents.length > 0 && (
        <>
          <p className="entry__note">{t('agents', { name: text ?? name })}</p>
          <ul>
            {agents.map((agent) => (
              <li key={agent.id}>
                {agent.name}: {plainSusceptibility(agent.susceptibility, language)}
              </li>
            ))}
          </ul>
        </>
      )}
      {others.length > 0 && (
        <ul className="entry__list">
          {others.map((member) => (
            <Result key={member.id} result={member} />
          ))}
        </ul>
      )}
    </li>
  )
}
