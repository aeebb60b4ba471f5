/** Loads panels for a page: what an answer about the whole session means, and what is announced to screen readers. */
import { announce } from '@helsevev/ui/Shell'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { PortalProblem } from '../contract.ts'
import { loadPanel } from './panel-store.ts'
import { useSession } from './session.ts'

/** With these, the session is not as this window believes: asking for the session again shows the page that fits. */
const aboutTheSession = new Set<PortalProblem['code']>(['signed-out', 'person-unknown', 'patient-changed', 'access-changed', 'no-patient'])

/** What has happened, for the announcement: all, some or none of the panels were fetched. */
function heard(problems: readonly (PortalProblem | undefined)[]) {
  const failed = problems.filter(Boolean).length
  if (failed === 0) return 'patient.loaded'
  return failed === problems.length ? 'patient.loadFailed' : 'patient.loadedPartly'
}

/** Loads the panels of these services, and announces what came of it when all have answered. */
export function useLoadPanels(): (services: readonly string[]) => Promise<void> {
  const { t } = useTranslation('clinician')
  const { refresh } = useSession()
  return useCallback(
    async (services) => {
      const problems = await Promise.all(services.map(loadPanel))
      if (problems.some((problem) => problem && aboutTheSession.has(problem.code))) await refresh()
      else announce(t(heard(problems), { failed: problems.filter(Boolean).length, count: problems.length }))
    },
    [refresh, t],
  )
}
