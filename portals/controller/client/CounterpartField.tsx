/** Finds and chooses the other party of an agreement, by a part of its name or by its number. */

import Button from '@helsenorge/designsystem-react/components/Button'
import type { Counterpart } from '@helsevev/kernel/control/contract'
import { isProblem } from '@helsevev/portal/client/call.ts'
import { announce } from '@helsevev/ui/Shell'
import { useId, useState } from 'react'
import { contract } from '../contract.ts'
import { useAsk } from './ask.ts'
import { Field } from './Field.tsx'
import { useFaultWords, useWords } from './words.ts'

interface CounterpartFieldProps {
  chosen: Counterpart | undefined
  onChoose: (counterpart: Counterpart) => void
  /** A kind that cannot be the other party. */
  without: Counterpart['kind'] | undefined
  /** What the form has found wrong. */
  fault?: string | undefined
}

export function CounterpartField({ chosen, onChoose, without, fault }: CounterpartFieldProps) {
  const { t, party } = useWords()
  const ask = useAsk()
  const wordsOf = useFaultWords()
  const name = useId()
  const [words, setWords] = useState('')
  const [found, setFound] = useState<readonly Counterpart[]>()
  const [error, setError] = useState<string>()

  async function search() {
    if (words.trim().length < 2) return setError(t('counterpart.tooShort'))
    const answer = await ask(contract.counterparts, { query: { name: words.trim() } })
    if (isProblem(answer)) return setError(wordsOf(answer))
    setError(undefined)
    const possible = answer.filter(({ kind }) => kind !== without)
    setFound(possible)
    const [only, another] = possible
    if (only && !another) onChoose(only)
    announce(t('counterpart.found', { count: possible.length }))
  }

  return (
    <div className="form">
      <Field label={t('counterpart.label')} help={t('counterpart.help')} error={error ?? fault} required>
        {(described) => (
          <div className="search">
            <input
              {...described}
              className="field__input field__input--list"
              value={words}
              onChange={(event) => setWords(event.target.value)}
              onKeyDown={(event) => {
                if (event.key !== 'Enter') return
                event.preventDefault()
                void search()
              }}
            />
            <Button variant="outline" onClick={() => void search()}>
              {t('counterpart.search')}
            </Button>
          </div>
        )}
      </Field>
      {found && found.length === 0 && <p>{t('counterpart.none')}</p>}
      {found && found.length > 0 && (
        <fieldset className="checks">
          <legend>{t('counterpart.choose')}</legend>
          {found.map((one) => (
            <label key={one.id} className="check">
              <input type="radio" name={name} checked={chosen?.id === one.id} onChange={() => onChoose(one)} />
              <span>
                {party(one)} <span className="small">{t(`counterpart.kind.${one.kind}`, { id: one.id })}</span>
              </span>
            </label>
          ))}
        </fieldset>
      )}
    </div>
  )
}
