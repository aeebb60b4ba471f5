/** The heading of a page. When the page changes, the heading takes the focus and names the window, so that the change is noticed. */
import { type ReactNode, useEffect, useRef } from 'react'

/** On the first page the browser decides where the focus starts; after that the heading gets it. */
let firstPage = true

export function PageTitle({ children, name, className }: { children?: ReactNode; name: string; className?: string }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${name} – Helsevev`
  }, [name])
  useEffect(() => {
    if (!firstPage) heading.current?.focus()
    firstPage = false
  }, [])
  return (
    <h1 ref={heading} tabIndex={-1} className={className}>
      {children ?? name}
    </h1>
  )
}
