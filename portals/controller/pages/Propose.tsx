import Button from '@helsenorge/designsystem-react/components/Button'
import type { Counterpart } from '@helsevev/kernel/control/contract'
import { Choice, Choices } from '@helsevev/portal/client/Choices'
import { isProblem } from '@helsevev/portal/client/call.ts'
import { useDraft } from '@helsevev/portal/client/drafts.ts'
import { LoadedView } from '@helsevev/portal/client/loaded'
import { PageTitle } from '@helsevev/portal/client/PageTitle'
import { DataState } from '@helsevev/ui/DataState'
import { focusWrongDate } from '@helsevev/ui/DateInput'
import { addDays } from '@helsevev/ui/day-text.ts'
import { announce } from '@helsevev/ui/Shell'
import type { Words } from '@helsevev/ui/texts.ts'
import { type FormEvent, useId, useRef, useState } from 'react'
import { useAsk, useFetched } from '../client/ask.ts'
import { CounterpartField } from '../client/CounterpartField.tsx'
import { DateField, Select, TextField } from '../client/Field.tsx'
import { go } from '../client/navigation.ts'
import { Purposes } from '../client/Purposes.tsx'
import { hasReason, ReasonField } from '../client/ReasonField.tsx'
import { useResultNotice } from '../client/result-notice.tsx'
import { useRole } from '../client/role.tsx'
import { useFaultWords, useWords } from '../client/words.ts'
import { contract } from '../contract.ts'

/** A new agreement: the parties, the services and the purposes. It opens nothing until one person of each side has signed. */
export function Propose() {
  const { t } = useWords()
  const { may } = useRole()
  const matrix = useFetched(contract.agreements)
  return (
    <>
      <PageTitle name={t('title.propose')} />
      <p className="lead">{t('propose.lead')}</p>
      {may('propose-agreements') ? (
        <LoadedView loaded={matrix}>{({ services }) => <ProposeForm services={services} />}</LoadedView>
      ) : (
        <DataState state="refused" text={t('refused.controller-role-insufficient')} />
      )}
    </>
  )
}

interface Draft {
  weOpen: boolean
  counterpart: Counterpart | undefined
  service: string
  purposes: readonly string[]
  /** Codes and numbers as they were typed: several, with commas or blanks between them. */
  codes: string
  units: string
  services: string
  legalBasis: string
  from: string
  until: string
  reason: string
}

const emptyDraft: Draft = {
  weOpen: true,
  counterpart: undefined,
  service: '',
  purposes: ['TREAT', 'ETREAT', 'BTG'],
  codes: '',
  units: '',
  services: '',
  legalBasis: '',
  from: '',
  until: '',
  reason: '',
}

function ProposeForm({ services }: { services: readonly string[] }) {
  const { t } = useWords()
  const { organization } = useRole()
  const ask = useAsk()
  const tell = useResultNotice()
  const wordsOf = useFaultWords()
  const form = useRef<HTMLFormElement>(null)
  const fault = useRef<HTMLParagraphElement>(null)
  const {
    value: draft,
    setValue: setDraft,
    kept,
  } = useDraft<Draft>('propose', t('title.propose'), {
    ...emptyDraft,
    service: services[0] ?? '',
  })
  const [error, setError] = useState<string>()
  const [missing, setMissing] = useState<Missing>({})
  const [busy, setBusy] = useState(false)

  function complain(words: string) {
    setError(words)
    announce(words)
    window.setTimeout(() => fault.current?.focus())
  }

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (busy || focusWrongDate(event.currentTarget as HTMLFormElement)) return
    const { counterpart } = draft
    const lacks = missingIn(draft, t)
    setMissing(lacks)
    setError(undefined)
    const faults = Object.values(lacks)
    if (!counterpart || faults.length > 0) {
      announce(faults.join(' '))
      // Drawn with their faults first; then the focus goes to the first of them.
      window.setTimeout(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
      return
    }
    setBusy(true)
    const answer = await ask(contract.proposeAgreement, { body: proposalOf({ ...draft, counterpart }, organization.number) })
    setBusy(false)
    if (isProblem(answer)) return complain(wordsOf(answer))
    go('agreement', 'push', { id: answer.id })
    tell(t('propose.done'))
  }

  return (
    <form ref={form} className="card form" onSubmit={(event) => void submit(event)} noValidate autoComplete="off">
      {error && (
        <p ref={fault} className="field__error" tabIndex={-1}>
          {error}
        </p>
      )}
      <Fields
        kept={kept}
        missing={missing}
        draft={draft}
        services={services}
        onChange={(part) => setDraft((before) => ({ ...before, ...part }))}
      />
      <div>
        <p className="dialog__lead">{t('change.leadsTo')}</p>
        <ul className="dialog__points">
          <li>{t('propose.nothingYet')}</li>
          <li>{t('sign.twoPeople')}</li>
          <li>{t('change.logged')}</li>
        </ul>
      </div>
      <div>
        <Button type="submit">{busy ? t('change.busy') : t('propose.button')}</Button>
      </div>
    </form>
  )
}

