/** The names of the information services. One line for each service. */
import { namesOf } from '@helsevev/portal/client/service-names.ts'
import { identity as criticalInformation } from '@helsevev/service-critical-information/identity'
import { identity as homeMonitoring } from '@helsevev/service-home-monitoring/identity'
import { identity as municipalServices } from '@helsevev/service-municipal-services/identity'
import { identity as news2 } from '@helsevev/service-news2/identity'
import { identity as testResults } from '@helsevev/service-test-results/identity'

export const { useServiceName } = namesOf([criticalInformation, homeMonitoring, municipalServices, news2, testResults])
