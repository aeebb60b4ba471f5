/** Scores what a sender reported: measured values first, then a band named in words, then the sub-score as sent. */

import { type Parameter, parameters, type Scale, type Score } from '@helsevev/clinical/news2/chart'
import {
  assess,
  type Basis,
  isLegal,
  type NotApplicable,
  possibleTotals,
  scoreBreathing,
  scoreConsciousness,
  scoreNumber,
} from '@helsevev/clinical/news2/score'
import type { Breathing, Consciousness } from '@helsevev/clinical/vital-signs'
import type { Issue } from '@helsevev/kernel/problem/problem'
import { scoreBandText } from '../model/band-text.ts'
import type { AssessedSubScore, Assessment } from './assessment.ts'
import type { MeasuredValue } from './measurements.ts'
import type { ReadScore } from './read-score.ts'
import { breach } from './rules.ts'

export function assessScore(
  read: ReadScore,
  notApplicable: NotApplicable[],
  controller: string,
): { assessment: Assessment; issues: Issue[] } {
  const scale = read.scale ?? (read.measured.has('saturation') ? 1 : undefined)
  const scored = parameters.map((parameter) => ({ parameter, ...scoreParameter(parameter, read, scale ?? 1) }))
  const counted = scored.flatMap(({ parameter, found }) => (found ? [{ parameter, ...found }] : []))
  const result = assess(counted, notApplicable)
  const { worst, subScores: _described, ...rest } = result
  const issues = [
    ...(scale && !read.scale
      ? [breach('scale-assumed', 'Observation.component', 'No sub-score says which saturation scale was used')]
      : []),
    ...(scale === 2 && !read.chosenBy ? [breach('scale2-chooser-missing', 'Observation.extension')] : []),
    ...scored.flatMap(({ parameter, found }) => checkSubScore(parameter, read, found)),
    ...(result.missing.length > 0 ? [breach('parameter-missing', 'Observation.component', `Missing: ${result.missing.join(', ')}`)] : []),
    ...checkTotal(read, result),
  ]
  const assessment: Assessment = {
    controller,
    ...rest,
    partial: result.missing.length > 0,
    ...(scale ? { scale } : {}),
    ...(read.chosenBy ? { scaleChosenBy: read.chosenBy } : {}),
    worstParameters: worst?.parameters ?? [],
    ...(worst ? { worstScore: worst.score } : {}),
    ...(read.sentTotal === undefined ? {} : { sentTotal: read.sentTotal }),
    subScores: scored.flatMap(({ parameter, found }) => describe(parameter, read, found) ?? []),
    flags: [],
  }
  return { assessment, issues }
}

interface Found {
  score: Score
  basis: Basis
}

function scoreParameter(parameter: Parameter, read: ReadScore, scale: Scale): { found?: Found } {
  const measured = scoreMeasured(parameter, read.measured.get(parameter)?.value, scale, breathingOf(read))
  if (measured !== undefined) return { found: { score: measured, basis: 'measured' } }
  const sent = read.subScores.get(parameter)
  const named = sent?.text === undefined ? undefined : scoreBandText(parameter, sent.text, scale)
  if (named !== undefined) return { found: { score: named, basis: 'band-text' } }
  if (sent?.score !== undefined && isLegal(parameter, sent.score)) return { found: { score: sent.score, basis: 'sent' } }
  return {}
}

function scoreMeasured(
  parameter: Parameter,
  value: MeasuredValue | undefined,
  scale: Scale,
  breathing: Breathing | undefined,
): Score | undefined {
  if (value === undefined) return undefined
  if (parameter === 'oxygen') return scoreBreathing(value as Breathing)
  if (parameter === 'consciousness') return scoreConsciousness(value as Consciousness)
  return scoreNumber(parameter, value as number, scale, breathing)
}

/** What the patient breathes, which scale 2 needs: measured, or derived from the sub-score of air or oxygen. */
function breathingOf(read: ReadScore): Breathing | undefined {
  const measured = read.measured.get('oxygen')?.value as Breathing | undefined
  if (measured) return measured
  const sent = read.subScores.get('oxygen')
  const score = (sent?.text === undefined ? undefined : scoreBandText('oxygen', sent.text)) ?? sent?.score
  if (score === 2) return 'oxygen'
  return score === 0 ? 'air' : undefined
}

function checkSubScore(parameter: Parameter, read: ReadScore, found: Found | undefined): Issue[] {
  const sent = read.subScores.get(parameter)
  if (!sent) return []
  if (sent.score === undefined || !isLegal(parameter, sent.score)) {
    return [breach('sub-score-illegal', sent.expression, `The sub-score of ${parameter} cannot be ${sent.score ?? 'without a number'}`)]
  }
  if (!found || found.score === sent.score) return []
  const because = found.basis === 'measured' ? 'the measured value' : 'the band sent with it'
  return [
    breach(
      'sub-score-disagrees',
      sent.expression,
      `The sub-score of ${parameter} was sent as ${sent.score}; ${because} scores ${found.score}`,
    ),
  ]
}

function checkTotal(read: ReadScore, result: ReturnType<typeof assess>): Issue[] {
  const { sentTotal } = read
  if (sentTotal === undefined || result.notApplicable.length > 0) return []
  const at = 'Observation.value'
  if (result.total !== undefined) {
    return sentTotal === result.total
      ? []
      : [breach('total-disagrees', at, `The total was sent as ${sentTotal}; the sub-scores add up to ${result.total}`)]
  }
  const { from, to } = possibleTotals(result)
  if (Number.isInteger(sentTotal) && from <= sentTotal && sentTotal <= to) return []
  return [
    breach('total-disagrees', at, `The total was sent as ${sentTotal}; with what is known it is a whole number from ${from} to ${to}`),
  ]
}

function describe(parameter: Parameter, read: ReadScore, found: Found | undefined): AssessedSubScore | undefined {
  const { value: measured, written } = read.measured.get(parameter) ?? {}
  const sent = read.subScores.get(parameter)?.score
  if (!found && measured === undefined && sent === undefined) return undefined
  return {
    parameter,
    ...found,
    ...(measured === undefined ? {} : { measured }),
    ...(written === undefined ? {} : { written }),
    ...(sent === undefined ? {} : { sent }),
  }
}
