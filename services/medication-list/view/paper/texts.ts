/** Words of the list on paper, for the person who takes the medicines; the same from every portal. */
import { texts } from '@helsevev/ui/texts.ts'

// biome-ignore format: a table, one row to a text
export const paperTexts = texts({
  'paper.print': ['Skriv ut pasientens liste', 'Skriv ut lista til pasienten', "Print the patient's list"],
  'paper.title': ['Legemiddelliste', 'Legemiddelliste', 'Medication list'],
  'paper.made': ['Listen er laget {{date}} av {{who}}.', 'Lista er laga {{date}} av {{who}}.', 'The list was made {{date}} by {{who}}.'],
  'paper.noList': ['Selve listen kunne ikke hentes. Dette er det som kunne hentes.', 'Sjølve lista kunne ikkje hentast. Dette er det som kunne hentast.',
    'The list itself could not be fetched. This is what could be fetched.'],
  'paper.printed': ['Skrevet ut {{date}}.', 'Skrive ut {{date}}.', 'Printed {{date}}.'],
  'paper.allergies': ['Allergier', 'Allergiar', 'Allergies'],
  'paper.allergiesNone': ['Ingen er registrert', 'Ingen er registrerte', 'None are registered'],
  'paper.allergiesUnknown': ['Ikke kjent her. Spør legen.', 'Ikkje kjent her. Spør legen.', 'Not known here. Ask the doctor.'],
  'paper.allergiesMore': ['Det kan finnes flere.', 'Det kan finnast fleire.', 'There may be more.'],
  'paper.serious': ['alvorlig', 'alvorleg', 'serious'], 'paper.presumed': ['trolig', 'truleg', 'presumed'],
  'paper.unconfirmed': ['ikke bekreftet', 'ikkje stadfesta', 'not confirmed'],
  'paper.what': ['Legemiddel', 'Legemiddel', 'Medicine'], 'paper.how': ['Slik tas det', 'Slik blir det teke', 'How to take it'],
  'paper.why': ['Hva det er for', 'Kva det er for', 'What it is for'], 'paper.when': ['Når', 'Når', 'When'],
  'paper.regular': ['Tas fast', 'Blir tekne fast', 'Taken regularly'], 'paper.as-needed': ['Tas ved behov', 'Blir tekne ved behov', 'Taken as needed'],
  'paper.course': ['Tas en periode', 'Blir tekne ein periode', 'Taken for a time'], 'paper.other': ['Annet', 'Anna', 'Other'],
  'paper.notStarted': ['Skal starte senere', 'Skal starte seinare', 'To be started later'],
  'paper.from': ['Fra {{date}}', 'Frå {{date}}', 'From {{date}}'], 'paper.until': ['til og med {{date}}', 'til og med {{date}}', 'up to and including {{date}}'],
  'paper.stop': ['Slutt {{date}}', 'Slutt {{date}}', 'Stop {{date}}'],
  'paper.none': ['Listen har ingenting som skal brukes nå.', 'Lista har ingenting som skal brukast no.', 'The list has nothing to be taken now.'],
  'paper.ask': ['Ta med listen til lege, sykehus og apotek. Reseptfrie legemidler og kosttilskudd kan mangle.',
    'Ta med lista til lege, sjukehus og apotek. Reseptfrie legemiddel og kosttilskot kan mangle.',
    'Bring the list to doctors, hospitals and pharmacies. Medicines without a prescription, and supplements, may be missing.'],
})
