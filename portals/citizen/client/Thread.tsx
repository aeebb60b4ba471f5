/** A question and its answer as they were written: always shown as plain text. */
import { formatDateTime } from '@helsevev/ui/format.ts'
import { useTranslation } from 'react-i18next'
import type { Question } from '../contract.ts'

export function Thread({ question }: { question: Question }) {
  const { t, i18n } = useTranslation('citizen')
  const { organization, text, asked, answer } = question
  return (
    <div className="thread">
      <div className="thread__said">
        <p className="thread__who">
          {t('questions.you', { organization: organization.name })}
          <time dateTime={asked}>{formatDateTime(asked, i18n.language)}</time>
        </p>
        <p className="thread__text">{text}</p>
      </div>
      {answer ? (
        <div className="thread__said thread__said--answer">
          <p className="thread__who">
            {answer.as
              ? t('questions.answerAs', { organization: organization.name, as: answer.as })
              : t('questions.answer', { organization: organization.name })}
            <time dateTime={answer.answered}>{formatDateTime(answer.answered, i18n.language)}</time>
          </p>
          <p className="thread__text">{answer.text}</p>
        </div>
      ) : (
        <p className="small">{t('questions.waiting', { organization: organization.name })}</p>
      )}
    </div>
  )
}
