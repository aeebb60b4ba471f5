/**
 * Reads the band that senders write in words in addition to a sub-score, as in `≥25`, `93–94 med oksygentilførsel` or `C, V, P eller U`,
 * and returns the score of that band in the chart. The words are better evidence than the number: they contain what was measured.
 */
import { type Column, columnOf, type NumericParameter, type Parameter, type Scale, type Score } from '@helsevev/clinical/news2/chart'
import { scoreBreathing, scoreConsciousness } from '@helsevev/clinical/news2/score'
import type { Breathing } from '@helsevev/clinical/vital-signs'
import { readBreathing, readConsciousness } from './words.ts'

/** The score of the band that the text names; undefined when it names none, or several with different scores. */
export function scoreBandText(parameter: Parameter, text: string, scale: Scale = 1): Score | undefined {
  // Blanks are made one first: an expression that looks for a run of them in front of a word reads a long run again from each blank.
  const plain = text.replace(/\s+/g, ' ')
  const parts = plain.split(/ (?:eller|or) |[,;] /i).filter((part) => part.trim() !== '')
  const scores = new Set(parts.map((part) => scorePart(parameter, part.trim(), scale)))
  return scores.size === 1 ? [...scores][0] : undefined
}

function scorePart(parameter: Parameter, part: string, scale: Scale): Score | undefined {
  if (parameter === 'oxygen') {
    const breathing = readBreathing(part)
    return breathing && scoreBreathing(breathing)
  }
  if (parameter === 'consciousness') {
    const consciousness = readConsciousness(part)
    return consciousness && scoreConsciousness(consciousness)
  }
  return scoreRange(parameter, part, scale)
}

const RANGE = /^(?<bound>≤|≥)?(?<first>\d+(?:\.\d+)?)(?:-(?<last>\d+(?:\.\d+)?))?(?<rest>\D*|\s.*)$/u

function scoreRange(parameter: NumericParameter, part: string, scale: Scale): Score | undefined {
  const groups = RANGE.exec(normalise(part))?.groups
  if (!groups) return undefined
  const { bound, first, last, rest } = groups
  const from = bound === '≤' ? undefined : Number(first)
  const to = bound === '≥' ? undefined : Number(last ?? first)
  return scoreOfRow(columnOf(parameter, scale), from, to, readBreathing(rest ?? ''))
}

/** The text must name the whole row: a text `93` is a value, not the band 92–93. */
function scoreOfRow(column: Column, from: number | undefined, to: number | undefined, breathing: Breathing | undefined): Score | undefined {
  const rows = column.rows.filter(
    (row) => row.from === from && row.to === to && (breathing === undefined || row.breathing === undefined || row.breathing === breathing),
  )
  return rows.length === 1 ? rows[0]?.score : undefined
}

function normalise(part: string): string {
  return part
    .replace(/<=|=</g, '≤')
    .replace(/>=|=>/g, '≥')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/(\d),(\d)/g, '$1.$2')
    .replace(/([≤≥-]) | (?=-)/g, '$1')
}
