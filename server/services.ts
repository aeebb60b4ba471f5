/** The information services of this server. Adding one is its folder, and its lines here: the declaration, and what loads its panel. */
import type { InformationService } from '@helsevev/kernel/fhir/service'
import type { PanelLoader } from '@helsevev/panel/loader.ts'
import { loader as contactsLoader } from '@helsevev/service-contacts/load'
import { contacts } from '@helsevev/service-contacts/service'
import { loader as criticalInformationLoader } from '@helsevev/service-critical-information/load'
import { criticalInformation } from '@helsevev/service-critical-information/service'
import { loader as ePrescriptionsLoader } from '@helsevev/service-e-prescriptions/load'
import { ePrescriptions } from '@helsevev/service-e-prescriptions/service'
import { loader as homeMonitoringLoader } from '@helsevev/service-home-monitoring/load'
import { homeMonitoring } from '@helsevev/service-home-monitoring/service'
import { loader as hospitalMedicinesLoader } from '@helsevev/service-hospital-medicines/load'
import { hospitalMedicines } from '@helsevev/service-hospital-medicines/service'
import { loader as medicationListLoader } from '@helsevev/service-medication-list/load'
import { medicationList } from '@helsevev/service-medication-list/service'
import { loader as municipalServicesLoader } from '@helsevev/service-municipal-services/load'
import { municipalServices } from '@helsevev/service-municipal-services/service'
import { loader as news2Loader } from '@helsevev/service-news2/load'
import { news2 } from '@helsevev/service-news2/service'
import { loader as testResultsLoader } from '@helsevev/service-test-results/load'
import { testResults } from '@helsevev/service-test-results/service'

export const services = [
  criticalInformation,
  medicationList,
  ePrescriptions,
  hospitalMedicines,
  testResults,
  homeMonitoring,
  municipalServices,
  news2,
  contacts,
] as const satisfies readonly InformationService[]

export type ServiceId = (typeof services)[number]['id']

export const loaders: readonly PanelLoader<unknown>[] = [
  criticalInformationLoader,
  medicationListLoader,
  ePrescriptionsLoader,
  hospitalMedicinesLoader,
  news2Loader,
  municipalServicesLoader,
  testResultsLoader,
  homeMonitoringLoader,
  contactsLoader,
]
