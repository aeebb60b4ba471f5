/** A browser without a screen at this portal: what the browser of every portal does, and panels. */
import { browser as browserOf } from '@helsevev/portal/testing/browser'
import type { FastifyInstance } from 'fastify'
import { accessHeader, contract, type OpenPatientView, openingHeader } from '../../contract.ts'

export function browser(app: FastifyInstance) {
  const page = browserOf(app, 'clinician')
  return {
    ...page,
    panel: (service: string, { opening, access }: Pick<OpenPatientView, 'opening' | 'access'>) =>
      page.ask(contract.panel, { service, headers: { [openingHeader]: opening, [accessHeader]: access.id } }),
  }
}
