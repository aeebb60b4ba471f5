/** How the panels of panels.ts are drawn, in the same order: one line for each information service. */
import { panel as criticalInformation } from '@helsevev/service-critical-information/panel'
import { panel as homeMonitoring } from '@helsevev/service-home-monitoring/panel'
import { panel as municipalServices } from '@helsevev/service-municipal-services/panel'
import { panel as news2 } from '@helsevev/service-news2/panel'
import { panel as testResults } from '@helsevev/service-test-results/panel'
import type { DataStatus, PanelView } from '@helsevev/ui/panel.ts'
import { createElement, type ReactNode } from 'react'

export interface View {
  service: string
  texts: PanelView<never>['texts']
  draw: (status: DataStatus, data: unknown) => ReactNode
  /** What nobody may miss, above all panels. */
  drawBanner?: (status: DataStatus, data: unknown) => ReactNode
  /** A mark beside the patient's name. */
  drawSignal?: (status: DataStatus, data: unknown) => ReactNode
}

/** The portal hands over, unread, what the loader of the same service gave. */
function viewOf<Data>({ service, texts, Panel, Banner, Signal }: PanelView<Data>): View {
  return {
    service,
    texts,
    draw: (status, data) => createElement(Panel, { status, data: data as Data }),
    ...(Banner ? { drawBanner: (status: DataStatus, data: unknown) => createElement(Banner, { status, data: data as Data }) } : {}),
    ...(Signal ? { drawSignal: (status: DataStatus, data: unknown) => createElement(Signal, { status, data: data as Data }) } : {}),
  }
}

export const views: readonly View[] = [
  viewOf(criticalInformation),
  viewOf(news2),
  viewOf(homeMonitoring),
  viewOf(testResults),
  viewOf(municipalServices),
]
