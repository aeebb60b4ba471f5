/** Loads panels for a page: what an answer about the whole session means, and what is announced to screen readers. */
import { announce } from '@helsevev/ui/Shell'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { PortalProblem } from '../contract.ts'
import { loadPanel } from './panel-store.ts'
import { useSession } from './session.ts'

/** With these, the session is not as this window believes: asking for the session again shows the page that fits. */
const aboutTheSession = new Set<PortalProblem['code']>(['signed-out', 'person-unknown', 'patient-changed', 'access-changed', 'no-patient'])

/** Loads the panels of these services, and announces when all have answered. */
export function useLoadPanels(): (services: readonly string[]) => Promise<void> {
  const { t } = useTranslation('clinician')
  const { refresh } = useSession()
  return useCallback(
    async (services) => {
      const problems = await Promise.all(services.map(loadPanel))
      if (problems.some((problem) => problem && aboutTheSession.has(problem.code))) await refresh()
      else announce(t('patient.loaded'))
    },
    [refresh, t],
  )
}
