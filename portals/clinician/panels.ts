/** The panels of this portal, in the order a clinician reads them: one line for each information service. Their drawings: panels.client.ts. */
import { loader as municipalServices } from '@helsevev/service-municipal-services/load'
import { loader as news2 } from '@helsevev/service-news2/load'
import type { PanelLoader } from '@helsevev/ui/panel.ts'

export const panels: readonly PanelLoader<unknown>[] = [municipalServices, news2]
