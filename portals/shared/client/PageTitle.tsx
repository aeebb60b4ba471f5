/** The heading of a page. When the page changes it takes the focus and names the window, so that everyone notices. */
import { type ReactNode, useEffect, useRef } from 'react'

/** On the first page after loading the browser has its own idea of where to begin; from then on the heading is where. */
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
