/** A problem in a sentence of the person's language. */
import { foundText } from '@helsevev/ui/texts.ts'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { Problem } from '../contract.ts'
import { portalName } from './base.ts'

/**
 * The portal's own words (`problem.{code}`, `refused.{reason}`) or the common ones. Undefined for a refusal without words; problems that
 * lead to another page are worded there. A session that is over is no fault of ours: it has the words of the page that comes next.
 */
export function useProblemWords(): (problem: Problem & { reason?: string }) => string | undefined {
  const { t } = useTranslation(portalName)
  return useCallback(
    (problem) => {
      if (problem.code === 'signed-out') return t('signIn.ended')
      return foundText(t, problem.code === 'refused' ? `refused.${problem.reason}` : `problem.${problem.code}`)
    },
    [t],
  )
}
