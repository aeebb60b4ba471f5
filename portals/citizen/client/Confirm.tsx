/** A button for something that needs a confirmation: it opens the question with yes and no, and moves the focus there. */
import Button from '@helsenorge/designsystem-react/components/Button'
import { isProblem } from '@helsevev/portal/client/call.ts'
import { useProblemWords } from '@helsevev/portal/client/problem-words.ts'
import type { Problem } from '@helsevev/portal/contract'
import { announce } from '@helsevev/ui/Shell'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

interface ConfirmProps {
  /** Text of the button; `of` adds for screen readers what it is about. */
  label: string
  of?: string
  question: ReactNode
  yes: string
  no: string
  /** Announced when it is done. */
  done: string
  act: () => Promise<Problem | object | undefined>
  onDone: () => void
}

export function Confirm({ label, of, question, yes, no, done, act, onDone }: ConfirmProps) {
  const { t } = useTranslation('citizen')
  const wordsOf = useProblemWords()
  const opener = useRef<HTMLButtonElement>(null)
  const asked = useRef<HTMLDivElement>(null)
  const wasAsking = useRef(false)
  const [asking, setAsking] = useState(false)
  const [fault, setFault] = useState<string>()

  useEffect(() => {
    if (asking) asked.current?.focus()
    else if (wasAsking.current) opener.current?.focus()
    wasAsking.current = asking
  }, [asking])

  async function go() {
    const answer = await act()
    if (isProblem(answer)) {
      const words = wordsOf(answer) ?? t('problem.failed')
      setFault(words)
      return announce(words)
    }
    announce(done)
    onDone()
  }

  if (!asking) {
    return (
      <button ref={opener} type="button" className="link-button" onClick={() => setAsking(true)}>
        {label}
        {of && <span className="visually-hidden">: {of}</span>}
      </button>
    )
  }
  return (
    <div className="ask">
      <div ref={asked} tabIndex={-1}>
        {question}
      </div>
      {fault && <p className="field__error">{fault}</p>}
      <div className="buttons">
        <Button onClick={() => void go()}>{yes}</Button>
        <Button variant="outline" onClick={() => setAsking(false)}>
          {no}
        </Button>
      </div>
    </div>
  )
}
