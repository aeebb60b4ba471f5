/** Closes a misuse case with a finding: on its own page, and in the list for a case whose facts say enough. */
import type { MisuseCase } from '@helsevev/kernel/control/contract'
import { Choice, Choices } from '@helsevev/portal/client/Choices'
import { useState } from 'react'
import { contract, misuseFindings } from '../contract.ts'
import { useAsk } from './ask.ts'
import { Change } from './Change.tsx'
import { useRole } from './role.tsx'
import { useWords } from './words.ts'

interface CloseMisuseCaseProps {
  found: MisuseCase
  /** What the button is about, where several stand on one page. */
  about?: string
  reload: () => Promise<void>
}

export function CloseMisuseCase({ found, about, reload }: CloseMisuseCaseProps) {
  const { t } = useWords()
  const { may } = useRole()
  const ask = useAsk()
  const [finding, setFinding] = useState<MisuseCase['finding'] & string>('no-breach')
  if (found.closed || !may('close-misuse-cases')) return null
  return (
    <p>
      <Change
        label={t('misuse.close.button')}
        about={about}
        title={t('misuse.close.title')}
        consequences={[t('misuse.close.final'), t('misuse.close.breach'), t('followUps.close.other'), t('change.logged')]}
        send={(reason) => ask(contract.closeMisuseCase, { id: found.id, body: { finding, reason } })}
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
