/** One panel on the page of registered information: loads it, and hands it to the frame of every panel. */

import { type Fault, PanelFrame } from '@helsevev/panel/PanelFrame'
import type { WithheldByPatient } from '@helsevev/panel/panel.ts'
import type { View } from '@helsevev/panel/view.ts'
import { useProblemWords } from '@helsevev/portal/client/problem-words.ts'
import { DataState } from '@helsevev/ui/DataState'
import { useCallback, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { type CitizenProblem, contract, type PanelAnswer } from '../contract.ts'
import { useLoaded } from './loaded.tsx'
import { useAsk, usePeople } from './people.tsx'

interface PanelSectionProps {
  view: View
  /** When the last visit was, if known. */
  since: string | undefined
  /** Called with each answer, and with undefined when a service could not answer. */
  onAnswer: (service: string, answer: PanelAnswer | undefined) => void
}

export function PanelSection({ view, since, onAnswer }: PanelSectionProps) {
  const ask = useAsk()
  const { service } = view
  const { answer, problem, loading, reload } = useLoaded(useCallback(() => ask(contract.panel, { service }), [ask, service]))
  const faultOf = useFault()
  useEffect(() => {
    if (!loading) onAnswer(service, answer)
  }, [answer, loading, service, onAnswer])
  return (
    <PanelFrame
      view={view}
      state={{ answer, loading, fault: problem && faultOf(problem) }}
      since={since}
      onRetry={() => void reload()}
      withheld={(withheld) => withheld.map((one) => <Withheld key={one.cause} withheld={one} />)}
    />
  )
}

/** A problem as the frame draws it, in the words of this portal. */
function useFault(): (problem: CitizenProblem) => Fault {
  const wordsOf = useProblemWords()
  return (problem) => {
    if (problem.code === 'unavailable') return { state: 'unavailable' }
    return { state: problem.code === 'refused' ? 'refused' : 'failed', text: wordsOf(problem) }
  }
}

/** What choices hide from the reader, as far as the API reports it. */
function Withheld({ withheld: { cause } }: { withheld: WithheldByPatient }) {
  const { t } = useTranslation('citizen')
  const { about } = usePeople()
  if (cause !== 'Reservation') return <DataState state="withheld" title={t('health.byChoice.title')} text={t('health.byChoice.text')} />
  return about.isSelf ? (
    <DataState state="withheld" title={t('health.optedOut.title')} text={t('health.optedOut.text')} />
  ) : (
    <DataState state="withheld" title={t('health.byChoice.title')} text={t('health.optedOut.other')} />
  )
}
