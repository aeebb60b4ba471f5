/** The routes of every area, in the order in which docs/api lists them. */
import type { AreaRoute } from '../fhir/routes.ts'
import { accessLogRoutes } from './access-log/routes.ts'
import { choicesRoutes } from './choices/routes.ts'
import { hasDataRoutes } from './has-data/routes.ts'
import { noticesOutsideRoutes } from './notices-outside/routes.ts'
import { personsRoutes } from './persons/routes.ts'
import { questionsRoutes } from './questions/routes.ts'
import { representationRoutes } from './representation/routes.ts'
import { summaryRoutes } from './summary/routes.ts'
import { worklistsRoutes } from './worklists/routes.ts'

export const areaRoutes: readonly AreaRoute[] = [
  ...personsRoutes,
  ...summaryRoutes,
  ...choicesRoutes,
  ...representationRoutes,
  ...accessLogRoutes,
  ...questionsRoutes,
  ...noticesOutsideRoutes,
  ...hasDataRoutes,
  ...worklistsRoutes,
]
