/**
 * What the patient's choices hide from a reader. An opt-out hides the service, a block hides records from one named practitioner, and a
 * restriction hides them until a consent or an emergency opens it (pasient- og brukerrettighetsloven § 5-3, pasientjournalloven § 17;
 * docs/decisions/0017-choices-of-the-patient.md).
 */
import type { OpenedBy } from '../audit/chain.ts'
import type { OpenedRestriction, WithheldCause, Withholding } from '../store/visibility.ts'
import type { AccessRequest, Choice, Facts } from './request.ts'

/** What opens restrictions for one look-up: BTG, or consent that the professional declares. */
export type Override = 'emergency' | 'consent' | undefined

const overrides: Record<'emergency' | 'consent' | 'none', OpenedBy | undefined> = {
  emergency: 'emergency',
  consent: 'declared-consent',
  none: undefined,
}

export interface Reader {
  reader: 'staff' | 'patient' | 'youth' | 'representative'
  service: string
  organization: string
  /** Every HPR number of the person who reads: a choice names a person, by any of them. */
  practitioners: readonly string[]
  override: Override
  now: Date
}

export interface Hidden {
  withholdings: Withholding[]
  /** The restrictions that stand against this reader and that the override or a registered consent opens. */
  opened: (OpenedRestriction & { by: OpenedBy })[]
}

export function choicesThatHide(choices: readonly Choice[], reader: Reader): Hidden {
  const standing = choices.filter((choice) => stands(choice, reader))
  const consents = standing.filter((choice) => choice.kind === 'consent' && admits(choice, reader))
  const withholdings: Withholding[] = []
  const opened: Hidden['opened'] = []
  for (const choice of standing) {
    const cause = causeFor(choice, reader)
    if (!cause) continue
    const consent = cause === 'GeneralBlock' ? consents.find((one) => covers(one, choice)) : undefined
    const by = consent ? 'registered-consent' : cause === 'GeneralBlock' ? overrides[reader.override ?? 'none'] : undefined
    if (by) {
      opened.push({ choice: choice.id, controller: choice.controller, record: choice.record, by, consent: consent?.id })
      continue
    }
    withholdings.push({
      cause,
      choice: choice.id,
      controller: choice.controller,
      record: choice.record,
      // A person under 16, and a person who acts for another, is not shown that anything is restricted.
      told: reader.reader === 'staff' || reader.reader === 'patient' || (reader.reader === 'youth' && cause === 'Reservation'),
    })
  }
  return { withholdings, opened }
}

/** Every health personnel number of the person who reads, as far as the registers know them. */
export function readersNumbers({ caller }: AccessRequest, { hprNumbers }: Pick<Facts, 'hprNumbers'>): readonly string[] {
  return hprNumbers ?? [caller.hprNumber].filter((number) => number !== undefined)
}

/** Whether the patient has blocked the reader from all controllers' records in the service. */
export function isBlocked(choices: readonly Choice[], reader: Pick<Reader, 'service' | 'organization' | 'practitioners' | 'now'>): boolean {
  const { withholdings } = choicesThatHide(choices, { ...reader, reader: 'staff', override: undefined })
  return withholdings.some(isWholeBlock)
}

/** A block of everything: the practitioner is shown the block, and nothing else. */
function isWholeBlock({ cause, controller, record }: Withholding): boolean {
  return cause === 'SpecificBlock' && controller === null && record === null
}

/**
 * The controllers of which a reader of staff may hear that they have reported: not those whose records are blocked for this reader, and
 * none when the patient has opted out, so that what is stated about a block or an opt-out is the same whatever there is.
 */
export function heardOf(contributors: readonly string[], withholdings: readonly Withholding[]): string[] {
  if (withholdings.some((hidden) => hidden.cause === 'Reservation')) return []
  const blocks = withholdings.filter(({ cause }) => cause === 'SpecificBlock')
  return contributors.filter((controller) => !hiddenAsAWhole(blocks, controller))
}

/** Whether everything a controller has in the service is hidden. */
export function hiddenAsAWhole(withholdings: readonly Withholding[], controller: string): boolean {
  return withholdings.some((hidden) => hidden.record === null && (hidden.controller === null || hidden.controller === controller))
}

function stands({ service, validFrom, validUntil }: Choice, { service: asked, now }: Reader): boolean {
  const at = now.getTime()
  return (service === null || service === asked) && validFrom <= at && (validUntil === null || validUntil > at)
}

function causeFor({ kind, receiver, practitioner }: Choice, { reader, organization, practitioners }: Reader): WithheldCause | undefined {
  if (kind === 'consent') return undefined
  if (kind === 'opt-out') return 'Reservation'
  if (reader === 'patient') return undefined
  if (kind === 'block') {
    const meant =
      reader === 'staff' &&
      practitioner !== null &&
      practitioners.includes(practitioner) &&
      (receiver === null || receiver === organization)
    return meant ? 'SpecificBlock' : undefined
  }
  // A youth, and a person who acts for the patient, sees no more than the most restricted member of staff.
  if (reader !== 'staff') return 'GeneralBlock'
  return receiver === null || receiver === organization ? 'GeneralBlock' : undefined
}

/** Whether a consent is for this reader. */
function admits({ receiver, practitioner }: Choice, { reader, organization, practitioners }: Reader): boolean {
  const isMeant = practitioner === null || practitioners.includes(practitioner)
  return reader === 'staff' && (receiver === null || receiver === organization) && isMeant
}

/**
 * Whether a consent opens a restriction: it does when it is at least as wide, and names the single record that the restriction names. A
 * person who hid one record from everybody meant that record, and gives a consent to a service in the belief that it stays hidden. One that
 * a person acting for the patient gave opens what that person restricted, and not what the patient, staff on request or another such person
 * did: when parents disagree, the stricter holds.
 */
function covers(consent: Choice, restriction: Choice): boolean {
  return (
    (consent.controller === null || consent.controller === restriction.controller) &&
    consent.record === restriction.record &&
    (consent.madeAs !== 'representative' || (restriction.madeAs === 'representative' && restriction.maker === consent.maker))
  )
}
