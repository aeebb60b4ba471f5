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
  { t, time, authorization }: ReturnType<typeof useWords>,
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
    [t('misuse.where'), whereOf(one, authorization) || undefined],
    [t('word.hpr'), one.hprNumber],
    [t('misuse.opened'), time(one.opened)],
    [t('followUps.found'), one.finding && t(`misuse.findings.${one.finding}.name`)],
    [t('followUps.closed'), one.closed && `${time(one.closed)}, ${one.closedBy ?? ''}`],
    [t('word.reason'), one.note],
  ]
}

/** `sykepleier ved Bergen legevakt`, as far as it is known. */
function whereOf({ role, unit }: MisuseCase, authorization: (code: string) => string): string {
  return [role && authorization(role), unit].filter(Boolean).join(', ')
}

/** Cases that several rules opened from the same look-ups of one person: one event, to be judged as one. */
export function misuseEvents(cases: readonly MisuseCase[]): [MisuseCase, ...MisuseCase[]][] {
  const keyOf = ({ name, hprNumber, patient, firstAt, lastAt }: MisuseCase) =>
    JSON.stringify([hprNumber ?? name, patient?.name, patient?.birthDate, firstAt, lastAt])
  return [...Map.groupBy(cases, keyOf).values()] as [MisuseCase, ...MisuseCase[]][]
}
