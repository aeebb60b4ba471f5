/** Words of the panel. Names, and relations of other lists, are shown as they were sent. */
import { texts } from '@helsevev/ui/texts.ts'
import { relationTexts } from './relation-texts.ts'

declare module '@helsevev/ui/texts.ts' {
  interface Namespaces {
    contacts: typeof contactsTexts
  }
}

// biome-ignore format: a table, one row to a text
export const contactsTexts = texts({
  ...relationTexts,
  people: ['Hvem som kan ringes', 'Kven ein kan ringje', 'Whom to call'],
  responsible: ['Ansvarlige', 'Ansvarlege', 'Responsible'],
  first: ['Ringes først', 'Ring først', 'Call first'],
  nextOfKin: ['Nærmeste pårørende', 'Næraste pårørande', 'Next of kin'],
  guardian: ['Verge', 'Verje', 'Guardian'],
  guardianOf: ['Verge: {{scope}}', 'Verje: {{scope}}', 'Guardian: {{scope}}'],
  'role.primary-contact': ['Kontakt i kommunen', 'Kontakt i kommunen', 'Contact in the municipality'],
  'role.gp': ['Fastlege', 'Fastlege', 'Regular GP'],
  'role.other': ['Annen ansvarlig', 'Annan ansvarleg', 'Also responsible'],
  gpNote: ['Meldt av avsender, ikke hentet fra fastlegeregisteret.', 'Meldt av avsendar, ikkje henta frå fastlegeregisteret.',
    'Reported by the sender, not fetched from the register of GPs.'],
  nameless: ['Navn er ikke oppgitt', 'Namn er ikkje oppgitt', 'No name is given'],
  noPhone: ['Telefonnummer er ikke oppgitt', 'Telefonnummer er ikkje oppgitt', 'No telephone number is given'],
  noneNow: ['Ingen kontakter gjelder nå.', 'Ingen kontaktar gjeld no.', 'No contact holds now.'],
  placesWithheld: ['Telefon og sted vises ikke, fordi adressen er beskyttet.', 'Telefon og stad er ikkje vist, fordi adressa er verna.',
    'Telephone and place are not shown, because the address is protected.'],
  'line.contact': ['Kontakt registrert', 'Kontakt registrert', 'Contact registered'],
  'line.responsible': ['Ansvarlig fra', 'Ansvarleg frå', 'Responsible from'],
  'none.title': ['Ingen kontakter', 'Ingen kontaktar', 'No contacts'],
  'none.text': ['De som deler med dere, har ikke registrert noen å ringe til.', 'Dei som deler med dykk, har ikkje registrert nokon å ringje til.',
    'Those who share with you have registered nobody to call.'],
  'unknown.text': ['Ingen har meldt kontakter her. Det betyr ikke at pasienten ikke har pårørende.',
    'Ingen har meldt kontaktar her. Det tyder ikkje at pasienten ikkje har pårørande.',
    'Nobody has reported contacts here. That does not mean that the patient has no next of kin.'],
  'withheld.text': ['Det finnes kontakter som ingen avtale åpner for dere.', 'Det finst kontaktar som ingen avtale opnar for dykk.',
    'There are contacts that no agreement opens to you.'],
  'unavailable.title': ['Kontakter svarer ikke', 'Kontaktar svarer ikkje', 'Contacts do not answer'],
  'unavailable.text': ['Vi vet ikke hvem som kan ringes. Spør pasienten, og prøv igjen.',
    'Vi veit ikkje kven ein kan ringje. Spør pasienten, og prøv igjen.', 'We do not know whom to call. Ask the patient, and try again.'],
  'partial.title': ['Ikke alle vises', 'Ikkje alle er viste', 'Not everybody is shown'],
  'partial.text': ['Noen er registrert hos andre som ingen avtale åpner for dere.',
    'Nokon er registrert hos andre som ingen avtale opnar for dykk.', 'Others have registered somebody whom no agreement opens to you.'],
})
