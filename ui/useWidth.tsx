/** The width that an element has, in pixels, as it changes: charts are drawn in pixels, so that words keep their size. */
import { type RefObject, useLayoutEffect, useRef, useState } from 'react'

export function useWidth(least = 200): { ref: RefObject<HTMLDivElement | null>; width: number } {
  const ref = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(320)
  useLayoutEffect(() => {
    const element = ref.current
    if (!element) return
    const measure = () => setWidth(Math.max(least, Math.floor(element.clientWidth)))
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [least])
  return { ref, width }
}
