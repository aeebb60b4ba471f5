/** The route that reports whether there is anything about each patient of a list. */
import type { AreaRoute } from '../../fhir/routes.ts'
import { hasDataArea } from './area.ts'
import { hasData } from './has-data.ts'

export const hasDataRoutes: readonly AreaRoute[] = [
  { method: 'POST', path: '$has-data', area: hasDataArea, run: async (exchange, sent) => await hasData(exchange, sent.json()) },
]
