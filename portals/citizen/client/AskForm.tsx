/** The form for a question about a line of the log, or for a further question after an answer. It is sent to the organisation. */

import Button from '@helsenorge/designsystem-react/components/Button'
import { saysSomething } from '@helsevev/kernel/values/reason'
import { isProblem } from '@helsevev/portal/client/call.ts'
import { useDraft } from '@helsevev/portal/client/drafts.ts'
import { useProblemWords } from '@helsevev/portal/client/problem-words.ts'
import { announce } from '@helsevev/ui/Shell'
import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { contract, type Question, questionLength } from '../contract.ts'
import { useAsk } from './people.tsx'

interface AskFormProps {
  line: string
  organization: { number: string; name: string }
  /** Id of the answer that this question follows. */
  follows?: string
  onSent: (question: Question) => void
  onCancel: () => void
}

export function AskForm({ line, organization, follows, onSent, onCancel }: AskFormProps) {
  const { t } = useTranslation('citizen')
  const ask = useAsk()
  const wordsOf = useProblemWords()
  const id = useId()
  const field = useRef<HTMLTextAreaElement>(null)
  const { value: text, setValue: setText, kept } = useDraft(`ask ${line} ${follows ?? ''}`, t('log.askLabel'), '')
  const [fault, setFault] = useState<string>()
  const [busy, setBusy] = useState(false)

  useEffect(() => field.current?.focus(), [])

  function complain(words: string) {
    setFault(words)
    announce(words)
    field.current?.focus()
  }

  async function send(event: FormEvent) {
    event.preventDefault()
    if (busy) return
    if (!saysSomething(text)) return complain(t('log.askEmpty'))
    setBusy(true)
    const body = { line, text, ...(follows ? { follows, organization: organization.number } : {}) }
    const answer = await ask(contract.ask, { body })
    setBusy(false)
    if (isProblem(answer)) return complain(wordsOf(answer) ?? t('problem.failed'))
    announce(t('log.asked', { organization: organization.name }))
    onSent(answer.question)
  }

  return (
    <form className="ask" onSubmit={(event) => void send(event)} noValidate>
      <p>{t('log.askText', { organization: organization.name })}</p>
      <div className={fault ? 'field field--error' : 'field'}>
        <label htmlFor={id}>{t('log.askLabel')}</label>
        <p className="field__help" id={`${id}-help`}>
          {t('log.askHelp', { most: questionLength })}
        </p>
        {fault && (
          <p className="field__error" id={`${id}-error`}>
            {fault}
          </p>
        )}
        <textarea
          {...kept}
          ref={field}
          id={id}
          className="field__input field__input--long"
          rows={4}
          maxLength={questionLength}
          value={text}
          aria-invalid={fault ? true : undefined}
          aria-describedby={fault ? `${id}-error ${id}-help` : `${id}-help`}
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      <div className="buttons">
        <Button type="submit">{t('log.askSend')}</Button>
        <Button variant="outline" onClick={onCancel}>
          {t('word.cancel')}
        </Button>
      </div>
    </form>
  )
}
