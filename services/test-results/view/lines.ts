/** Test results line by line: every report, and the newest number of each analysis at a moment. */
import type { Line, Snapshot } from '@helsevev/panel/panel.ts'
import { codedText, type Wording } from '@helsevev/ui/texts.ts'
import type { ShownReport, ShownResult, TestResultsData } from './panel-data.ts'

/** Values that fit on a line; the panel has them all. */
const VALUES = 3

export function timeline({ reports }: TestResultsData, words: Wording<'test-results'>): Line[] {
  return reports.map((report) => line(report, words))
}

export function snapshot({ analyses, reports, more }: TestResultsData, at: Date, { t }: Wording<'test-results'>): Snapshot {
  const controllerOf = new Map(reports.flatMap(({ laboratory, controller }) => (laboratory ? [[laboratory, controller.name]] : [])))
  const lines = analyses.flatMap(({ name, unit, points }) => {
    const point = points.findLast(({ time }) => time <= at.getTime())
    if (!point) return []
    return {
      key: `${name} ${unit}`,
      time: new Date(point.time).toISOString(),
      kind: t('analysis'),
      what: name,
      value: [point.written, ...(point.deviation ? [t(`deviation.${point.deviation}`)] : [])].join(', '),
      controller: controllerOf.get(point.source) ?? point.source,
      ...(controllerOf.has(point.source) ? { unit: point.source } : {}),
    }
  })
  const oldest = reports.at(-1)
  return { lines, ...(more && oldest ? { from: oldest.time } : {}) }
}

function line(report: ShownReport, { t }: Wording<'test-results'>): Line {
  const { id, time, title, expertise, status, laboratory, requester, controller } = report
  // A cancelled line is no result; the panel shows it as cancelled.
  const results = report.results.filter((result) => result.status !== 'cancelled' && result.status !== 'entered-in-error')
  const discipline = codedText(t, 'discipline', expertise) ?? expertise
  const outside = results.filter(({ deviation }) => deviation).length
  const value = [
    ...(status === 'final' ? [] : [t(`status.${status}`)]),
    ...results.slice(0, VALUES).map(written),
    ...(results.length > VALUES ? [t('line.more', { count: results.length - VALUES })] : []),
    ...(outside > 0 ? [t('outside', { count: outside })] : []),
  ].join(' · ')
  return {
    key: id,
    time,
    kind: discipline,
    what: title || discipline,
    ...(value ? { value } : {}),
    controller: controller.name,
    ...(laboratory ? { unit: laboratory } : {}),
    ...(requester ? { author: t('orderedBy', { who: requester }).replace(/\.$/, '') } : {}),
  }
}

function written({ name, value, text }: ShownResult): string {
  return [name, value ?? text].filter(Boolean).join(' ')
}
