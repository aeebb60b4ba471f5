/**
 * What the memo of case 12/23 states about costs in running text, read by a person, each with its line in the pack of meeting 2/23. Amounts
 * are millions of kroner and not indexed.
 */
import type { CostTable } from '../pack/pack.ts'
import { type Reckoned, sumOf, sumsOf } from './reckon.ts'

/** The table that the text is about. */
export const statedTable = 'Nasjonale e-helseløsninger og Helsenettet 2021 – 2024'

interface Term {
  /** Negative where it is taken away. */
  amount: number
  about: string
  /** Where it stands in the pack. */
  line: number
}

/** What was charged in 2022, as the table has it, and what the text says it is made of. Helsenorge's text states no such equation. */
export interface Charged {
  solution: string
  column: string
  /** As in the table. */
  stated: number
  line: number
  terms: readonly Term[]
}

export const charged2022: readonly Charged[] = [
  {
    solution: 'Kjernejournal',
    column: 'Forskrift 2022',
    stated: 108,
    line: 675,
    terms: [
      { amount: 89.8, about: 'costs of 2022', line: 693 },
      { amount: 23.9, about: 'lower than what was charged', line: 699 },
    ],
  },
  {
    solution: 'E-resept',
    column: 'Forskrift 2022',
    stated: 125,
    line: 676,
    terms: [
      { amount: 125, about: 'costs of 2022', line: 702 },
      { amount: -13.5, about: 'paid from unused funds of earlier years', line: 703 },
      { amount: 13.7, about: 'not spent of what was charged', line: 704 },
    ],
  },
  {
    solution: 'Grunndata og HelseID',
    column: 'Forskrift 2022',
    stated: 70,
    line: 677,
    terms: [
      { amount: 70.8, about: 'costs of 2022', line: 708 },
      { amount: -0.7, about: 'paid from unused funds of earlier years', line: 709 },
      { amount: 5.3, about: 'not spent of what was charged', line: 710 },
    ],
  },
]

function reckonCharged(): Reckoned[] {
  return charged2022.map(({ solution, column, stated, line, terms }) => ({
    line,
    name: solution,
    column,
    ...sumOf(
      terms.map(({ amount }) => amount),
      stated,
    ),
  }))
}

/** Every stated sum of a table, with what the text about it states where a person read one. */
export function reckonAll(table: CostTable): Reckoned[] {
  return [...sumsOf(table), ...(table.title === statedTable ? reckonCharged() : [])]
}

/** Growth of costs from 2023 to 2024, and what it is made of. */
export const growth = {
  stated: { amount: 170, line: 648 },
  parts: [
    { amount: 96, about: 'investments, with the central prescribing module', line: 733 },
    { amount: 27, about: 'the hub for welfare technology, if payment is regulated from 2024', line: 737 },
    { amount: 12, about: 'interpretation of law and principles of storage', line: 746 },
    { amount: 4, about: 'net of growth of basic data and lower membership fee', line: 749 },
    { amount: 31, about: 'more use', line: 753 },
  ],
} as const satisfies { stated: { amount: number; line: number }; parts: readonly Term[] }

/** Parts of the parts, which the text gives as well. */
export const volume = [
  { amount: 15, about: 'Helsenorge', line: 754 },
  { amount: 8, about: 'approval in E-resept', line: 755 },
  { amount: 8, about: 'HelseID', line: 756 },
] as const satisfies readonly Term[]

/** Another purse pays what another paid before: no cost grows, so it is listed apart and never added to the growth. */
export const financingShift: Term = { amount: 37, about: 'Helsenettet leaves item 70 of the state budget', line: 741 }

/** What counts as administration and operation, as the hearing note of the regulation lists it. */
export const categories = [
  { kind: 'administration', name: 'produkt- og applikasjonsledelse', line: 770 },
  { kind: 'administration', name: 'versjonshåndtering', line: 770 },
  { kind: 'administration', name: 'bruker- og kundehenvendelser', line: 771 },
  { kind: 'administration', name: 'hendelses- og problemhåndtering', line: 771 },
  { kind: 'administration', name: 'funksjonelle og tekniske løft', line: 771 },
  { kind: 'administration', name: 'krav til universell utforming', line: 773 },
  { kind: 'administration', name: 'nødvendige løft som må ivaretas på plattformen', line: 773 },
  { kind: 'administration', name: 'sikkerhetstiltak', line: 774 },
  { kind: 'operation', name: 'produksjonsledelse', line: 776 },
  { kind: 'operation', name: 'lisenser og driftshåndtering', line: 776 },
  { kind: 'operation', name: 'tele- og datanettverk', line: 777 },
  { kind: 'operation', name: 'datasenter', line: 777 },
] as const

/** Three levels of service, and what may be discussed at each. */
export const levels = {
  names: [
    { name: 'Dagens kostnadsnivå', line: 829 },
    { name: 'servicenivå og leveranser til sektor', line: 853 },
    { name: 'kontinuerlig produktutvikling', line: 877 },
  ],
  supplierDecides: [
    { name: 'Oppetid', line: 837 },
    { name: 'Sikkerhet', line: 838 },
    { name: 'Beredskap', line: 839 },
    { name: 'Vedlikehold, herunder drift og feilretting', line: 840 },
    { name: 'Produktstyring', line: 841 },
    { name: 'Forvalte teknisk gjeld', line: 842 },
  ],
  mayBeDiscussed: [
    { name: 'Åpningstid og svartid kundesenter', line: 848 },
    { name: 'Støtte og hjelp', line: 849 },
    { name: 'Godkjenning og testing', line: 850 },
    { name: 'Rådgivning og diskusjonspartner', line: 851 },
  ],
} as const
