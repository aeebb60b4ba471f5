/** Panels of the services, in the states in which they show nothing: each words those for itself. One line for each service. */
import { panel as criticalInformation } from '@helsevev/service-critical-information/panel'
import { panel as homeMonitoring } from '@helsevev/service-home-monitoring/panel'
import { panel as municipalServices } from '@helsevev/service-municipal-services/panel'
import { panel as news2 } from '@helsevev/service-news2/panel'
import { panel as testResults } from '@helsevev/service-test-results/panel'
import type { DataStatus, PanelView, ServiceIdentity } from '@helsevev/ui/panel.ts'
import type { Namespace, TextTable } from '@helsevev/ui/texts.ts'
import { createElement, type ReactNode } from 'react'

interface Shown {
  service: ServiceIdentity
  namespace: Namespace
  texts: TextTable
  draw: (status: DataStatus) => ReactNode
}

/** Kinds of nothing that a service words for itself. */
export const nothings = ['none', 'unknown', 'withheld', 'unavailable'] as const

/** `nothing` is what the service's loader gives when there is nothing; left out where the panel then reads none of it. */
function shown<Data, Name extends Namespace>({ service, namespace, texts, Panel }: PanelView<Data, Name>, nothing?: Data): Shown {
  return { service, namespace, texts, draw: (status) => createElement(Panel, { status, data: nothing ?? ({} as Data) }) }
}

export const services: readonly Shown[] = [
  shown(criticalInformation),
  shown(news2),
  shown(homeMonitoring),
  shown(testResults),
  shown(municipalServices, {
    active: [],
    onHold: [],
    upcoming: [],
    endedLately: [],
    endedBefore: [],
    olderUnclosed: 0,
    controllers: [],
    partial: false,
    more: false,
  }),
]
