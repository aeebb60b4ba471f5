/** Critical information line by line: when each entry was registered and changed, and what applied at a moment. */
import type { Line, Snapshot } from '@helsevev/panel/panel.ts'
import type { Wording } from '@helsevev/ui/texts.ts'
import type { CriticalInformationData, ShownEntry } from './panel-data.ts'

export function timeline({ entries }: CriticalInformationData, words: Wording<'critical-information'>): Line[] {
  return entries.flatMap((entry) => {
    const { recorded, updated, updater, recorder } = entry
    const isChanged = updated !== undefined && updated !== recorded
    return [
      ...(recorded ? [line(entry, words, 'line.registered', recorded, recorder)] : []),
      ...(isChanged ? [line(entry, words, 'line.changed', updated, updater)] : []),
    ]
  })
}

/** The entries that had been registered by that moment and were in force. */
export function snapshot({ entries }: CriticalInformationData, at: Date, words: Wording<'critical-information'>): Snapshot {
  const known = entries.filter(({ standing, recorded }) => standing === 'active' && !(recorded && Date.parse(recorded) > at.getTime()))
  return { lines: known.map((entry) => line(entry, words, 'line.registered', entry.recorded ?? '', entry.recorder)) }
}

function line(
  entry: ShownEntry,
  { t, language }: Wording<'critical-information'>,
  kind: 'line.registered' | 'line.changed',
  time: string,
  author: string | undefined,
): Line {
  const { id, type, label, categoryNames, isSerious, standing, certainty, consequences, controller } = entry
  const value = [
    ...(type === 'AllergyIntolerance' && isSerious && standing === 'active' ? [t('serious')] : []),
    ...(certainty === 'confirmed' ? [] : [t(`certainty.${certainty}`)]),
    ...(standing === 'active' ? [] : [t(`standing.${standing}`)]),
    ...consequences,
  ].join(', ')
  return {
    key: id,
    time,
    kind: t(kind),
    what: `${categoryNames[language]}: ${label}`,
    ...(value ? { value } : {}),
    controller: controller.name,
    ...(author ? { author } : {}),
  }
}
