/**
 * Reconciliation of medicines of the open patient. The service draws it; this portal asks its server, keeps what is written, sealed, in
 * this window until it is sent or the person signs out, and names it by the patient, so that another patient's page never has it.
 */
import { useDraft } from '@helsevev/portal/client/drafts.ts'
import { useProblemWords } from '@helsevev/portal/client/problem-words.ts'
import { Reconciliation } from '@helsevev/service-medication-list/reconciliation'
import type { Written } from '@helsevev/service-medication-list/reconciliation/act'
import type { Draft } from '@helsevev/service-medication-list/reconciliation/data'
import { useTranslation } from 'react-i18next'
import { go } from '../client/navigation.ts'
import { SubTitle } from '../client/page/SubTitle.tsx'
import { loadPanel } from '../client/panel-store.ts'
import { fetchReconciliation, isProblem, sendReconciliation } from '../client/server.ts'
import { useSession } from '../client/session.ts'
import type { OpenPatientView, PortalProblem } from '../contract.ts'

/** With these, the session is not as this window believes: asking for it again shows the page that fits. */
const aboutTheSession = new Set<PortalProblem['code']>(['signed-out', 'person-unknown', 'patient-changed', 'access-changed', 'no-patient'])

/** `patient`: with another access the page starts again. */
export function Reconcile({ patient }: { patient: OpenPatientView }) {
  const { t } = useTranslation('medication-list/reconciliation')
  const { refresh } = useSession()
  const wordsOf = useProblemWords()
  const { value, setValue, kept } = useDraft<Draft | undefined>(`reconcile ${patient.draft}`, t('draft'), undefined, { stays: true })
  const shown = { opening: patient.opening, access: patient.access.id }

  async function faultOf(problem: PortalProblem) {
    if (aboutTheSession.has(problem.code)) await refresh()
    const state = problem.code === 'refused' ? 'refused' : problem.code === 'unavailable' ? 'unavailable' : 'failed'
    return { state, text: wordsOf(problem) } as const
  }
  async function load() {
    const answer = await fetchReconciliation(shown)
    return isProblem(answer) ? await faultOf(answer) : answer
  }
  async function send(sealed: string, written: Written) {
    const answer = await sendReconciliation(sealed, written, shown)
    if (isProblem(answer)) return await faultOf(answer)
    // The panels show the list as it is now.
    if (answer.result.outcome === 'sent') void Promise.all(['medication-list', 'e-prescriptions'].map(loadPanel))
    return answer.result
  }
  return (
    <div className="card gathered">
      <SubTitle name={t('title')} />
      <Reconciliation
        {...{ load, send, kept }}
        draft={value}
        onDraft={setValue}
        onLeave={() => go('patient')}
        refusal={(reason) => wordsOf(reason === undefined ? { code: 'refused' } : { code: 'refused', reason })}
      />
    </div>
  )
}
