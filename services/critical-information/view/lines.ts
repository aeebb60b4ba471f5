/** Critical information line by line: when each entry was registered and changed, and what applied at a moment. */
import type { Line, Snapshot } from '@helsevev/panel/panel.ts'
import type { Wording } from '@helsevev/ui/texts.ts'
import type { CriticalInformationData, ShownEntry, Source } from './panel-data.ts'

/** A line for each source: when it was registered there, and when it was changed. */
export function timeline({ entries }: CriticalInformationData, words: Wording<'critical-information'>): Line[] {
  return entries.flatMap((entry) =>
    entry.sources.flatMap((source) => {
      const { recorded, updated, updater, recorder } = source
      const isChanged = updated !== undefined && updated !== recorded
      return [
        ...(recorded ? [line(entry, [source], words, 'line.registered', recorded, recorder)] : []),
        ...(isChanged ? [{ ...line(entry, [source], words, 'line.changed', updated, updater), about: 'change' as const }] : []),
      ]
    }),
  )
}

/** The facts that had been registered by that moment and were in force, each with the sources that had registered it. */
export function snapshot({ entries }: CriticalInformationData, at: Date, words: Wording<'critical-information'>): Snapshot {
  const lines = entries
    .filter(({ standing }) => standing === 'active')
    .flatMap((entry) => {
      const [first, ...others] = entry.sources.filter(({ recorded }) => !(recorded && Date.parse(recorded) > at.getTime()))
      if (!first) return []
      const shown = line(entry, [first, ...others], words, 'line.registered', first.recorded ?? '', first.recorder)
      return first.updated ? [{ ...shown, changed: first.updated }] : [shown]
    })
  return { lines }
}

function line(
  { type, label, categoryNames, isSerious, standing, certainty, consequences }: ShownEntry,
  sources: readonly [Source, ...Source[]],
  { t, language }: Wording<'critical-information'>,
  kind: 'line.registered' | 'line.changed',
  time: string,
  author: string | undefined,
): Line {
  const value = [
    ...(type === 'AllergyIntolerance' && isSerious && standing === 'active' ? [t('serious')] : []),
    ...(certainty === 'confirmed' ? [] : [t(`certainty.${certainty}`)]),
    ...(standing === 'active' ? [] : [t(`standing.${standing}`)]),
    ...consequences,
  ].join(', ')
  return {
    key: sources[0].id,
    time,
    kind: t(kind),
    what: `${categoryNames[language]}: ${label}`,
    ...(value ? { value } : {}),
    controller: [...new Set(sources.map(({ controller }) => controller.name))].join(', '),
    ...(author ? { author } : {}),
    ...(sources[0].controller.phone ? { phone: sources[0].controller.phone } : {}),
  }
}
