import Button from '@helsenorge/designsystem-react/components/Button'
import { isProblem } from '@helsevev/portal/client/call.ts'
import { PageTitle } from '@helsevev/portal/client/PageTitle'
import { useProblemWords } from '@helsevev/portal/client/problem-words.ts'
import { DataState } from '@helsevev/ui/DataState'
import { announce } from '@helsevev/ui/Shell'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { takeBlock } from '../client/block-soon.ts'
import { ChoiceForm, type ChoiceFormProps } from '../client/ChoiceForm.tsx'
import { ChoiceItem } from '../client/ChoiceItem.tsx'
import { ClosedServices } from '../client/ClosedServices.tsx'
import { choiceSentence } from '../client/choice-words.ts'
import { LoadedView, useLoaded } from '../client/loaded.tsx'
import { isYouth, useAsk, usePeople } from '../client/people.tsx'
import { type Choice, type ChoiceKind, contract, type Practitioner } from '../contract.ts'

/** Kinds that are seldom right for a youth are not offered; the youth can still ask staff for them. */
const youthKinds: readonly ChoiceKind[] = ['restriction', 'block']

/** Choices about who may see: those in force, a new one, and those that have ended. */
export function Choices() {
  const { t } = useTranslation('citizen')
  const { about } = usePeople()
  const lead = isYouth(about) ? 'choices.leadYouth' : about.isSelf ? 'choices.lead' : 'choices.leadOther'
  return (
    <div className="page">
      <PageTitle name={about.isSelf ? t('title.choices') : t('title.choicesOf', { name: about.name ?? t('whose.nameless') })} />
      <p className="lead">{t(lead, { name: about.name ?? t('whose.nameless') })}</p>
      {about.choices.open ? (
        <OpenChoices />
      ) : (
        <DataState state="refused" title={t('choices.closed')} text={<ClosedServices services={[about.choices]} />} />
      )}
    </div>
  )
}

function OpenChoices() {
  const { t } = useTranslation('citizen')
  const ask = useAsk()
  const [block] = useState<Practitioner | undefined>(takeBlock)
  const [open, setOpen] = useState(block !== undefined)
  const [made, setMade] = useState<Choice>()
  const now = useRef<HTMLHeadingElement>(null)
  const loaded = useLoaded(
    useCallback(async () => {
      const [found, known] = await Promise.all([ask(contract.choices), ask(contract.organizations)])
      if (isProblem(found)) return found
      return isProblem(known) ? known : { ...found, ...known }
    }, [ask]),
  )
  /** What had the focus is gone: it goes to the list of what is in force. */
  async function ended() {
    setMade(undefined)
    now.current?.focus()
    await loaded.reload()
  }

  return (
    <LoadedView loaded={loaded}>
      {({ choices, organizations }) => {
        const standing = choices.filter(({ active }) => active)
        const past = choices.filter(({ active }) => !active)
        return (
          <>
            {made && <Made key={made.id} choice={made} onUndone={() => void ended()} />}
            <section className="card choices-now" aria-labelledby="choices-now">
              <h2 ref={now} id="choices-now" tabIndex={-1}>
                {t('choices.now')}
              </h2>
              {standing.length === 0 ? (
                <DataState state="none" title={t('choices.none.title')} text={t('choices.none.text')} />
              ) : (
                <List choices={standing} onEnded={() => void ended()} />
              )}
            </section>
            {open ? (
              <NewChoice
                organizations={organizations}
                block={block}
                onMade={(choice) => {
                  setOpen(false)
                  setMade(choice)
                  void loaded.reload()
                }}
              />
            ) : (
              <div>
                <Button
                  onClick={() => {
                    setMade(undefined)
                    setOpen(true)
                  }}
                >
                  {t('choices.new')}
                </Button>
              </div>
            )}
            {past.length > 0 && (
              <section className="card choices-now" aria-labelledby="choices-history">
                <h2 id="choices-history">{t('choices.history')}</h2>
                <List choices={past} onEnded={() => void ended()} />
              </section>
            )}
          </>
        )
      }}
    </LoadedView>
  )
}

function NewChoice({ organizations, block, onMade }: Pick<ChoiceFormProps, 'organizations' | 'block' | 'onMade'>) {
  const { t } = useTranslation('citizen')
  const { about } = usePeople()
  return (
    <section className="card" aria-labelledby="choices-new">
      <h2 id="choices-new">{t('choices.new')}</h2>
      <ChoiceForm
        organizations={organizations}
        services={about.services.map(({ id }) => id)}
        block={block}
        {...(isYouth(about) ? { kinds: youthKinds } : {})}
        onMade={onMade}
      />
    </section>
  )
}

function List({ choices, onEnded }: { choices: readonly Choice[]; onEnded: () => void }) {
  return (
    <ul className="plain">
      {choices.map((choice) => (
        <ChoiceItem key={choice.id} choice={choice} onEnded={onEnded} />
      ))}
    </ul>
  )
}

/** The choice that was just made, with the way to undo it. */
function Made({ choice, onUndone }: { choice: Choice; onUndone: () => void }) {
  const { t, i18n } = useTranslation('citizen')
  const ask = useAsk()
  const wordsOf = useProblemWords()
  const heading = useRef<HTMLHeadingElement>(null)
  const [fault, setFault] = useState<string>()
  useEffect(() => heading.current?.focus(), [])

  async function undo() {
    const answer = await ask(contract.endChoice, { id: choice.id })
    if (isProblem(answer)) return setFault(wordsOf(answer) ?? t('problem.failed'))
    announce(t('choices.undone'))
    onUndone()
  }

  return (
    <section className="card made">
      <h2 ref={heading} tabIndex={-1}>
        {t('choices.done')}
      </h2>
      <p>{choiceSentence({ t, i18n }, choice)}</p>
      {fault && <p className="field__error">{fault}</p>}
      <Button variant="outline" onClick={() => void undo()}>
        {t('choices.undo')}
      </Button>
    </section>
  )
}
