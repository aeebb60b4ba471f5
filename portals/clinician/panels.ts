/** The panels of this portal, in the order a clinician reads them: one line for each information service. Their drawings: panels.client.ts. */
import { loader as criticalInformation } from '@helsevev/service-critical-information/load'
import { loader as homeMonitoring } from '@helsevev/service-home-monitoring/load'
import { loader as municipalServices } from '@helsevev/service-municipal-services/load'
import { loader as news2 } from '@helsevev/service-news2/load'
import { loader as testResults } from '@helsevev/service-test-results/load'
import type { PanelLoader } from '@helsevev/ui/panel.ts'

export const panels: readonly PanelLoader<unknown>[] = [criticalInformation, news2, municipalServices, testResults, homeMonitoring]
