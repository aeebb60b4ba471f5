/** The information services of this server. Adding one is its folder, and its line here. */
import type { InformationService } from '@helsevev/kernel/fhir/service'
import { criticalInformation } from '@helsevev/service-critical-information/service'
import { homeMonitoring } from '@helsevev/service-home-monitoring/service'
import { municipalServices } from '@helsevev/service-municipal-services/service'
import { news2 } from '@helsevev/service-news2/service'
import { testResults } from '@helsevev/service-test-results/service'

export const services: readonly InformationService[] = [criticalInformation, testResults, homeMonitoring, municipalServices, news2]
