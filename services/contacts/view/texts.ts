/** Words of the panel. Names, and relations of other lists, are shown as they were sent. */
import { personnelNothing } from '@helsevev/panel/texts.ts'
import { texts } from '@helsevev/ui/texts.ts'
import { relationTexts } from './relation-texts.ts'

declare module '@helsevev/ui/texts.ts' {
  interface Namespaces {
    contacts: typeof contactsTexts
  }
}

// biome-ignore format: a table, one row to a text
export const contactsTexts = texts({
  ...personnelNothing,
  ...relationTexts,
  people: ['Hvem som kan ringes', 'Kven ein kan ringje', 'Who to call'],
  responsible: ['Ansvarlige', 'Ansvarlege', 'Responsible'],
  first: ['Ringes først', 'Ring først', 'Call first'],
  guardian: ['Verge', 'Verje', 'Guardian'],
  guardianOf: ['Verge: {{scope}}', 'Verje: {{scope}}', 'Guardian: {{scope}}'],
  'role.primary-contact': ['Kontakt i kommunen', 'Kontakt i kommunen', 'Contact in the municipality'],
  'role.gp': ['Fastlege', 'Fastlege', 'Regular GP'],
  gpNote: ['Meldt av avsender, ikke hentet fra fastlegeregisteret.', 'Meldt av avsendar, ikkje henta frå fastlegeregisteret.',
    'Reported by the sender, not from the register of GPs.'],
  noPhone: ['Telefonnummer er ikke oppgitt', 'Telefonnummer er ikkje oppgitt', 'No telephone number is given'],
  noneNow: ['Ingen kontakter gjelder nå.', 'Ingen kontaktar gjeld no.', 'No contact applies now.'],
  'line.contact': ['Kontakt registrert', 'Kontakt registrert', 'Contact registered'],
  'line.responsible': ['Ansvarlig fra', 'Ansvarleg frå', 'Responsible from'],
  'none.title': ['Ingen kontakter', 'Ingen kontaktar', 'No contacts'],
  'unknown.text': ['Ingen er meldt her. Pasienten kan likevel ha pårørende.', 'Ingen er meld her. Pasienten kan likevel ha pårørande.',
    'Nobody is reported here. The patient may still have next of kin.'],
})
