/**
 * Gives the style sheet the height of what is stuck to the top of the page, so that nothing that is jumped to, or focused, lies under it:
 * `scroll-padding-top` follows it (ui/base.scss).
 */
import { useEffect, useRef } from 'react'

const PROPERTY = '--stuck-height'

/** For the element around all that may be stuck. Which of its parts is stuck depends on the width of the window. */
export function useStickyHeight() {
  const ref = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const around = ref.current
    if (!around) return
    const measure = () => {
      const stuck = [around, ...around.querySelectorAll('*')].filter((one) => getComputedStyle(one).position === 'sticky')
      const height = stuck.reduce((sum, one) => sum + one.getBoundingClientRect().height, 0)
      document.documentElement.style.setProperty(PROPERTY, `${Math.ceil(height)}px`)
    }
    const observer = new ResizeObserver(measure)
    for (const one of [around, ...around.children, document.documentElement]) observer.observe(one)
    measure()
    return () => {
      observer.disconnect()
      document.documentElement.style.removeProperty(PROPERTY)
    }
  })
  return ref
}
