/** A problem in a sentence of the person's language. */
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { PortalProblem } from '../contract.ts'

/** Undefined for a refusal without words here; problems that lead somewhere else are worded where they arise. */
export function useProblemWords(): (problem: PortalProblem) => string | undefined {
  const { t, i18n } = useTranslation('clinician')
  return useCallback(
    (problem) => {
      const key = problem.code === 'refused' ? `refused.${problem.reason}` : `problem.${problem.code}`
      return i18n.exists(key, { ns: 'clinician' }) ? t(key) : undefined
    },
    [t, i18n],
  )
}
