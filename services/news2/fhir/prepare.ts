/**
 * The rules of the service for a resource that follows its profile. What was sent is never changed: a score also gets one extension with
 * our assessment, and everything worth knowing is a flag.
 */
import { codesAsWritten, hasCode } from '@helsevev/clinical/codes'
import { isTooYoung } from '@helsevev/clinical/news2/age'
import { news2Total } from '@helsevev/clinical/news2/codes'
import type { NotApplicable } from '@helsevev/clinical/news2/score'
import { dayOf, timeOf } from '@helsevev/clinical/time'
import type { Prepared, WriteContext } from '@helsevev/kernel/fhir/service'
import type { Issue } from '@helsevev/kernel/problem/problem'
import type { Observation } from '@medplum/fhirtypes'
import { assessScore } from './assess-score.ts'
import { assessmentExtension, assessmentUrl } from './assessment.ts'
import { readMeasurements } from './measurements.ts'
import { readScore } from './read-score.ts'
import { breach } from './rules.ts'

export function isScore(observation: Observation): boolean {
  return hasCode(observation.code, [news2Total], codesAsWritten)
}

export async function prepare(sent: Observation, context: WriteContext): Promise<Prepared<Observation>> {
  const { resource, issues: dropped } = withoutAssessment(sent)
  const common = [...checkTime(resource, context.now), ...checkIdentifier(resource)]
  if (!isScore(resource)) {
    const { issues } = readMeasurements(resource, 'Observation', context.codes)
    return { resource, issues: [...dropped, ...common, ...issues] }
  }

  const read = await readScore(resource, context)
  const applicability = checkApplicability(resource, read.pregnant?.expression, context)
  const { assessment, issues } = assessScore(read, applicability.notApplicable, context.controller)
  const found = [...common, ...read.issues, ...applicability.issues, ...issues]
  const flags = [...new Set(found.filter(({ severity }) => severity !== 'error').map(({ code }) => code))]
  const extension = [...(resource.extension ?? []), assessmentExtension({ ...assessment, flags })]
  return { resource: { ...resource, extension }, issues: [...dropped, ...found] }
}

/** A client that read a score and sends it back also sends our assessment; it is made again. */
function withoutAssessment(sent: Observation): { resource: Observation; issues: Issue[] } {
  const index = sent.extension?.findIndex(({ url }) => url === assessmentUrl) ?? -1
  if (index === -1) return { resource: sent, issues: [] }
  const { extension = [], ...rest } = sent
  const kept = extension.filter(({ url }) => url !== assessmentUrl)
  const resource = kept.length > 0 ? { ...rest, extension: kept } : rest
  return { resource, issues: [breach('assessment-dropped', `Observation.extension[${index}]`)] }
}

/** Clocks differ a little between systems. */
const CLOCK_TOLERANCE = 10 * 60_000

function checkTime(observation: Observation, now: Date): Issue[] {
  const time = timeOf(observation)
  if (!time) return []
  if (time.length < 10) return [breach('date-without-day', 'Observation.effective')]
  const hasTime = time.includes('T')
  const future = hasTime ? Date.parse(time) > now.getTime() + CLOCK_TOLERANCE : time > dayOf(now.toISOString())
  if (future) return [breach('effective-in-future', 'Observation.effective')]
  return hasTime ? [] : [breach('date-without-time', 'Observation.effective')]
}

function checkIdentifier({ identifier = [] }: Observation): Issue[] {
  return identifier.some(({ system, value }) => system && value) ? [] : [breach('identifier-missing', 'Observation.identifier')]
}

function checkApplicability(
  observation: Observation,
  pregnant: string | undefined,
  { birthDate }: WriteContext,
): { notApplicable: NotApplicable[]; issues: Issue[] } {
  const time = timeOf(observation)
  const tooYoung = birthDate && time && time.length >= 10 && isTooYoung(birthDate, dayOf(time))
  return {
    notApplicable: [...(tooYoung ? (['age'] as const) : []), ...(pregnant ? (['pregnancy'] as const) : [])],
    issues: [
      ...(birthDate ? [] : [breach('age-unknown', 'Observation.subject')]),
      ...(tooYoung ? [breach('not-applicable-age', 'Observation.subject')] : []),
      ...(pregnant ? [breach('not-applicable-pregnancy', pregnant)] : []),
    ],
  }
}
