/** The words for a misuse case, in the list and on its own page. */
import type { MisuseCase } from '@helsevev/kernel/control/contract'

import { useWords } from './words.ts'

/** The rules have texts in bokmål and English; readers of nynorsk get bokmål. */
export function useCaseText(): (text: { nb: string; en: string }) => string {
  const { language } = useWords()
  return (text) => (language === 'en' ? text.en : text.nb)
}

export function misuseFacts(
  one: MisuseCase,
  { t, time }: ReturnType<typeof useWords>,
  patient: string,
  textOf: (text: { nb: string; en: string }) => string,
): (readonly [string, string | null | undefined])[] {
  return [
    [t('misuse.why'), one.why && textOf(one.why)],
    [t('followUps.patient'), patient],
    [
      t('misuse.when'),
      one.firstAt === one.lastAt ? time(one.firstAt) : t('word.range', { from: time(one.firstAt), until: time(one.lastAt) }),
    ],
    [t('word.hpr'), one.hprNumber],
    [t('misuse.opened'), time(one.opened)],
    [t('followUps.found'), one.finding && t(`misuse.findings.${one.finding}.name`)],
    [t('followUps.closed'), one.closed && `${time(one.closed)}, ${one.closedBy ?? ''}`],
    [t('word.reason'), one.note],
  ]
}
