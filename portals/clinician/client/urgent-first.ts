/** Puts panels in order, by what is urgent or by the person's own choice. */
import type { Urgency } from '@helsevev/panel/panel.ts'

interface Panel {
  service: string
}

/** What must be acted on comes first, the most urgent in front; the rest keeps its order, so that people find it again. */
export function urgentFirst<P extends Panel>(panels: readonly P[], urgencyOf: (panel: P) => Urgency): readonly P[] {
  const weight = (panel: P) => Math.max(1, urgencyOf(panel))
  return panels.toSorted((one, other) => weight(other) - weight(one))
}

/** In the order of these services; a panel that is not among them, such as a new one, comes last. */
export function inOrder<P extends Panel>(panels: readonly P[], services: readonly string[]): readonly P[] {
  const place = ({ service }: P) => (services.includes(service) ? services.indexOf(service) : services.length)
  return panels.toSorted((one, other) => place(one) - place(other))
}

/** The services with one of them moved by one place, up (-1) or down (1); the same where there is no such place. */
export function moved(services: readonly string[], service: string, by: -1 | 1): readonly string[] {
  const at = services.indexOf(service)
  const to = at + by
  if (at < 0 || to < 0 || to >= services.length) return services
  const rest = services.toSpliced(at, 1)
  return rest.toSpliced(to, 0, service)
}
