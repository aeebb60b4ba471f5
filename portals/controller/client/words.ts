/** Codes in the words of the screen. A code without words is shown as it is: a code is better than nothing. */

import type { Counterpart } from '@helsevev/kernel/control/contract'
import { useProblemWords } from '@helsevev/portal/client/problem-words.ts'
import { useServiceName } from '@helsevev/portal/client/service-names.ts'
import type { Problem } from '@helsevev/portal/contract'
import { addDays, isDay } from '@helsevev/ui/day-text.ts'
import { formatDate, formatDateTime, formatList, formatNumber } from '@helsevev/ui/format.ts'
import { codedText } from '@helsevev/ui/texts.ts'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'

export function useWords() {
  const { t, i18n } = useTranslation('controller')
  const nameOf = useServiceName()
  const { language } = i18n
  const coded = (group: 'purpose' | 'refusedFor' | 'event') => (code: string) => codedText(t, group, code) ?? code
  const list = (words: readonly string[]) => formatList(words, language)
  return {
    t,
    language,
    /** An information service, or another area of the API. */
    service: (id: string) => codedText(t, 'service', id) ?? nameOf(id),
    purpose: coded('purpose'),
    refusedFor: coded('refusedFor'),
    /** What was done; never the name of an operation. */
    event: (code: string) => codedText(t, 'event', code) ?? t('event.other'),
    /** A party as lists name it; that it is made up stands there once, also when its name states it. */
    party: ({ name, madeUp }: Pick<Counterpart, 'name' | 'madeUp'>) =>
      madeUp && !/\((oppdiktet|oppdikta|made up)\)/.test(name) ? `${name} ${t('counterpart.madeUp')}` : name,
    /** The authorisation of health personnel; a word for a position is shown as it was sent. */
    authorization: (code: string) => codedText(t, 'role', code) ?? code,
    purposes: (codes: readonly string[]) => list(codes.map(coded('purpose'))),
    list,
    date: (value: string) => formatDate(value, language),
    /** The last day of what holds until a moment. */
    lastDay: (until: string) => formatDate(isDay(until) ? addDays(until, -1) : new Date(Date.parse(until) - 1), language),
    time: (value: string) => formatDateTime(value, language),
    number: (value: number) => formatNumber(value, language),
  }
}

/** Why a change failed; never empty. */
export function useFaultWords(): (problem: Problem & { reason?: string }) => string {
  const { t } = useTranslation('controller')
  const wordsOf = useProblemWords()
  return useCallback((problem) => wordsOf(problem) ?? t('problem.failed'), [wordsOf, t])
}
