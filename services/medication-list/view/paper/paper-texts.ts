/** Words of the list on paper, for the person who takes the medicines; the same from every portal. */
import { texts } from '@helsevev/ui/texts.ts'
import { stepTexts } from '../step-texts.ts'

declare module '@helsevev/ui/texts.ts' {
  interface Namespaces {
    'medication-list/paper': typeof paperTexts
  }
}

// biome-ignore format: a table, one row to a text
export const paperTexts = texts({
  ...stepTexts,
  'title': ['Legemiddelliste', 'Legemiddelliste', 'Medication list'],
  'made': ['Listen er laget {{date}} av {{who}}.', 'Lista er laga {{date}} av {{who}}.', 'The list was made {{date}} by {{who}}.'],
  'noList': ['Selve listen kunne ikke hentes. Dette er det som kunne hentes.', 'Sjølve lista kunne ikkje hentast. Dette er det som kunne hentast.',
    'The list itself could not be fetched. This is what could be fetched.'],
  'printed': ['Skrevet ut {{date}}.', 'Skrive ut {{date}}.', 'Printed {{date}}.'],
  'allergies': ['Allergier', 'Allergiar', 'Allergies'],
  'allergiesNone': ['Ingen er registrert', 'Ingen er registrerte', 'None are registered'],
  'allergiesUnknown': ['Ikke kjent her. Spør legen.', 'Ikkje kjent her. Spør legen.', 'Not known here. Ask the doctor.'],
  'allergiesMore': ['Det kan finnes flere.', 'Det kan finnast fleire.', 'There may be more.'],
  'serious': ['alvorlig', 'alvorleg', 'serious'], 'presumed': ['trolig', 'truleg', 'presumed'],
  'unconfirmed': ['ikke bekreftet', 'ikkje stadfesta', 'not confirmed'],
  'what': ['Legemiddel', 'Legemiddel', 'Medicine'], 'how': ['Slik tas det', 'Slik blir det teke', 'How to take it'],
  'why': ['Hva det er for', 'Kva det er for', 'What it is for'], 'when': ['Når', 'Når', 'When'],
  'regular': ['Tas fast', 'Blir tekne fast', 'Taken regularly'], 'as-needed': ['Tas ved behov', 'Blir tekne ved behov', 'Taken as needed'],
  'course': ['Tas en periode', 'Blir tekne ein periode', 'Taken for a time'], 'other': ['Annet', 'Anna', 'Other'],
  'notStarted': ['Skal starte senere', 'Skal starte seinare', 'To be started later'],
  'from': ['Fra {{date}}', 'Frå {{date}}', 'From {{date}}'], 'until': ['til og med {{date}}', 'til og med {{date}}', 'up to and including {{date}}'],
  'stop': ['Slutt {{date}}', 'Slutt {{date}}', 'Stop {{date}}'],
  'none': ['Listen har ingenting som skal brukes nå.', 'Lista har ingenting som skal brukast no.', 'The list has nothing to be taken now.'],
  'ask': ['Ta med listen til lege, sykehus og apotek. Reseptfrie legemidler og kosttilskudd kan mangle.',
    'Ta med lista til lege, sjukehus og apotek. Reseptfrie legemiddel og kosttilskot kan mangle.',
    'Bring the list to doctors, hospitals and pharmacies. Medicines without a prescription, and supplements, may be missing.'],
})
