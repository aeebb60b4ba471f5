/** The types of test results, in the words of the person they are about: what each holds, and the search in them. Pure. */
import type { Language } from '@helsevev/ui/format.ts'
import type { ShownAnalysis, ShownReport, ShownResult, TestResultsData } from '../panel-data.ts'
import { plainNameOf } from './plain-names.ts'

interface ResultKind {
  id: string
  names: Readonly<Record<Language, string>>
  /** Codes of list 8202. */
  expertise: readonly string[]
}

// biome-ignore format: a table, one type to a row
export const resultKinds: readonly ResultKind[] = [
  { id: 'blood', expertise: ['CLIN', 'FARM', 'IMTR'],
    names: { nb: 'Blodprøver og andre målinger', nn: 'Blodprøver og andre målingar', en: 'Blood tests and other measurements' } },
  { id: 'microbes', expertise: ['MBIO'],
    names: { nb: 'Bakterier og virus', nn: 'Bakteriar og virus', en: 'Bacteria and viruses' } },
  { id: 'images', expertise: ['RAD', 'NUK'],
    names: { nb: 'Bildeundersøkelser', nn: 'Biletundersøkingar', en: 'Imaging' } },
  { id: 'tissue', expertise: ['PAT'],
    names: { nb: 'Prøver av vev og celler', nn: 'Prøver av vev og celler', en: 'Samples of tissue and cells' } },
  { id: 'genes', expertise: ['MGEN'], names: { nb: 'Gentester', nn: 'Gentestar', en: 'Genetic tests' } },
]

const known = new Set(resultKinds.flatMap(({ expertise }) => expertise))

/** A discipline that is not known stands with the measurements. */
function isOf(kind: ResultKind, { expertise }: ShownReport): boolean {
  return kind.expertise.includes(expertise) || (kind.id === 'blood' && !known.has(expertise))
}

/** What is of one type; everything without one. Analyses are numbers over time, which stand with the measurements. */
export function ofKind({ reports, analyses, more }: TestResultsData, id: string | undefined): TestResultsData {
  const kind = resultKinds.find((one) => one.id === id)
  if (!kind) return { reports, analyses, more }
  return { reports: reports.filter((report) => isOf(kind, report)), analyses: kind.id === 'blood' ? analyses : [], more }
}

export interface Search {
  /** As typed; every word of it must be found. */
  words: string
  outsideOnly: boolean
}

/** `titleOf`: the heading of a report as it is shown. */
export function found(data: TestResultsData, { words, outsideOnly }: Search, language: Language, titleOf: (report: ShownReport) => string) {
  const asked = words.toLowerCase().split(/\s+/).filter(Boolean)
  const has = (...texts: readonly (string | undefined)[]) => {
    const text = texts.join(' ').toLowerCase()
    return asked.every((word) => text.includes(word))
  }
  return {
    analyses: data.analyses
      .filter((one) => has(one.name, plainNameOf(one, language), one.code))
      .filter(({ points }) => !outsideOnly || points.at(-1)?.deviation !== undefined)
      .toSorted(outsideFirst),
    reports: data.reports
      .filter((report) =>
        has(titleOf(report), report.title, ...report.comments, ...report.results.flatMap((one) => wordsIn(one, language))),
      )
      .filter(({ results }) => !outsideOnly || results.some(isOutside)),
  }
}

/** Outside its reference at the newest measurement; then the newest. */
function outsideFirst(one: ShownAnalysis, other: ShownAnalysis): number {
  const [a, b] = [one.points.at(-1), other.points.at(-1)]
  return Number(b?.deviation !== undefined) - Number(a?.deviation !== undefined) || (b?.time ?? 0) - (a?.time ?? 0)
}

function wordsIn(result: ShownResult, language: Language): string[] {
  const { name, code, text, comments, members } = result
  return [name, code, plainNameOf(result, language), text, ...comments, ...members.flatMap((one) => wordsIn(one, language))].filter(
    (word) => word !== undefined,
  )
}

export function isOutside({ deviation, members }: ShownResult): boolean {
  return deviation !== undefined || members.some(isOutside)
}
