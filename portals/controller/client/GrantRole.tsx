/** Gives a person a role. The identity number is typed, sent in the body, and forgotten with the dialog. */
import type { GrantedRole } from '@helsevev/kernel/control/contract'
import { Choice, Choices } from '@helsevev/portal/client/Choices'
import { addDays } from '@helsevev/ui/day-text.ts'
import { useState } from 'react'
import { contract } from '../contract.ts'
import { useAsk } from './ask.ts'
import { Change } from './Change.tsx'
import { DateField, TextField } from './Field.tsx'
import { useRole } from './role.tsx'
import { useWords } from './words.ts'

const roles = ['reader', 'privacy-officer', 'owner', 'case-officer'] as const satisfies readonly GrantedRole[]

export const isElevenDigits = (text: string) => /^\d{11}$/.test(text.replaceAll(/\s/gu, ''))

export function GrantRole({ reload }: { reload: () => Promise<void> }) {
  const { t } = useWords()
  const { organization } = useRole()
  const ask = useAsk()
  const [identityNumber, setIdentityNumber] = useState('')
  const [role, setRole] = useState<GrantedRole>('reader')
  const [until, setUntil] = useState('')
  return (
    <Change
      label={t('roles.grant.button')}
      title={t('roles.grant.title', { organization: organization.name })}
      consequences={[t('roles.grant.next'), t('roles.grant.seen'), t('change.logged')]}
      fault={() => (isElevenDigits(identityNumber) ? undefined : t('form.elevenDigits'))}
      send={(reason) => ask(contract.grantRole, { body: { identityNumber, role, ...(until ? { until: addDays(until, 1) } : {}), reason } })}
      done={t('roles.grant.done')}
      onDone={async () => {
        setIdentityNumber('')
        await reload()
      }}
    >
      <TextField
        label={t('word.identityNumber')}
        help={t('form.identityNumberHelp')}
        value={identityNumber}
        onChange={setIdentityNumber}
        inputMode="numeric"
      />
      <Choices legend={t('word.role')}>
        {roles.map((one) => (
          <Choice
            key={one}
            name="role"
            value={one}
            checked={role === one}
            label={t(`role.${one}.name`)}
            text={t(`role.${one}.text`)}
            onChoose={setRole}
          />
        ))}
      </Choices>
      <DateField label={t('form.until')} help={t('roles.grant.untilHelp')} value={until} onChange={setUntil} />
    </Change>
  )
}
