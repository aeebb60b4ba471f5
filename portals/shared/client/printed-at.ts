/** When a page was printed, for what stands on paper alone. */
import { formatDateTime } from '@helsevev/ui/format.ts'
import { type RefObject, useEffect, useRef } from 'react'

/** The element that gets `sentence` with the time of the print: at once, since the browser takes its picture when the listeners return. */
export function usePrintedAt(sentence: (time: string) => string, language: string): RefObject<HTMLSpanElement | null> {
  const printed = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    const prepare = () => {
      if (printed.current) printed.current.textContent = sentence(formatDateTime(new Date(), language))
    }
    window.addEventListener('beforeprint', prepare)
    return () => window.removeEventListener('beforeprint', prepare)
  }, [sentence, language])
  return printed
}
