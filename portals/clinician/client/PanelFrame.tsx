/**
 * A panel on the patient's page: the frame of every panel, with the access that the patient is viewed under, when it was fetched, and a
 * copy of it.
 */

import { type Fault, PanelFrame as Frame } from '@helsevev/panel/PanelFrame'
import { useProblemWords } from '@helsevev/portal/client/problem-words.ts'
import { useServiceName } from '@helsevev/portal/client/service-names.ts'
import { formatDateTime, languageOf } from '@helsevev/ui/format.ts'
import { announce } from '@helsevev/ui/Shell'
import { useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccessKind, Elevation, PortalProblem, SignedIn } from '../contract.ts'
import type { View } from '../panels.client.ts'
import { addressOf, go } from './navigation.ts'
import { copyText } from './page/clipboard.ts'
import { isPlain } from './page/jump.ts'
import { plainText } from './page/plain-text.ts'
import { useHeading, useSectionOf } from './page/useSections.ts'
import { panelState, panelStates, subscribe } from './panel-store.ts'
import { shownData } from './picture.ts'
import { Withheld } from './Withheld.tsx'

const MEDICATION_LIST = 'medication-list'

interface PanelFrameProps {
  me: SignedIn
  view: View
  /** The access that the patient is viewed under. */
  access: AccessKind
  onRetry: () => void
}

export function PanelFrame({ me, view, access, onRetry }: PanelFrameProps) {
  const { answer: given, problem, loading } = usePanelState(view.service)
  const data = useSyncExternalStore(subscribe, () => shownData(view.service, panelStates()))
  const answer = given && data !== undefined ? { ...given, data } : given
  const faultOf = useFault()
  return (
    <Frame
      view={view}
      state={{ answer, loading, fault: problem && faultOf(problem) }}
      onRetry={onRetry}
      className={`panel panel--${access}`}
      mark={
        <>
          {access !== 'ordinary' && <AccessMark kind={access} />}
          {view.service === MEDICATION_LIST && answer && <ToReconciliation />}
        </>
      }
      withheld={(withheld, status) => <Withheld withheld={withheld} status={status} />}
      foot={answer && <PanelFoot me={me} view={view} fetched={answer.fetched} />}
    />
  )
}

/** Also where nobody has shared a list: somebody makes the first. */
function ToReconciliation() {
  const { t } = useTranslation('medication-list/reconciliation')
  return (
    <p className="panel__way">
      <a
        href={addressOf('reconcile')}
        onClick={(event) => {
          if (!isPlain(event)) return
          event.preventDefault()
          go('reconcile')
        }}
      >
        {t('open')}
      </a>
    </p>
  )
}

export function usePanelState(service: string) {
  return useSyncExternalStore(subscribe, () => panelState(service))
}

/** A problem as the frame draws it, in the words of this portal. */
function useFault(): (problem: PortalProblem) => Fault {
  const wordsOf = useProblemWords()
  const { t } = useTranslation('clinician')
  return (problem) => {
    if (problem.code === 'refused') return { state: 'refused', text: wordsOf(problem) }
    if (problem.code === 'ehr-must-renew') return { state: 'unavailable', text: t('problem.ehr-must-renew') }
    return { state: problem.code === 'unavailable' ? 'unavailable' : 'failed' }
  }
}

/** A mark on everything that is shown under emergency access or consent. */
export function AccessMark({ kind }: { kind: Elevation }) {
  const { t } = useTranslation('clinician')
  return <p className={`panel__mark panel__mark--${kind}`}>{t(`access.${kind}.mark`)}</p>
}

/** When the panel was fetched, and a copy of it. */
function PanelFoot({ me, view, fetched }: { me: SignedIn; view: View; fetched: string }) {
  const { t, i18n } = useTranslation('clinician')
  const nameOf = useServiceName()
  const sectionOf = useSectionOf()
  const headingOf = useHeading(me)
  async function copy() {
    const text = plainText(headingOf(), [sectionOf(view)], languageOf(i18n.language))
    announce(t((await copyText(text)) ? 'share.copied' : 'share.failed'))
  }
  return (
    <div className="panel__foot">
      <p>
        <time dateTime={fetched}>{t('page.fetched', { time: formatDateTime(fetched, i18n.language) })}</time>
      </p>
      <button
        type="button"
        className="link-button"
        aria-label={t('share.panel', { title: nameOf(view.service) })}
        onClick={() => void copy()}
      >
        {t('share.panelShort')}
      </button>
    </div>
  )
}
