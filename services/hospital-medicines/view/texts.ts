/** Words of the panel. Medicines, ways, units and diagnoses are shown as they were sent. */
import { personnelNothing } from '@helsevev/panel/texts.ts'
import { texts } from '@helsevev/ui/texts.ts'
import { doseTexts } from './dose-texts.ts'

declare module '@helsevev/ui/texts.ts' {
  interface Namespaces {
    'hospital-medicines': typeof hospitalMedicinesTexts
  }
}

// biome-ignore format: a table, one row to a text
export const hospitalMedicinesTexts = texts({
  ...personnelNothing,
  ...doseTexts,
  times_one: ['Gitt én gang, {{time}}', 'Gitt éin gong, {{time}}', 'Given once, {{time}}'],
  times_other: ['Gitt {{count}} ganger, sist {{time}}', 'Gitt {{count}} gonger, sist {{time}}', 'Given {{count}} times, last on {{time}}'],
  notGiven: ['Ikke gitt', 'Ikkje gitt', 'Not given'],
  all: ['Vis {{count}} tidspunkter', 'Vis {{count}} tidspunkt', 'Show {{count}} times'],
  byPatient: ['tatt av pasienten selv', 'teke av pasienten sjølv', 'taken by the patient'],
  mixture: ['Blanding av', 'Blanding av', 'Mixture of'],
  regimen: ['Behandlingsregime', 'Behandlingsregime', 'Regimen'],
  reason: ['For', 'For', 'For'],
  trial: ['Klinisk studie', 'Klinisk studie', 'Clinical trial'],
  more: ['Bare de siste dosene vises.', 'Berre dei siste dosane er viste.', 'Only the last doses are shown.'],
  lead: ['Det sykehus og sykehjem har meldt som gitt. Det er ikke en legemiddelliste.',
    'Det sjukehus og sjukeheimar har meldt som gitt. Det er ikkje ei legemiddelliste.',
    'What hospitals and nursing homes have reported as given. It is not a medication list.'],
  'line.given': ['Gitt på sykehus', 'Gitt på sjukehus', 'Given in hospital'],
  'none.title': ['Ingenting er gitt', 'Ingenting er gitt', 'Nothing was given'],
  'unknown.text': ['Ingen har delt hva som er gitt. Noe kan likevel være gitt.', 'Ingen har delt kva som er gitt. Noko kan likevel vere gitt.',
    'Nobody has shared what was given. Something may still have been given.'],
})
