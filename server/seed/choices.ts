/** What patients have decided (pasient- og brukerrettighetsloven § 5-3, pasientjournalloven § 17): one of each kind. */
import type { ServiceId } from './agreements.ts'
import { bergen, helseVest } from './organizations.ts'

export interface SeedChoice {
  /** Id of the seeded patient. */
  patient: string
  /** The n-th of that patient. */
  id: number
  kind: 'opt-out' | 'restriction' | 'block' | 'consent'
  service?: ServiceId
  /** Whose records. */
  controller?: string
  /** Who may not see them; of a consent, who may. */
  receiver?: string
  /** HPR number. */
  practitioner?: string
  made: string
  until?: string
  /** Test person among the staff who registered it; the patient when absent. */
  by?: string
  note?: string
}

export const choices: readonly SeedChoice[] = [
  { patient: 'ragnhild', id: 1, kind: 'opt-out', service: 'news2', made: '2026-02-10T09:30:00Z' },
  { patient: 'torbjorn', id: 1, kind: 'restriction', controller: helseVest.number, made: '2026-03-04T18:05:00Z' },
  // Ingrid Solheim, nurse-bergen.
  { patient: 'vigdis', id: 1, kind: 'block', practitioner: '990000011', made: '2026-04-21T20:15:00Z' },
  // What the hospital restricted on his request, he has opened to Bergen until the end of next year.
  {
    patient: 'leif',
    id: 1,
    kind: 'restriction',
    controller: helseVest.number,
    made: '2026-01-12T10:00:00Z',
    by: 'nurse-bergen',
    note: 'Muntlig ønske fra pasienten (oppdiktet).',
  },
  {
    patient: 'leif',
    id: 2,
    kind: 'consent',
    controller: helseVest.number,
    receiver: bergen.number,
    made: '2026-05-05T12:40:00Z',
    until: '2027-12-31T23:00:00Z',
  },
]
