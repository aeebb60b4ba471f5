/** The result of a change, announced once above the page that it came from: visible, spoken, and with the focus. */
import Icon from '@helsenorge/designsystem-react/components/Icon'
import CheckOutline from '@helsenorge/designsystem-react/components/Icons/CheckOutline'
import { announce } from '@helsevev/ui/Shell'
import { createContext, type ReactNode, useCallback, useContext, useEffect, useRef, useState } from 'react'

interface Told {
  text: string
  /** Announces the same words again when they are the result of another change. */
  turn: number
}

const Context = createContext<(text: string) => void>(() => {})

/** Call it when the page that the result belongs to is shown. */
export function useTell(): (text: string) => void {
  return useContext(Context)
}

/** `page` is the address: a result that was shown on one page is not shown on another. */
export function ToldProvider({ page, children }: { page: string; children: ReactNode }) {
  const [told, setTold] = useState<Told & { at: string }>()
  const notice = useRef<HTMLParagraphElement>(null)
  const tell = useCallback((text: string) => {
    setTold((before) => ({ text, turn: (before?.turn ?? 0) + 1, at: window.location.pathname }))
    announce(text)
  }, [])
  useEffect(() => {
    if (told) notice.current?.focus()
  }, [told])
  return (
    <Context value={tell}>
      {told?.at === page && (
        <p ref={notice} className="told" tabIndex={-1}>
          <Icon svgIcon={CheckOutline} size={38} className="told__icon" />
          <span>{told.text}</span>
        </p>
      )}
      {children}
    </Context>
  )
}
