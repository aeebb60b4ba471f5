import Button from '@helsenorge/designsystem-react/components/Button'
import { Choice, Choices } from '@helsevev/portal/client/Choices'
import { ask, isProblem } from '@helsevev/portal/client/call.ts'
import { PageTitle } from '@helsevev/portal/client/PageTitle'
import { useProblemWords } from '@helsevev/portal/client/problem-words.ts'
import { useSession } from '@helsevev/portal/client/session'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { rememberOrganization, usualOrganization } from '../client/usual-organization.ts'
import { contract, type Organization } from '../contract.ts'

/** For those who may act for several organisations: one at a time, and everything is done on behalf of that one. */
export function ChooseOrganization({ organizations, onChosen }: { organizations: readonly Organization[]; onChosen: () => void }) {
  const { t } = useTranslation('controller')
  const { refresh, tellOthers } = useSession()
  const wordsOf = useProblemWords()
  const [number, setNumber] = useState(() => usualOrganization(organizations))
  const [fault, setFault] = useState<string>()

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (!number) {
      setFault(t('organization.required'))
      return document.getElementById(`organization-${organizations[0]?.number}`)?.focus()
    }
    const answer = await ask(contract.chooseOrganization, { body: { number } })
    if (isProblem(answer) && answer.code !== 'signed-out') return setFault(wordsOf(answer) ?? t('problem.failed'))
    rememberOrganization(number)
    tellOthers()
    await refresh()
    onChosen()
  }

  function choose(value: string) {
    setNumber(value)
    setFault(undefined)
  }

  return (
    <form className="card card--narrow" onSubmit={(event) => void submit(event)} noValidate>
      <PageTitle name={t('title.organization')} />
      <Choices legend={t('organization.legend')} error={fault}>
        {organizations.map(({ number: value, name }) => (
          <Choice
            key={value}
            id={`organization-${value}`}
            name="organization"
            value={value}
            checked={number === value}
            label={name}
            text={t('organization.number', { number: value })}
            onChoose={choose}
          />
        ))}
      </Choices>
      <Button type="submit">{t('word.continue')}</Button>
    </form>
  )
}
