/** Test results line by line: every report; and at a moment the newest number of each analysis, and what reports say in words. */
import type { Line, Snapshot } from '@helsevev/panel/panel.ts'
import { dayInNorway, formatTime } from '@helsevev/ui/format.ts'
import { codedText, type Wording } from '@helsevev/ui/texts.ts'
import type { ShownAnalysis, ShownPoint, ShownReport, ShownResult, TestResultsData } from './panel-data.ts'

/** Values that fit on a line; the panel has them all. */
const VALUES = 3

type Words = Wording<'test-results'>

export function timeline({ reports }: TestResultsData, words: Words): Line[] {
  return reports.map((report) => {
    const results = standing(report)
    const short = results.map(inShort)
    const rest = [...short.slice(VALUES), ...results.flatMap(resistanceOf), ...report.comments]
    return lineOf(report, results, short.slice(0, VALUES), rest, words)
  })
}

export function snapshot(data: TestResultsData, at: Date, words: Words): Snapshot {
  const { analyses, reports, more } = data
  const oldest = reports.at(-1)
  const numbers = analyses.flatMap((analysis) => numberLine(analysis, at, data, words))
  const inWords = reports
    .filter(({ time, status }) => Date.parse(time) <= at.getTime() && status !== 'cancelled' && status !== 'entered-in-error')
    .flatMap((report) => {
      const results = standing(report).filter(isInWords)
      const said = results.flatMap((result) => [inShort(result), ...resistanceOf(result)])
      return said.length > 0 ? [lineOf(report, results, [...said, ...report.comments], [], words)] : []
    })
  return { lines: [...numbers, ...inWords], ...(more && oldest ? { from: oldest.time } : {}) }
}

/** The newest number at a moment; the others of that day go with it. */
function numberLine({ name, unit, points }: ShownAnalysis, at: Date, { reports }: TestResultsData, { t, language }: Words): Line[] {
  const until = points.filter(({ time }) => time <= at.getTime())
  const point = until.at(-1)
  if (!point) return []
  const controller = reports.find(({ laboratory }) => laboratory !== undefined && laboratory === point.source)?.controller
  const dayOf = ({ time }: ShownPoint) => dayInNorway(new Date(time))
  const words = ({ number, status, deviation }: ShownPoint) =>
    [
      `${number} ${unit}`.trim(),
      ...(deviation ? [t(`deviation.${deviation}`)] : []),
      ...(status ? [t(`status.${status}`).toLowerCase()] : []),
    ].join(', ')
  const sameDay = until
    .slice(0, -1)
    .filter((other) => dayOf(other) === dayOf(point))
    .map((other) => `${words(other)} (${formatTime(new Date(other.time), language)})`)
  return [
    {
      key: `${name} ${unit}`,
      time: new Date(point.time).toISOString(),
      kind: t('analysis'),
      what: name,
      value: words(point),
      controller: controller?.name ?? point.source,
      ...(controller ? { unit: point.source } : {}),
      ...(controller?.phone ? { phone: controller.phone } : {}),
      ...(sameDay.length > 0 ? { sameDay } : {}),
    },
  ]
}

/** A cancelled result is none; the panel shows it as cancelled. */
function standing({ results }: ShownReport): ShownResult[] {
  return results.filter(({ status }) => status !== 'cancelled' && status !== 'entered-in-error')
}

function lineOf(
  { id, time, title, expertise, status, laboratory, requester, controller }: ShownReport,
  results: readonly ShownResult[],
  values: readonly string[],
  rest: string[],
  { t }: Words,
): Line {
  const discipline = codedText(t, 'discipline', expertise) ?? expertise
  const outside = results.filter(({ deviation }) => deviation).length
  const value = [
    ...(status === 'final' ? [] : [t(`status.${status}`)]),
    ...values,
    ...(outside > 0 ? [t('outside', { count: outside })] : []),
  ].join(' · ')
  return {
    key: id,
    time,
    kind: discipline,
    what: title || discipline,
    ...(value ? { value } : {}),
    ...(rest.length > 0 ? { rest } : {}),
    controller: controller.name,
    ...(laboratory ? { unit: laboratory } : {}),
    ...(requester ? { author: t('orderedBy', { who: requester }).replace(/\.$/, '') } : {}),
    ...(controller.phone ? { phone: controller.phone } : {}),
  }
}

function isInWords(result: ShownResult): boolean {
  return (result.value === undefined && result.text !== undefined) || result.members.some(isInWords)
}

/** What it came to, with what was found in it, such as the bacteria of a culture. */
function inShort(result: ShownResult): string {
  const { name, value, text } = result
  const found = findingsIn(result).flatMap((finding) => finding.value ?? finding.text ?? [])
  return [[name, value ?? text].filter(Boolean).join(' '), ...found].join(', ')
}

function findingsIn({ members }: ShownResult): ShownResult[] {
  return members.filter(({ susceptibility }) => !susceptibility).flatMap((member) => [member, ...findingsIn(member)])
}

const answers = ['R', 'I', 'S'] as const

/** The agents by answer, of each bacterium. */
function resistanceOf(result: ShownResult): string[] {
  return [result, ...findingsIn(result)].flatMap(({ name, text, members }) => {
    const said = answers.flatMap((answer) => {
      const agents = members.filter(({ susceptibility }) => susceptibility === answer).map((agent) => agent.name)
      return agents.length > 0 ? [`${answer} ${agents.join(', ')}`] : []
    })
    return said.length > 0 ? [`${text ?? name}: ${said.join('; ')}`] : []
  })
}
