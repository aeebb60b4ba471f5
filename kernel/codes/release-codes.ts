/** Release codes: what the patient and those acting for the patient do not see while staff do. Volven list 9603, read 2026-11-22. */
export const RELEASE_SYSTEM = 'urn:oid:2.16.578.1.12.4.1.1.9603'

type HiddenFrom = 'everyone' | 'representatives' | 'youth'

/** NORU is not here: it is a date, and NORS hides from staff. */
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

/** The source has blocked it against staff. */
export const BLOCKED_AGAINST_STAFF = 'NORS'

/** Delayed: shown from a date. */
export const DELAYED = 'NORU'
