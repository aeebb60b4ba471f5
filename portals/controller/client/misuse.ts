/** The words for a misuse case, in the list and on its own page. */
import type { MisuseCase } from '@helsevev/kernel/control/contract'
import { languageOf } from '@helsevev/ui/format.ts'

import { useWords } from './words.ts'

type CaseText = MisuseCase['title']

export function useCaseText(): (text: CaseText) => string {
  const { language } = useWords()
  return (text) => text[languageOf(language)]
}

export function misuseFacts(
  one: MisuseCase,
  { t, time }: ReturnType<typeof useWords>,
  patient: string,
  textOf: (text: CaseText) => string,
): (readonly [string, string | null | undefined])[] {
  return [
    [t('misuse.why'), one.why && textOf(one.why)],
    [t('followUps.patient'), patient],
    [
      t('misuse.when'),
      time(one.firstAt) === time(one.lastAt) ? time(one.firstAt) : t('word.range', { from: time(one.firstAt), until: time(one.lastAt) }),
    ],
    [t('word.hpr'), one.hprNumber],
    [t('misuse.opened'), time(one.opened)],
    [t('followUps.found'), one.finding && t(`misuse.findings.${one.finding}.name`)],
    [t('followUps.closed'), one.closed && `${time(one.closed)}, ${one.closedBy ?? ''}`],
    [t('word.reason'), one.note],
  ]
}
