/** Where the signed-in person wants notices outside the portal, and about what. */
import Button from '@helsenorge/designsystem-react/components/Button'
import { isProblem } from '@helsevev/portal/client/call.ts'
import { PageTitle } from '@helsevev/portal/client/PageTitle'
import { useProblemWords } from '@helsevev/portal/client/problem-words.ts'
import { languageOf } from '@helsevev/ui/format.ts'
import { type FormEvent, useCallback, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LoadedView, useLoaded } from '../client/loaded.tsx'
import { useAsk } from '../client/people.tsx'
import { type CitizenProblem, contract, noticeTopics, type NoticeSettings as Settings } from '../contract.ts'

export function NoticeSettings() {
  const { t } = useTranslation('citizen')
  const ask = useAsk()
  const loaded = useLoaded(useCallback(async () => await ask(contract.noticeSettings), [ask]))
  return (
    <div className="page">
      <PageTitle name={t('title.notices')} />
      <p className="lead">{t('told.lead')}</p>
      <p>{t('told.says')}</p>
      <p>{t('told.own')}</p>
      <LoadedView loaded={loaded}>{(answer) => <SettingsForm settings={answer} />}</LoadedView>
    </div>
  )
}

type Fault = 'sms' | 'email' | 'topics'

/** As the server reads it: eight digits, or the code of a country in front. */
const isNumber = (text: string) => /^(?:\d{8}|(?:\+|00)[1-9]\d{5,14})$/.test(text.replace(/[\s-]/g, ''))
const isEmail = (text: string) => /^[^\s@<>,;"]{1,64}@[^\s@<>,;"]+\.[^\s@<>,;".]{2,}$/.test(text.trim())

function faultOf({ sms, email, topics }: Settings): Fault | undefined {
  if (sms && !isNumber(sms)) return 'sms'
  if (email && !isEmail(email)) return 'email'
  return (sms || email) && topics.length === 0 ? 'topics' : undefined
}

function SettingsForm({ settings }: { settings: Settings }) {
  const { t, i18n } = useTranslation('citizen')
  const ask = useAsk()
  const wordsOf = useProblemWords()
  const id = useId()
  const [sms, setSms] = useState(settings.sms ?? '')
  const [email, setEmail] = useState(settings.email ?? '')
  const [topics, setTopics] = useState<readonly Settings['topics'][number][]>(settings.topics)
  const [fault, setFault] = useState<Fault>()
  const [busy, setBusy] = useState(false)
  const [outcome, setOutcome] = useState<'saved' | 'savedNothing' | CitizenProblem>()
  const result = useRef<HTMLParagraphElement>(null)
  // The result is new text at the end of the form, and what was pressed stays where it is.
  useEffect(() => {
    if (outcome) result.current?.focus()
  }, [outcome])

  async function save(event: FormEvent) {
    event.preventDefault()
    const language = languageOf(i18n.language)
    const wanted: Settings = {
      ...(sms.trim() && { sms: sms.trim() }),
      ...(email.trim() && { email: email.trim() }),
      topics: [...topics],
      language,
    }
    const found = faultOf(wanted)
    setFault(found)
    setOutcome(undefined)
    if (found) {
      document.getElementById(`${id}-${found}`)?.focus()
      return
    }
    setBusy(true)
    const answer = await ask(contract.setNoticeSettings, { body: wanted })
    setBusy(false)
    if (isProblem(answer)) return setOutcome(answer)
    setSms(answer.sms ?? '')
    setEmail(answer.email ?? '')
    setOutcome(answer.sms || answer.email ? 'saved' : 'savedNothing')
  }

  return (
    <form className="card told" noValidate onSubmit={(event) => void save(event)}>
      <h2>{t('told.where')}</h2>
      <AddressField id={`${id}-sms`} kind="sms" value={sms} wrong={fault === 'sms'} onChange={setSms} />
      <AddressField id={`${id}-email`} kind="email" value={email} wrong={fault === 'email'} onChange={setEmail} />
      <fieldset
        className={`choices${fault === 'topics' ? ' choices--error' : ''}`}
        aria-describedby={fault === 'topics' ? `${id}-missing` : undefined}
      >
        <legend className="choices__legend">{t('told.topics')}</legend>
        {fault === 'topics' && (
          <p id={`${id}-missing`} className="field__error">
            {t('told.topics.missing')}
          </p>
        )}
        {noticeTopics.map((topic, at) => (
          <label key={topic} className="told__topic">
            <input
              type="checkbox"
              id={at === 0 ? `${id}-topics` : undefined}
              checked={topics.includes(topic)}
              onChange={({ target }) => setTopics(target.checked ? [...topics, topic] : topics.filter((one) => one !== topic))}
            />
            {t(`told.topic.${topic}`)}
          </label>
        ))}
      </fieldset>
      <Button type="submit" disabled={busy}>
        {t('told.save')}
      </Button>
      <p ref={result} tabIndex={-1} aria-live="polite">
        {outcome !== undefined && (isProblem(outcome) ? (wordsOf(outcome) ?? t('problem.failed')) : t(`told.${outcome}`))}
      </p>
    </form>
  )
}

interface AddressFieldProps {
  id: string
  kind: 'sms' | 'email'
  value: string
  wrong: boolean
  onChange: (value: string) => void
}

function AddressField({ id, kind, value, wrong, onChange }: AddressFieldProps) {
  const { t } = useTranslation('citizen')
  return (
    <div className="field">
      <label htmlFor={id}>{t(`told.${kind}`)}</label>
      <p className="field__help" id={`${id}-help`}>
        {t(`told.${kind}.help`)}
      </p>
      {wrong && (
        <p className="field__error" id={`${id}-wrong`}>
          {t(`told.${kind}.wrong`)}
        </p>
      )}
      <input
        id={id}
        className="field__input"
        type={kind === 'sms' ? 'tel' : 'email'}
        autoComplete={kind === 'sms' ? 'tel' : 'email'}
        value={value}
        aria-invalid={wrong}
        aria-describedby={wrong ? `${id}-wrong ${id}-help` : `${id}-help`}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  )
}
