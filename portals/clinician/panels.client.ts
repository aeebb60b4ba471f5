/** The clinician panels of the services, in reading order: one line for each information service. */

import type { View } from '@helsevev/panel/view.ts'
import { view as contacts } from '@helsevev/service-contacts/panel'
import { view as criticalInformation } from '@helsevev/service-critical-information/panel'
import { view as ePrescriptions } from '@helsevev/service-e-prescriptions/panel'
import { view as homeMonitoring } from '@helsevev/service-home-monitoring/panel'
import { view as hospitalMedicines } from '@helsevev/service-hospital-medicines/panel'
import { view as medicationList } from '@helsevev/service-medication-list/panel'
import { view as municipalServices } from '@helsevev/service-municipal-services/panel'
import { view as news2 } from '@helsevev/service-news2/panel'
import { view as testResults } from '@helsevev/service-test-results/panel'

export type { View }

/** Where nothing is urgent and nobody has chosen another order (client/panel-order.ts). */
export const views: readonly View[] = [
  criticalInformation,
  news2,
  medicationList,
  ePrescriptions,
  hospitalMedicines,
  municipalServices,
  testResults,
  homeMonitoring,
  contacts,
]
