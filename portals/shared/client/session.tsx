/** The session, for all pages; and its end: idle time, sign-out in another window, and pages restored by the back button. */
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react'
import type { CommonProblem, Me } from '../contract.ts'
import { base, portalName } from './base.ts'
import { fetchMe, isProblem, signOut } from './call.ts'
import { closeDrafts, dropDrafts, openDrafts } from './drafts.ts'
import { GivenBack } from './GivenBack.tsx'
import { rememberIntroduced } from './Introduction.tsx'
import { rememberServices } from './service-names.ts'
import { type Ends, endsOf, type Phase, phaseAt } from './session-ends.ts'
import { TimeOut } from './TimeOut.tsx'
import { stay, watchUse } from './time-left.ts'

interface SessionValue<More> {
  /** Undefined until the server has answered. */
  me: Me<More> | undefined
  /** Set when the server could not be asked at all. */
  problem: CommonProblem | undefined
  /** Whether a session has ended in this window. */
  ended: boolean
  /** Asks the server for the session again, and returns its answer. */
  refresh: () => Promise<Me<More> | CommonProblem>
  /** Signs out, and leaves nothing on the screen or in the browser. */
  leave: () => Promise<void>
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

const forgetful = new Set<() => void>([closeDrafts])

/** Called when the session has ended: a portal then empties what it remembers outside React. */
export function onForget(listener: () => void): void {
  forgetful.add(listener)
}

function forget(): void {
  for (const listener of forgetful) listener()
}

export function SessionProvider({ children }: { children: ReactNode }) {
  const [me, setMe] = useState<Me>()
  const [problem, setProblem] = useState<CommonProblem>()
  const [ended, setEnded] = useState(false)
  const [ends, setEnds] = useState<Ends>()
  const [givenBack, setGivenBack] = useState<readonly string[]>([])
  const wasSignedIn = useRef(false)
  const channels = useMemo(() => ({ own: new BroadcastChannel(`helsevev-${portalName}`), all: new BroadcastChannel('helsevev') }), [])

  /** Empties the screen. */
  const end = useCallback(() => {
    forget()
    // Each request of a page may find the end; the first of them knows that there was a session.
    const was = wasSignedIn.current
    setEnded((before) => before || was)
    wasSignedIn.current = false
    setEnds(undefined)
    setMe({ signedIn: false })
  }, [])

  const refresh = useCallback(async () => {
    const answer = await fetchMe()
    if (isProblem(answer)) {
      setProblem(answer)
      return answer
    }
    setProblem(undefined)
    if (!answer.signedIn) {
      end()
      return answer
    }
    rememberServices(answer.services)
    rememberIntroduced()
    const labels = await openDrafts(answer.draftKey)
    if (labels.length > 0) setGivenBack(labels)
    setEnded(false)
    wasSignedIn.current = true
    setEnds(endsOf(answer))
    setMe(answer)
    return answer
  }, [end])

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

  const tellOthers = useCallback((everywhere = false) => (everywhere ? channels.all : channels.own).postMessage('changed'), [channels])
  const leave = useCallback(async () => {
    dropDrafts()
    forget()
    const answer = await signOut()
    tellOthers()
    // `replace`, so that the back button does not lead to a page of the session that ended.
    window.location.replace(isProblem(answer) ? `${base}/` : answer.next)
  }, [tellOthers])
  const value = useMemo(() => ({ me, problem, ended, refresh, leave, tellOthers }), [me, problem, ended, refresh, leave, tellOthers])
  return (
    <Context value={value}>
      {me?.signedIn && givenBack.length > 0 && <GivenBack labels={givenBack} onClose={() => setGivenBack([])} />}
      {children}
      {ends && <Clock ends={ends} onChange={setEnds} onEnd={end} refresh={refresh} onSignOut={() => void leave()} />}
    </Context>
  )
}

/** The server is not asked again for what it has just answered. */
const askedLatelyMs = 30_000

interface ClockProps {
  ends: Ends
  onChange: (ends: Ends) => void
  onEnd: () => void
  refresh: () => Promise<Me | CommonProblem>
  onSignOut: () => void
}

/** Looks at the clock every second: timers stand still while a machine sleeps. */
function Clock({ ends, onChange, onEnd, refresh, onSignOut }: ClockProps) {
  const [shown, setShown] = useState<Phase>('running')
  const seenEnd = useRef(false)
  const asked = useRef(0)
  const extend = useCallback(async () => {
    const answer = await stay()
    if (answer) onChange(answer)
    else await refresh()
  }, [onChange, refresh])

  useEffect(() => {
    const look = async () => {
      const phase = phaseAt(ends, Date.now(), seenEnd.current)
      // Another window may have used the session since this one heard of it.
      if ((phase === 'idle-soon' || phase === 'over') && Date.now() - asked.current > askedLatelyMs) {
        asked.current = Date.now()
        const answer = await refresh()
        if (phase === 'over' && isProblem(answer)) onEnd() // the time is over, whether the server can be asked or not
        if (!isProblem(answer)) return
      }
      setShown(phase)
      if (phase === 'over') onEnd()
    }
    void look()
    const timer = window.setInterval(() => void look(), 1000)
    return () => window.clearInterval(timer)
  }, [ends, refresh, onEnd])

  // While the warning is shown, only its answer counts: the person may not have seen it yet.
  useEffect(() => (shown === 'running' ? watchUse(() => void extend()) : undefined), [shown, extend])

  if (shown !== 'idle-soon' && shown !== 'ends-soon') return null
  const close = () => {
    if (shown === 'ends-soon') seenEnd.current = true
    setShown('running')
    void extend()
  }
  return <TimeOut key={shown} kind={shown} at={Math.min(ends.idle, ends.absolute)} onStay={close} onSignOut={onSignOut} />
}
