/** How the panels of panels.ts are drawn, in the same order: one line for each information service. Fetched with the page that shows them. */
import { panel as criticalInformation } from '@helsevev/service-critical-information/citizen-panel'
import { panel as homeMonitoring } from '@helsevev/service-home-monitoring/citizen-panel'
import { panel as municipalServices } from '@helsevev/service-municipal-services/citizen-panel'
import { panel as news2 } from '@helsevev/service-news2/citizen-panel'
import { panel as testResults } from '@helsevev/service-test-results/citizen-panel'
import { type View, viewOf } from '@helsevev/ui/panel-view.ts'

export const views: readonly View[] = [
  viewOf(testResults),
  viewOf(criticalInformation),
  viewOf(homeMonitoring),
  viewOf(municipalServices),
  viewOf(news2),
]
