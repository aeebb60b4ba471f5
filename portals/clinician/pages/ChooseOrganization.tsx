import Button from '@helsenorge/designsystem-react/components/Button'
import { DataState } from '@helsevev/ui/DataState'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Choice, Choices } from '../client/Choices.tsx'
import { go } from '../client/navigation.ts'
import { PageTitle } from '../client/PageTitle.tsx'
import { reset } from '../client/panel-store.ts'
import { chooseOrganization, isProblem } from '../client/server.ts'
import { type SignedIn, useSession } from '../client/session.tsx'

/** For those who work in several places: which of them this is. */
export function ChooseOrganization({ me }: { me: SignedIn }) {
  const { t, i18n } = useTranslation('clinician')
  const { refresh, tellOthers } = useSession()
  const [chosen, setChosen] = useState(me.organization?.number)
  const [error, setError] = useState<string>()

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (!chosen) return setError(t('organization.required'))
    const answer = await chooseOrganization(chosen)
    if (isProblem(answer) && answer.code !== 'signed-out') return setError(t(`problem.${answer.code}`))
    reset()
    tellOthers()
    await refresh()
    go('find', 'replace')
  }

  if (me.organizations.length === 0) {
    return (
      <div className="card card--narrow">
        <PageTitle name={t('title.organization')} />
        <DataState state="refused" text={t('organization.none')} />
      </div>
    )
  }
  return (
    <form className="card card--narrow" onSubmit={(event) => void submit(event)} noValidate>
      <PageTitle name={t('title.organization')} />
      <p className="lead">{t('organization.lead')}</p>
      <Choices legend={t('title.organization')} hideLegend error={error}>
        {me.organizations.map(({ number, name, role }) => (
          <Choice
            key={number}
            name="organization"
            value={number}
            checked={chosen === number}
            label={name}
            text={i18n.exists(`roles.${role}`, { ns: 'clinician' }) ? t(`roles.${role}`) : role}
            onChoose={setChosen}
          />
        ))}
      </Choices>
      <Button type="submit">{t('organization.button')}</Button>
    </form>
  )
}
