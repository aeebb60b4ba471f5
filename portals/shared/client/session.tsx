/** The session, for all pages; and its end: idle time, sign-out in another window, and pages restored by the back button. */
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react'
import type { CommonProblem, Me } from '../contract.ts'
import { portalName } from './base.ts'
import { fetchMe, isProblem, onUse } from './call.ts'
import { rememberServices } from './service-names.ts'

interface SessionValue<More> {
  /** Undefined until the server has answered. */
  me: Me<More> | undefined
  /** Set when the server could not be asked at all. */
  problem: CommonProblem | undefined
  /** Whether a session has ended in this window. */
  ended: boolean
  /** Asks the server for the session again, and returns its answer. */
  refresh: () => Promise<Me<More> | CommonProblem>
  /** Notifies other windows of this portal, or of every portal, that the session or what is open in it has changed. */
  tellOthers: (everywhere?: boolean) => void
}

const Context = createContext<SessionValue<object> | undefined>(undefined)

/** `More` is what the portal's `me` answers in addition to the common part. */
export function useSession<More = object>(): SessionValue<More> {
  const value = useContext(Context)
  if (!value) throw new Error('useSession is used inside SessionProvider')
  return value as SessionValue<More>
}

const forgetful = new Set<() => void>()

/** Called when the session has ended: a portal then empties what it remembers outside React. */
export function onForget(listener: () => void): void {
  forgetful.add(listener)
}

export function forget(): void {
  for (const listener of forgetful) listener()
}

export function SessionProvider({ children }: { children: ReactNode }) {
  const [me, setMe] = useState<Me>()
  const [problem, setProblem] = useState<CommonProblem>()
  const [ended, setEnded] = useState(false)
  const wasSignedIn = useRef(false)
  const channels = useMemo(() => ({ own: new BroadcastChannel(`helsevev-${portalName}`), all: new BroadcastChannel('helsevev') }), [])

  const refresh = useCallback(async () => {
    const answer = await fetchMe()
    if (isProblem(answer)) {
      setProblem(answer)
      return answer
    }
    setProblem(undefined)
    if (answer.signedIn) rememberServices(answer.services)
    else forget()
    setEnded(wasSignedIn.current && !answer.signedIn)
    wasSignedIn.current = answer.signedIn
    setMe(answer)
    return answer
  }, [])

  useEffect(() => {
    void refresh()
    for (const channel of Object.values(channels)) channel.onmessage = () => void refresh()
    // A page that the browser kept whole would show what was open before sign-out.
    const reload = (event: PageTransitionEvent) => event.persisted && window.location.reload()
    window.addEventListener('pageshow', reload)
    return () => {
      for (const channel of Object.values(channels)) channel.onmessage = null
      window.removeEventListener('pageshow', reload)
    }
  }, [refresh, channels])

  const idleSeconds = me?.signedIn ? me.idleSeconds : undefined
  useEffect(() => {
    if (idleSeconds === undefined) return
    let timer: number | undefined
    // A request counts as use, so ask only when the session must be over; then the screen is emptied.
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

  const tellOthers = useCallback((everywhere = false) => (everywhere ? channels.all : channels.own).postMessage('changed'), [channels])
  const value = useMemo(() => ({ me, problem, ended, refresh, tellOthers }), [me, problem, ended, refresh, tellOthers])
  return <Context value={value}>{children}</Context>
}
