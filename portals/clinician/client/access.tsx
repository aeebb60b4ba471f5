/** Emergency access and consent on the patient's page: the request, what it changes on the page, and its end. */
import { announce } from '@helsevev/ui/Shell'
import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Elevation, elevatedMinutes, type OpenPatientView } from '../contract.ts'
import { ElevationDialog } from './ElevationDialog.tsx'
import { endElevation } from './server.ts'
import { useSession } from './session.ts'

const Context = createContext<((kind: Elevation) => unknown) | undefined>(undefined)

/** Opens the dialog that explains this kind of access and asks for it. */
export function useAskFor(): (kind: Elevation) => unknown {
  const askFor = useContext(Context)
  if (!askFor) throw new Error('useAskFor is used inside AccessProvider')
  return askFor
}

export function AccessProvider({ patient, children }: { patient: OpenPatientView | undefined; children: ReactNode }) {
  const { t } = useTranslation('clinician')
  const { refresh, tellOthers } = useSession()
  /** Bound to one opening: the page of another patient never shows it. */
  const [asked, setAsked] = useState<{ kind: Elevation; opening: string }>()
  const opening = patient?.opening
  const askFor = useCallback((kind: Elevation) => opening && setAsked({ kind, opening }), [opening])
  const close = useCallback(() => setAsked(undefined), [])
  async function begun(kind: Elevation) {
    close()
    tellOthers()
    await refresh()
    announce(t(`access.${kind}.begun`, { minutes: elevatedMinutes }))
  }
  return (
    <Context value={askFor}>
      {children}
      {asked && patient && asked.opening === opening && (
        <ElevationDialog
          kind={asked.kind}
          opening={asked.opening}
          draft={patient.draft}
          onBegun={() => void begun(asked.kind)}
          onClose={close}
        />
      )}
    </Context>
  )
}

/** Milliseconds after the end by the server's clock, so that the server then answers that the access has ended. */
const MARGIN = 500

/** Ends elevated access: by a button, and without one when the server's time is over, whatever the clock of this machine shows. */
export function useEndOfAccess({ opening, access }: OpenPatientView): () => Promise<void> {
  const { t } = useTranslation('clinician')
  const { refresh, tellOthers } = useSession()
  const { kind, secondsLeft } = access
  useEffect(() => {
    if (secondsLeft === undefined) return
    const timer = window.setTimeout(() => void refresh(), secondsLeft * 1000 + MARGIN)
    return () => window.clearTimeout(timer)
  }, [secondsLeft, refresh])
  useEffect(() => {
    if (kind === 'ordinary') return
    return () => announce(t(`access.${kind}.ended`))
  }, [kind, t])
  return async () => {
    await endElevation(opening)
    tellOthers()
    await refresh()
  }
}
