/**
 * Gives the style sheet the height of what is stuck to the top of the page, so that nothing that is jumped to, or focused, lies under it:
 * `scroll-padding-top` follows it (ui/base.scss).
 */
import { useEffect, useRef } from 'react'

const PROPERTY = '--stuck-height'

/** More than this is too much of a window: of what is stuck, only who the patient is then stays in sight (clinician.scss). Pixels. */
const MOST = 96
const TALL = 'in-sight--tall'

/** Where even that covers more than this share of the window, as with very large text, nothing stays in sight. */
const MOST_OF_WINDOW = 1 / 3
const AWAY = 'in-sight--away'

/** For the element around all that may be stuck. Which of its parts is stuck depends on the width of the window. */
export function useStickyHeight() {
  const ref = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const around = ref.current
    if (!around) return
    const measure = () => {
      around.classList.remove(TALL, AWAY)
      if (stuckIn(around) > MOST) around.classList.add(TALL)
      if (stuckIn(around) > window.innerHeight * MOST_OF_WINDOW) around.classList.add(AWAY)
      const height = stuckIn(around)
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

function stuckIn(around: Element): number {
  const stuck = [around, ...around.querySelectorAll('*')].filter((one) => getComputedStyle(one).position === 'sticky')
  return stuck.reduce((sum, one) => sum + one.getBoundingClientRect().height, 0)
}
