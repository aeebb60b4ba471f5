/** Moves to the heading of a panel, from any view of the patient. */
import { headingId } from '@helsevev/panel/PanelFrame'
import { go } from '../navigation.ts'

/** The panel may be drawn only after the overview has replaced another view. */
export function jump(service: string): void {
  go('patient')
  window.history.replaceState(null, '', `#${headingId(service)}`)
  requestAnimationFrame(() => {
    const heading = document.getElementById(headingId(service))
    heading?.focus({ preventScroll: true })
    heading?.scrollIntoView()
  })
}

/** A press that follows the link here, and not in another window. */
export const isPlain = ({ ctrlKey, metaKey, altKey, shiftKey, button }: React.MouseEvent) =>
  !ctrlKey && !metaKey && !altKey && !shiftKey && button === 0

/** The properties of a link to a panel that works from every view. */
export function linkTo(service: string) {
  return {
    href: `#${headingId(service)}`,
    onClick: (event: React.MouseEvent) => {
      if (!isPlain(event)) return
      event.preventDefault()
      jump(service)
    },
  }
}
