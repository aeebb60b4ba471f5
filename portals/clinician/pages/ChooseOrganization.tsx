import Button from '@helsenorge/designsystem-react/components/Button'
import { Choice, Choices } from '@helsevev/portal/client/Choices'
import { PageTitle } from '@helsevev/portal/client/PageTitle'
import { useProblemWords } from '@helsevev/portal/client/problem-words.ts'
import { DataState } from '@helsevev/ui/DataState'
import { announce } from '@helsevev/ui/Shell'
import { codedText } from '@helsevev/ui/texts.ts'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { go } from '../client/navigation.ts'
import { reset } from '../client/panel-store.ts'
import { chooseOrganization, isProblem } from '../client/server.ts'
import { useSession } from '../client/session.ts'
import { rememberPlace, usualPlace } from '../client/usual-place.ts'
import { forgetWorklist } from '../client/worklist-store.ts'
import type { Organization, SignedIn } from '../contract.ts'

/** Where the person works now: the organisation, for a person who has several, and its unit. Chosen once, and part of every look-up. */
export function ChooseOrganization({ me }: { me: SignedIn }) {
  const { t } = useTranslation('clinician')
  const [only] = me.organizations.length === 1 ? me.organizations : []
  const [number, setNumber] = useState(me.organization?.number ?? only?.number)
  const [unit, setUnit] = useState(me.place?.number ?? '')
  const [missing, setMissing] = useState<'organization' | 'unit'>()
  const [problem, setProblem] = useState<string>()
  const take = useTaking(setProblem)
  const chosen = me.organizations.find((organization) => organization.number === number)
  const place = chosen && (chosen.units.length === 0 ? chosen.number : unit)

  function choose(value: string) {
    setNumber(value)
    setUnit('')
    setMissing(undefined)
  }

  function complain(about: 'organization' | 'unit') {
    setMissing(about)
    announce(t(about === 'unit' ? 'organization.unitRequired' : 'organization.required'))
    document.getElementById(about === 'unit' ? 'unit' : `organization-${me.organizations[0]?.number}`)?.focus()
  }

  async function submit(event: FormEvent) {
    event.preventDefault()
    setProblem(undefined)
    if (!chosen) return complain('organization')
    if (!place) return complain('unit')
    await take(chosen.number, place)
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
      <AsLast me={me} onTake={(organization, at) => void take(organization, at)} />
      {!only && (
        <Choices legend={t('word.organization')} error={missing === 'organization' ? t('organization.required') : undefined}>
          {me.organizations.map(({ number: value, name, role }) => (
            <Choice
              key={value}
              id={`organization-${value}`}
              name="organization"
              value={value}
              checked={number === value}
              label={name}
              text={codedText(t, 'roles', role) ?? role}
              onChoose={choose}
            />
          ))}
        </Choices>
      )}
      {chosen && chosen.units.length > 0 && (
        <UnitField
          organization={chosen}
          unit={unit}
          error={missing === 'unit' && !unit ? t('organization.unitRequired') : undefined}
          onChoose={setUnit}
        />
      )}
      {problem && <p className="field__error">{problem}</p>}
      <Actions canStay={me.place !== undefined} />
    </form>
  )
}

/** Takes the place of work, and goes on to find a patient there. */
function useTaking(onProblem: (words: string) => void): (organization: string, place: string) => Promise<void> {
  const { t } = useTranslation('clinician')
  const { refresh, tellOthers } = useSession()
  const wordsOf = useProblemWords()
  return async (organization, place) => {
    const answer = await chooseOrganization(organization, place)
    if (isProblem(answer) && answer.code !== 'signed-out') return onProblem(wordsOf(answer) ?? t('problem.failed'))
    rememberPlace(organization, place)
    reset()
    forgetWorklist()
    tellOthers()
    await refresh()
    go('find', 'replace')
  }
}

/** The place that was chosen last in this browser, by one press. */
function AsLast({ me, onTake }: { me: SignedIn; onTake: (organization: string, place: string) => void }) {
  const { t } = useTranslation('clinician')
  const usual = usualPlace(me)
  if (!usual || usual.place === me.place?.number) return null
  return (
    <Button variant="outline" onClick={() => onTake(usual.number, usual.place)}>
      {t('organization.asLast', { place: usual.name })}
    </Button>
  )
}

function Actions({ canStay }: { canStay: boolean }) {
  const { t } = useTranslation('clinician')
  return (
    <div className="dialog__actions">
      <Button type="submit">{t('word.continue')}</Button>
      {canStay && (
        <Button variant="borderless" onClick={() => go('find', 'replace')}>
          {t('organization.back')}
        </Button>
      )}
    </div>
  )
}

interface UnitFieldProps {
  organization: Organization
  /** Empty until one is chosen. */
  unit: string
  error: string | undefined
  onChoose: (number: string) => void
}

/** A municipality has many units: a list that can be searched by typing. */
function UnitField({ organization, unit, error, onChoose }: UnitFieldProps) {
  const { t } = useTranslation('clinician')
  return (
    <div className={`field${error ? ' field--error' : ''}`}>
      <label htmlFor="unit">
        {t('organization.unit')} <span className="field__of">({organization.name})</span>
      </label>
      {error && (
        <p className="field__error" id="unit-error">
          {error}
        </p>
      )}
      <select
        id="unit"
        className="field__input field__input--list"
        value={unit}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? 'unit-error' : undefined}
        onChange={(event) => onChoose(event.target.value)}
      >
        <option value="" disabled>
          {t('organization.unitChoose')}
        </option>
        {organization.units.map(({ number, name }) => (
          <option key={number} value={number}>
            {name}
          </option>
        ))}
        <option value={organization.number}>{t('organization.unitNone', { name: organization.name })}</option>
      </select>
    </div>
  )
}
