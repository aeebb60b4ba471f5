/** Who is signed in, for all pages; and the end of it: idle time, sign-out in another window, and pages brought back by the back button. */
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react'
import type { Me, PortalProblem } from '../contract.ts'
import { reset } from './panel-store.ts'
import { fetchMe, isProblem, onUse } from './server.ts'

export type SignedIn = Extract<Me, { signedIn: true }>

/** Whether there is another place to work than the one chosen. */
export function hasChoice({ organizations }: SignedIn): boolean {
  return organizations.length > 1 || (organizations[0]?.units.length ?? 0) > 0
}

interface SessionValue {
  /** Undefined until the server has answered. */
  me: Me | undefined
  /** The server could not be asked at all. */
  problem: PortalProblem | undefined
  /** A session there was has ended. */
  ended: boolean
  /** Asks the server again; answers with what it said. */
  refresh: () => Promise<Me | PortalProblem>
  /** Tells other windows that the session or the patient changed. */
  tellOthers: () => void
}

const Context = createContext<SessionValue | undefined>(undefined)

export function useSession(): SessionValue {
  const value = useContext(Context)
  if (!value) throw new Error('useSession is used inside SessionProvider')
  return value
}

export function SessionProvider({ children }: { children: ReactNode }) {
  const [me, setMe] = useState<Me>()
  const [problem, setProblem] = useState<PortalProblem>()
  const [ended, setEnded] = useState(false)
  const wasSignedIn = useRef(false)
  const channel = useMemo(() => new BroadcastChannel('helsevev-clinician'), [])

  const refresh = useCallback(async () => {
    const answer = await fetchMe()
    if (isProblem(answer)) {
      setProblem(answer)
      return answer
    }
    setProblem(undefined)
    if (!answer.signedIn) reset()
    setEnded(wasSignedIn.current && !answer.signedIn)
    wasSignedIn.current = answer.signedIn
    setMe(answer)
    return answer
  }, [])

  useEffect(() => {
    void refresh()
    channel.onmessage = () => void refresh()
    // A page the browser kept whole would show a patient after sign-out.
    const reload = (event: PageTransitionEvent) => event.persisted && window.location.reload()
    window.addEventListener('pageshow', reload)
    return () => {
      channel.onmessage = null
      window.removeEventListener('pageshow', reload)
    }
  }, [refresh, channel])

  const idleSeconds = me?.signedIn ? me.idleSeconds : undefined
  useEffect(() => {
    if (idleSeconds === undefined) return
    let timer: number | undefined
    // Asking counts as use, so ask only when the session must be over; then the screen is emptied.
    const restart = () => {
      window.clearTimeout(timer)
      timer = window.setTimeout(() => void refresh(), (idleSeconds + 5) * 1000)
    }
    restart()
    onUse(restart)
    return () => {
      window.clearTimeout(timer)
      onUse(() => {})
    }
  }, [idleSeconds, refresh])

  const tellOthers = useCallback(() => channel.postMessage('changed'), [channel])
  const value = useMemo(() => ({ me, problem, ended, refresh, tellOthers }), [me, problem, ended, refresh, tellOthers])
  return <Context value={value}>{children}</Context>
}
