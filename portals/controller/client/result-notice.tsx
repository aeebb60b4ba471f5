/** The result of a change, announced once above the page that it came from: visible, spoken, and with the focus. */
import Icon from '@helsenorge/designsystem-react/components/Icon'
import CheckOutline from '@helsenorge/designsystem-react/components/Icons/CheckOutline'
import { announce } from '@helsevev/ui/Shell'
import { createContext, type ReactNode, useCallback, useContext, useEffect, useRef, useState } from 'react'

interface ResultNotice {
  text: string
  /** Announces the same words again when they are the result of another change. */
  turn: number
}

const Context = createContext<(text: string) => void>(() => {})

/** Call it when the page that the result belongs to is shown. */
export function useResultNotice(): (text: string) => void {
  return useContext(Context)
}

/** `page` is the address: a result that was shown on one page is not shown on another. */
export function ResultNoticeProvider({ page, children }: { page: string; children: ReactNode }) {
  const [noticed, setNoticed] = useState<ResultNotice & { at: string }>()
  const notice = useRef<HTMLParagraphElement>(null)
  const announceResult = useCallback((text: string) => {
    setNoticed((before) => ({ text, turn: (before?.turn ?? 0) + 1, at: window.location.pathname }))
    announce(text)
  }, [])
  useEffect(() => {
    if (noticed) notice.current?.focus()
  }, [noticed])
  return (
    <Context value={announceResult}>
      {noticed?.at === page && (
        <p ref={notice} className="result-notice" tabIndex={-1}>
          <Icon svgIcon={CheckOutline} size={38} className="result-notice__icon" />
          <span>{noticed.text}</span>
        </p>
      )}
      {children}
    </Context>
  )
}
