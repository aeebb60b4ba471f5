/**
 * Release codes: what staff see, but the patient and the persons who act for the patient do not. Volven list 9603, read 2026-11-22, and
 * the one code of HL7 confidentiality that keeps a document from the patient (domain notes on document sharing, list-filter rules).
 *
 * A label that is spelt oddly must not fall silent: whatever looks like a code of the list is that code, and what looks like a label and is
 * none refuses the write.
 */
export const RELEASE_SYSTEM = 'urn:oid:2.16.578.1.12.4.1.1.9603'

const CONFIDENTIALITY_SYSTEM = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality'
/** HL7 v3 Confidentiality, http://terminology.hl7.org/CodeSystem/v3-Confidentiality, read 2026-11-30. */
const confidentialities = ['U', 'L', 'M', 'N', 'R', 'V']
/** Very restricted: shown to staff, and neither to the patient nor to anybody who acts for the patient. */
const VERY_RESTRICTED = 'V'

type HiddenFrom = 'everyone' | 'representatives' | 'youth'

/** Who each code hides a record from. NORU is not here since it stands for a date, nor is NORS since it hides from staff. */
export const releaseCodes: Readonly<Record<string, HiddenFrom>> = {
  NORN_FFL: 'everyone',
  NORN_KUT: 'everyone',
  NORN_EPO: 'everyone',
  NORN_ALL: 'everyone',
  NORN_FOR: 'everyone',
  NORN_FFH: 'everyone',
  NORN_FPB: 'everyone',
  NORN_DUP: 'everyone',
  NORN_ANG: 'everyone',
  [VERY_RESTRICTED]: 'everyone',
  NORN_FORANS: 'representatives',
  NORN_UNGDOM: 'youth',
}

/** The source has blocked the record against staff. */
export const BLOCKED_AGAINST_STAFF = 'NORS'

/** The record is delayed: shown from a date. */
export const DELAYED = 'NORU'

/** The record is released at once. It means so only when it is the only code. */
const NORMAL = 'N'

const ofTheList = [NORMAL, DELAYED, BLOCKED_AGAINST_STAFF, ...Object.keys(releaseCodes).filter((code) => code !== VERY_RESTRICTED)]
/** The names of the codes in the list, which senders write instead of the code. Volven list 9603, read 2026-11-22. */
const names: Readonly<Record<string, string>> = {
  Normal: NORMAL,
  Sperret: BLOCKED_AGAINST_STAFF,
  'Nektet, alle': 'NORN_ALL',
  'Nektet, eget ønske': 'NORN_EPO',
  'Nektet, fare for liv': 'NORN_FFL',
  'Nektet, foreldet': 'NORN_FOR',
  'Nektet, klart utilrådelig': 'NORN_KUT',
}
const spellings = new Map(
  [...ofTheList.map((code) => [code, code] as const), ...Object.entries(names)].map(([text, code]) => [bare(text), code]),
)

/** Letters alone, in capitals: `norn-forans`, `NORN FORANS` and `NORN_FORANS` are one. */
function bare(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}]/gu, '')
}

interface SentCoding {
  system?: string | undefined
  code?: string | undefined
}

/** What a coding of meta.security says: a code of ours with its own system, a label of somebody else's, or a label that nobody knows. */
export type Label = { system: string; code: string } | 'other' | 'unknown'

/** Every spelling of the list's number as the last part of a system: with and without urn:oid:, as an address, or alone. */
const RELEASE = /(?:^|[^0-9])9603\/?$/
const CONFIDENTIALITY = /(?:v3[-/]confidentiality|(?:^|[^0-9.])2\.16\.840\.1\.113883\.5\.25)\/?$/i

export function labelOf({ system = '', code = '' }: SentCoding): Label {
  const from = system.trim()
  const known = spellings.get(bare(code))
  if (CONFIDENTIALITY.test(from)) {
    const confidentiality = code.trim().toUpperCase()
    return confidentialities.includes(confidentiality) ? { system: CONFIDENTIALITY_SYSTEM, code: confidentiality } : 'unknown'
  }
  if (from === '' || RELEASE.test(from)) return known === undefined ? 'unknown' : { system: RELEASE_SYSTEM, code: known }
  // No other list has codes that begin like these: the system is misspelt, and the code is what was meant.
  if (!/^NOR[NSU](?:[^\p{L}]|_|$)/iu.test(code.trim())) return 'other'
  return known === undefined ? 'unknown' : { system: RELEASE_SYSTEM, code: known }
}

/** The strictest of several labels holds: each hides as it would alone, and N adds nothing. */
export function hidingCodes(labels: readonly Label[]): string[] {
  const codes = labels.flatMap((label) => (typeof label === 'string' ? [] : [label.code]))
  return [...new Set(codes)].filter((code) => code === BLOCKED_AGAINST_STAFF || Object.hasOwn(releaseCodes, code))
}
