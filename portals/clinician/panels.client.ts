/** How the panels of panels.ts are drawn, in the same order: one line for each information service. */

import { namesOf } from '@helsevev/portal/client/service-names.ts'
import { panel as criticalInformation } from '@helsevev/service-critical-information/panel'
import { panel as homeMonitoring } from '@helsevev/service-home-monitoring/panel'
import { panel as municipalServices } from '@helsevev/service-municipal-services/panel'
import { panel as news2 } from '@helsevev/service-news2/panel'
import { panel as testResults } from '@helsevev/service-test-results/panel'
import { type View, viewOf } from '@helsevev/ui/panel-view.ts'

export type { View }

/** Side by side where there is room, each filled on its own; read column by column. */
export const columns: readonly (readonly View[])[] = [
  [viewOf(criticalInformation), viewOf(news2), viewOf(municipalServices)],
  [viewOf(testResults), viewOf(homeMonitoring)],
]

export const views: readonly View[] = columns.flat()

/** Names of the services, as the headings of their panels. */
export const { useServiceName } = namesOf(views.map(({ service, names }) => ({ id: service, names })))
