/**
 * Release codes: what staff see, but the patient and the persons who act for the patient do not. Volven list 9603, read 2026-11-22.
 */
export const RELEASE_SYSTEM = 'urn:oid:2.16.578.1.12.4.1.1.9603'

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
  NORN_FORANS: 'representatives',
  NORN_UNGDOM: 'youth',
}

/** The source has blocked the record against staff. */
export const BLOCKED_AGAINST_STAFF = 'NORS'

/** The record is delayed: shown from a date. */
export const DELAYED = 'NORU'
