/**
 * The citizen panels of the services, in the order to read them, critical information first: one line for each information service. Loaded
 * with the page that shows them.
 */

import type { View } from '@helsevev/panel/view.ts'
import { view as contacts } from '@helsevev/service-contacts/citizen-panel'
import { view as criticalInformation } from '@helsevev/service-critical-information/citizen-panel'
import { view as ePrescriptions } from '@helsevev/service-e-prescriptions/citizen-panel'
import { view as homeMonitoring } from '@helsevev/service-home-monitoring/citizen-panel'
import { view as hospitalMedicines } from '@helsevev/service-hospital-medicines/citizen-panel'
import { view as medicationList } from '@helsevev/service-medication-list/citizen-panel'
import { view as municipalServices } from '@helsevev/service-municipal-services/citizen-panel'
import { view as news2 } from '@helsevev/service-news2/citizen-panel'
import { view as testResults } from '@helsevev/service-test-results/citizen-panel'

export const views: readonly View[] = [
  criticalInformation,
  medicationList,
  ePrescriptions,
  hospitalMedicines,
  testResults,
  homeMonitoring,
  municipalServices,
  news2,
  contacts,
]
