/** Closes a misuse case with a finding, on its own page and in the list: there all cases of one event together, which have one answer. */
import type { MisuseCase } from '@helsevev/kernel/control/contract'
import { Choice, Choices } from '@helsevev/portal/client/Choices'
import { isProblem } from '@helsevev/portal/client/call.ts'
import { useState } from 'react'
import { contract, misuseFindings } from '../contract.ts'
import { useAsk } from './ask.ts'
import { Change } from './Change.tsx'
import { useRole } from './role.tsx'
import { useWords } from './words.ts'

interface CloseMisuseCaseProps {
  cases: readonly MisuseCase[]
  /** What the button is about, where several stand on one page. */
  about?: string
  reload: () => Promise<void>
}

export function CloseMisuseCase({ cases, about, reload }: CloseMisuseCaseProps) {
  const { t } = useWords()
  const { may } = useRole()
  const ask = useAsk()
  const [finding, setFinding] = useState<MisuseCase['finding'] & string>('no-breach')
  const open = cases.filter(({ closed }) => !closed)
  if (open.length === 0 || !may('close-misuse-cases')) return null
  return (
    <p>
      <Change
        label={t('misuse.close.button')}
        about={about}
        title={t('misuse.close.title')}
        consequences={[
          ...(open.length > 1 ? [t('misuse.close.all', { count: open.length })] : []),
          t('misuse.close.final'),
          t('misuse.close.breach'),
          t('followUps.close.other'),
          t('change.logged'),
        ]}
        send={async (reason) => {
          const answers = await Promise.all(open.map(({ id }) => ask(contract.closeMisuseCase, { id, body: { finding, reason } })))
          return answers.find(isProblem) ?? answers[0] ?? {}
        }}
        done={t('misuse.close.done')}
        onDone={reload}
      >
        <Choices legend={t('followUps.finding')}>
          {misuseFindings.map((one) => (
            <Choice
              key={one}
              name="finding"
              value={one}
              checked={finding === one}
              label={t(`misuse.findings.${one}.name`)}
              text={t(`misuse.findings.${one}.text`)}
              onChoose={setFinding}
            />
          ))}
        </Choices>
      </Change>
    </p>
  )
}
