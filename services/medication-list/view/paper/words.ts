/** The words of the list on paper, from the table of the portal's view: both views have them (paper/texts.ts). */
import { useWords } from '@helsevev/ui/useWords'
import { useMemo } from 'react'
import type { Step } from '../panel-data.ts'
import { citizenStepWords, stepWords } from '../words.ts'
import type { paperTexts } from './texts.ts'

export interface PaperWords {
  language: 'nb' | 'nn' | 'en'
  text(key: keyof typeof paperTexts, values?: { date?: string; who?: string }): string
  step(step: Step): string
}

export function usePaperWords(namespace: 'medication-list' | 'medication-list/citizen'): PaperWords {
  const staff = useWords('medication-list')
  const citizen = useWords('medication-list/citizen')
  return useMemo(() => {
    const { t, language } = namespace === 'medication-list' ? staff : citizen
    return {
      language,
      text: (key, values = {}) => (t as (key: string, values: object) => string)(key, values),
      step: (step) => (namespace === 'medication-list' ? stepWords(step, staff) : citizenStepWords(step, citizen)),
    }
  }, [namespace, staff, citizen])
}
