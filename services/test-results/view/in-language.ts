/** The numbers of results with the decimal sign of the language, and all the digits that were sent. */
import { decimalSignIn, type Language } from '@helsevev/ui/format.ts'
import type { ShownAnalysis, ShownReport, ShownResult, TestResultsData } from './panel-data.ts'

export function inLanguage({ reports, analyses, ...rest }: TestResultsData, language: Language): TestResultsData {
  const signed = (text: string) => decimalSignIn(text, language)
  const result = ({ value, interval, members, ...others }: ShownResult): ShownResult => ({
    ...others,
    ...(value === undefined ? {} : { value: signed(value) }),
    ...(interval === undefined ? {} : { interval: signed(interval) }),
    members: members.map(result),
  })
  const report = (one: ShownReport): ShownReport => ({ ...one, results: one.results.map(result) })
  const analysis = (one: ShownAnalysis): ShownAnalysis => ({
    ...one,
    unit: signed(one.unit),
    points: one.points.map((point) => ({ ...point, number: signed(point.number), written: signed(point.written) })),
  })
  return { reports: reports.map(report), analyses: analyses.map(analysis), ...rest }
}
