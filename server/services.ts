/** The information services of this server. Adding one is its folder, and its line here. */
import type { InformationService } from '@helsevev/kernel/fhir/service'
import { municipalServices } from '@helsevev/service-municipal-services/service'
import { news2 } from '@helsevev/service-news2/service'

export const services: readonly InformationService[] = [municipalServices, news2]
