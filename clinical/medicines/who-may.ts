/**
 * Who may do what with the medication list and with prescriptions, by profession (Volven 9060) and right to prescribe (HPR). Published
 * sources contradict each other, so the rows where they do can be set by each controller, within what one of the sources allows:
 *
 * - Sending the list (M25.1): e-resept says that only doctors can send it; Helse Nord says that all with the right to prescribe may create
 *   and update it.
 *
 * The stricter source is the default. This table is about professions alone: access to the patient is decided before it. Who reads is
 * decided by the roles of each service, and is no row here.
 */

export interface Professional {
  /** Code of Volven 9060, such as `LE`. */
  readonly profession: string
  /** As HPR states it: dentists have it, and some midwives, public health nurses, opticians and others. */
  readonly hasPrescribingRight: boolean
}

const groups = {
  doctors: ({ profession }: Professional) => profession === 'LE',
  prescribers: ({ hasPrescribingRight }: Professional) => hasPrescribingRight,
  dispensers: ({ profession }: Professional) => profession === 'FA1' || profession === 'FA2',
  'prescribers-and-dispensers': (person: Professional) => groups.prescribers(person) || groups.dispensers(person),
} as const

type Group = keyof typeof groups

interface Row {
  /** What a controller may set; the first is the default. */
  readonly choices: readonly [Group, ...Group[]]
  readonly source: string
}

// biome-ignore format: a table, one row to a line
export const policies = {
  'send-list': { choices: ['doctors', 'prescribers'], source: 'e-resept, who sends M25.1; Helse Nord, what the medication list is' },
  'propose-changes': { choices: ['dispensers'], source: 'M25.2 is sent by the pharmacy' },
  'send-lines': { choices: ['prescribers-and-dispensers'], source: 'no published rule was found for M25.4: those who read the list by e-resept' },
  'mark-intended': { choices: ['prescribers'], source: 'VarselHandtert has the prescriber as its author' },
  prescribe: { choices: ['prescribers'], source: 'M1 is sent by who has the right to prescribe' },
  recall: { choices: ['prescribers'], source: 'M5 is sent by who has the right to prescribe' },
  dispense: { choices: ['dispensers'], source: 'M10 is sent by the pharmacy' },
  'register-multidose': { choices: ['doctors'], source: 'M27.1 registers a doctor' },
  'register-multidose-pharmacy': { choices: ['dispensers'], source: 'M27.1 of a pharmacy registers that pharmacy' },
} as const satisfies Record<string, Row>

export type MedicineAction = keyof typeof policies

/** What a controller has set; an action that it has not set has the default. */
export type PolicySettings = { readonly [A in MedicineAction]?: (typeof policies)[A]['choices'][number] }

/** A setting that is not among the choices of its row, as one that was stored earlier, gives the default. */
export function mayDo(action: MedicineAction, person: Professional, settings: PolicySettings = {}): boolean {
  const { choices }: Row = policies[action]
  const set = settings[action]
  return groups[set !== undefined && choices.includes(set) ? set : choices[0]](person)
}