function missingIn({ counterpart, purposes, legalBasis, reason }: Draft, t: Words<'controller'>): Missing {
  return {
    ...(counterpart ? {} : { counterpart: t('propose.noCounterpart') }),
    ...(purposes.length > 0 ? {} : { purposes: t('refused.purposes-invalid') }),
    ...(legalBasis.trim() ? {} : { legalBasis: t('refused.legal-basis-missing') }),
    ...(hasReason(reason) ? {} : { reason: t('reason.tooShort') }),
  }
}

/** What the draft proposes, from the organisation with the number `own`. */
function proposalOf(draft: Draft & { counterpart: Counterpart }, own: string) {
  const { weOpen, counterpart, service, purposes, codes, units, services, legalBasis, from, until, reason } = draft
  const isContract = weOpen && counterpart.kind === 'private-provider'
  const several = (text: string) => text.split(/[,\s]+/).filter(Boolean)
  return {
    controller: weOpen ? own : counterpart.id,
    receiver: weOpen ? counterpart.id : own,
    ...(weOpen ? { receiverType: counterpart.kind } : {}),
    service,
    purposes: [...purposes],
    sensitiveCodes: several(codes),
    units: isContract ? several(units) : [],
    serviceCodes: isContract ? several(services) : [],
    legalBasis: legalBasis.trim(),
    ...(from ? { validFrom: from } : {}),
    ...(until ? { validUntil: addDays(until, 1) } : {}),
    reason: reason.trim(),
  }
}

/** What must be filled in and is not, by field, in words. */
type Missing = Partial<Record<'counterpart' | 'purposes' | 'legalBasis' | 'reason', string>>

interface FieldsProps {
  missing: Missing
  kept: object
  draft: Draft
  services: readonly string[]
  onChange: (part: Partial<Draft>) => void
}

function Fields({ kept, missing, draft, services: offered, onChange }: FieldsProps) {
  const { t, service: serviceName } = useWords()
  const { organization } = useRole()
  const reasonId = useId()
  const { weOpen, counterpart, codes, units, services, legalBasis, from, until } = draft
  const field = (name: 'codes' | 'units' | 'services' | 'legalBasis' | 'from' | 'until') => (text: string) => onChange({ [name]: text })
  return (
    <>
      <Choices legend={t('propose.direction')}>
        {(['we-open', 'open-to-us'] as const).map((one) => (
          <Choice
            key={one}
            name="direction"
            value={one}
            checked={weOpen === (one === 'we-open')}
            label={t(`propose.${one}.name`, { organization: organization.name })}
            text={t(`propose.${one}.text`)}
            onChoose={() => onChange({ weOpen: one === 'we-open', counterpart: undefined })}
          />
        ))}
      </Choices>
      <CounterpartField
        chosen={counterpart}
        onChoose={(chosen) => onChange({ counterpart: chosen })}
        without={weOpen ? undefined : 'group'}
        fault={missing.counterpart}
      />
      <Select
        label={t('word.service')}
        value={draft.service}
        onChange={(service) => onChange({ service })}
        options={offered.map((id) => [id, serviceName(id)] as const)}
      />
      <Purposes chosen={draft.purposes} onChange={(purposes) => onChange({ purposes })} error={missing.purposes} />
      <TextField label={t('agreement.codes')} help={t('propose.codesHelp')} value={codes} onChange={field('codes')} long />
      {counterpart?.kind === 'private-provider' && weOpen && (
        <>
          <TextField label={t('agreement.services')} help={t('propose.servicesHelp')} value={services} onChange={field('services')} long />
          <TextField label={t('agreement.units')} help={t('propose.unitsHelp')} value={units} onChange={field('units')} long />
        </>
      )}
      <TextField
        label={t('agreement.legalBasis')}
        help={t('propose.legalBasisHelp')}
        value={legalBasis}
        onChange={field('legalBasis')}
        long
        required
        error={missing.legalBasis}
      />
      <div className="filters">
        <DateField label={t('form.from')} help={t('propose.fromHelp')} value={from} onChange={field('from')} />
        <DateField label={t('form.until')} help={t('propose.untilHelp')} value={until} onChange={field('until')} />
      </div>
      <ReasonField
        id={reasonId}
        value={draft.reason}
        onChange={(reason) => onChange({ reason })}
        kept={kept}
        required
        error={missing.reason}
      />
    </>
  )
}
