/** What is registered, service by service, and when the person was last here (docs/api/last-visit.md). */

import type { PanelLoader } from '@helsevev/panel/loader.ts'
import { automatic, type Desk, isProblem } from '@helsevev/portal/server'
import { z } from 'zod'
import { patientApi } from './patient-api.ts'
import { aboutOf, type Content, patientParameter, type Some } from './people.ts'

export interface Panels {
  /** The loader of each service's panel. */
  panels: readonly PanelLoader<unknown>[]
}

export function healthHandlers(desk: Desk<Content>, panels: readonly PanelLoader<unknown>[]): Some<'panel' | 'lastVisit'> {
  const byService = new Map(panels.map((panel) => [panel.service, panel]))
  return {
    async panel(asked, { headers, service }) {
      const about = aboutOf(asked, headers)
      if (isProblem(about)) return about
      const panel = byService.get(service)
      if (!panel) return { code: 'invalid-request' }
      const now = desk.now()
      const { status, data, partial = false, withheld = [], unreadable } = await panel.load(patientApi(about, asked.api), now)
      return { status, data, partial, withheld, ...(unreadable ? { unreadable } : {}), fetched: now.toISOString() }
    },

    async lastVisit(asked, { headers }) {
      const about = aboutOf(asked, headers)
      if (isProblem(about)) return about
      const { parameter = [] } = lastVisitAnswer.parse(
        await asked.api.post('/fhir/Patient/$last-visit', new URLSearchParams(patientParameter(about)), automatic),
      )
      const at = parameter.find(({ name }) => name === 'lastVisit')?.valueInstant
      return at === undefined ? {} : { at }
    },
  }
}

const lastVisitAnswer = z.object({
  resourceType: z.literal('Parameters'),
  parameter: z.array(z.object({ name: z.string(), valueInstant: z.iso.datetime({ offset: true }).optional() })).optional(),
})
