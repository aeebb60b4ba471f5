/** Every state of the line with which a citizen sees that the log agrees with its checkpoint. */
import type { LogProof } from '@helsevev/portal-citizen/contract'
import { LogProofLine } from '@helsevev/portal-citizen/log-proof-line'
import { useTranslation } from 'react-i18next'

const at = '2026-11-25T11:59:00+01:00'
const counts = { checked: 0, waiting: 0, differs: 0, withinMinutes: 1 }

const proofs = {
  checked: { ...counts, state: 'checked', at, checked: 12 },
  partly: { ...counts, state: 'checked', at, checked: 12, waiting: 2 },
  waiting: { ...counts, state: 'waiting', waiting: 1 },
  differs: { ...counts, state: 'differs', at, checked: 11, differs: 1 },
  unavailable: { ...counts, state: 'unavailable' },
} as const satisfies Record<string, LogProof>

const names = Object.keys(proofs) as (keyof typeof proofs)[]

export function LogProofs() {
  const { t } = useTranslation('gallery')
  return (
    <section aria-labelledby="log-proofs">
      <h2 id="log-proofs">{t('proofs')}</h2>
      <div className="gallery__grid">
        {names.map((name) => (
          <div key={name} className="card">
            <h3>{t(`proof.${name}`)}</h3>
            <LogProofLine proof={proofs[name]} />
          </div>
        ))}
      </div>
    </section>
  )
}
