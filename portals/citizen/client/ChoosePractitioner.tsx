/** Chooses the practitioner to block: from those who have looked, or by the number in the register of health personnel. */
import Button from '@helsenorge/designsystem-react/components/Button'
import { isProblem } from '@helsevev/portal/client/call.ts'
import { useProblemWords } from '@helsevev/portal/client/problem-words.ts'
import { announce } from '@helsevev/ui/Shell'
import { useCallback, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { contract, type Log, type Practitioner } from '../contract.ts'
import { periodOf } from '../period.ts'
import { useLoaded } from './loaded.tsx'
import { useAsk } from './people.tsx'
import { SelectField } from './SelectField.tsx'
import { roleName } from './sentence.ts'

interface ChoosePractitionerProps {
  chosen: Practitioner | undefined
  onChoose: (practitioner: Practitioner | undefined) => void
}

/** Each practitioner once, with the name that the log has. */
function practitionersIn({ lines }: Log): Practitioner[] {
  const found = new Map<string, Practitioner>()
  for (const { actor } of lines) {
    const { hprNumber, name, authorization } = actor
    if (hprNumber && name && !found.has(hprNumber)) found.set(hprNumber, { hprNumber, name, ...(authorization ? { authorization } : {}) })
  }
  return [...found.values()].sort((one, other) => one.name.localeCompare(other.name, 'nb'))
}

export function ChoosePractitioner({ chosen, onChoose }: ChoosePractitionerProps) {
  const { t, i18n } = useTranslation('citizen')
  const ask = useAsk()
  const wordsOf = useProblemWords()
  const id = useId()
  const fetchLog = useCallback(async () => await ask(contract.log, { body: periodOf('year', new Date()) }), [ask])
  const { answer } = useLoaded(fetchLog)
  const [byNumber, setByNumber] = useState(false)
  const [number, setNumber] = useState('')
  const [fault, setFault] = useState<string>()
  const seen = answer ? practitionersIn(answer) : []
  const known = chosen && !seen.some(({ hprNumber }) => hprNumber === chosen.hprNumber) ? [chosen, ...seen] : seen
  const words = (practitioner: Practitioner) =>
    t('choices.found', { name: practitioner.name, role: roleName({ t, i18n }, practitioner.authorization) })

  async function find() {
    const found = await ask(contract.practitioner, { body: { hprNumber: number.trim() } })
    if (isProblem(found)) {
      const sentence = found.code === 'invalid-request' ? t('choices.hprHelp') : (wordsOf(found) ?? t('problem.failed'))
      setFault(sentence)
      return announce(sentence)
    }
    setFault(undefined)
    setByNumber(false)
    onChoose(found.practitioner)
    announce(words(found.practitioner))
  }

  return (
    <>
      <SelectField
        label={t('choices.practitioner')}
        help={t('choices.fromLog')}
        value={byNumber ? 'other' : (chosen?.hprNumber ?? '')}
        onChange={(value) => {
          setByNumber(value === 'other')
          onChoose(known.find(({ hprNumber }) => hprNumber === value))
        }}
        options={[
          { value: '', name: t('choices.choose') },
          ...known.map((practitioner) => ({ value: practitioner.hprNumber, name: words(practitioner) })),
          { value: 'other', name: t('choices.other') },
        ]}
      />
      {byNumber && (
        <div className={fault ? 'field field--error' : 'field'}>
          <label htmlFor={id}>{t('word.hpr')}</label>
          <p className="field__help" id={`${id}-help`}>
            {t('choices.hprHelp')}
          </p>
          {fault && (
            <p className="field__error" id={`${id}-error`}>
              {fault}
            </p>
          )}
          <input
            id={id}
            className="field__input"
            inputMode="numeric"
            maxLength={9}
            value={number}
            aria-describedby={fault ? `${id}-error ${id}-help` : `${id}-help`}
            onChange={(event) => setNumber(event.target.value)}
          />
          <div>
            <Button variant="outline" onClick={() => void find()}>
              {t('choices.find')}
            </Button>
          </div>
        </div>
      )}
    </>
  )
}
