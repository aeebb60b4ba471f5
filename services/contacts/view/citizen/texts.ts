/** Words for the person the contacts belong to. Names, and relations of other lists, are shown as they were sent. */
import { texts } from '@helsevev/ui/texts.ts'
import { relationTexts } from '../relation-texts.ts'

declare module '@helsevev/ui/texts.ts' {
  interface Namespaces {
    'contacts/citizen': typeof contactsCitizenTexts
  }
}

// biome-ignore format: a table, one row to a text
export const contactsCitizenTexts = texts({
  ...relationTexts,
  lead: ['Dem helsepersonell kan ringe til om deg, og hvem som har ansvaret for deg.',
    'Dei helsepersonell kan ringje til om deg, og kven som har ansvaret for deg.',
    'Those whom health personnel can call about you, and who is responsible for you.'],
  mandateNote: ['At noen står her, gir dem ikke rett til å se eller bestemme noe. Det velger du under «På vegne av».',
    'At nokon står her, gir dei ikkje rett til å sjå eller avgjere noko. Det vel du under «På vegner av».',
    'To be listed here gives nobody a right to see or decide anything. You choose that under “On behalf of”.'],
  relation: ['Hvem det er for deg', 'Kven det er for deg', 'What they are to you'],
  phone: ['Telefon', 'Telefon', 'Telephone'],
  order: ['Rekkefølge', 'Rekkjefølgje', 'Order'],
  'order.first': ['Ringes først', 'Ring først', 'Called first'],
  'order.number': ['Ringes som nummer {{number}}', 'Ring som nummer {{number}}', 'Called as number {{number}}'],
  nextOfKin: ['Nærmeste pårørende', 'Næraste pårørande', 'Next of kin'],
  guardian: ['Verge', 'Verje', 'Guardian'],
  guardianOf: ['Verge for {{scope}}', 'Verje for {{scope}}', 'Guardian of {{scope}}'],
  'role.primary-contact': ['Kontakten din i kommunen', 'Kontakten din i kommunen', 'Your contact in the municipality'],
  'role.gp': ['Fastlegen din', 'Fastlegen din', 'Your regular GP'],
  'role.other': ['Annen ansvarlig', 'Annan ansvarleg', 'Also responsible'],
  gpNote: ['Dette er det avsenderen har meldt. Fastlegen du er registrert hos, ser du på helsenorge.no.',
    'Dette er det avsendaren har meldt. Fastlegen du er registrert hos, ser du på helsenorge.no.',
    'This is what the sender has reported. On helsenorge.no you see the GP you are registered with.'],
  place: ['Hvor', 'Kvar', 'Where'],
  since: ['Registrert fra', 'Registrert frå', 'Registered from'],
  until: ['Til', 'Til', 'Until'],
  by: ['Meldt av', 'Meldt av', 'Reported by'],
  nameless: ['Navn er ikke oppgitt', 'Namn er ikkje oppgitt', 'No name is given'],
  noPhone: ['Ikke oppgitt', 'Ikkje oppgitt', 'Not given'],
  placesWithheld: ['Telefon og sted vises ikke, fordi adressen er beskyttet.', 'Telefon og stad er ikkje vist, fordi adressa er verna.',
    'Telephone and place are not shown, because the address is protected.'],
  call: ['Stemmer det ikke? Ring {{who}},', 'Stemmer det ikkje? Ring {{who}},', 'Is it wrong? Call {{who}},'],
  ask: ['Stemmer det ikke? Ta det opp med {{who}}.', 'Stemmer det ikkje? Ta det opp med {{who}}.', 'Is it wrong? Take it up with {{who}}.'],
  noneNow: ['Ingen gjelder nå.', 'Ingen gjeld no.', 'Nobody holds now.'],
  before_one: ['Vis {{count}} som ikke gjelder lenger', 'Vis {{count}} som ikkje gjeld lenger', 'Show {{count}} that holds no longer'],
  before_other: ['Vis {{count}} som ikke gjelder lenger', 'Vis {{count}} som ikkje gjeld lenger', 'Show {{count}} that hold no longer'],
  'none.title': ['Ingen kontakter', 'Ingen kontaktar', 'No contacts'],
  'none.text': ['De som deler her, har svart at ingen er registrert.', 'Dei som deler her, har svart at ingen er registrert.',
    'Those who share here have answered that nobody is registered.'],
  'unknown.text': ['Ingen har meldt kontakter for deg her. Si fra til kommunen eller fastlegen hvem som skal ringes.',
    'Ingen har meldt kontaktar for deg her. Sei frå til kommunen eller fastlegen kven dei skal ringje.',
    'Nobody has reported contacts for you here. Tell the municipality or your GP whom to call.'],
  'withheld.title': ['Noen vises ikke', 'Nokon er ikkje vist', 'Somebody is not shown'],
  'withheld.text': ['Det finnes kontakter som ikke vises her.', 'Det finst kontaktar som ikkje er viste her.',
    'There are contacts that are not shown here.'],
  'unavailable.title': ['Kontakter kan ikke hentes nå', 'Kontaktar kan ikkje hentast no', 'Contacts cannot be fetched now'],
  'unavailable.text': ['Vi vet ikke hvem som er registrert. Prøv igjen litt senere.',
    'Vi veit ikkje kven som er registrert. Prøv igjen litt seinare.', 'We do not know who is registered. Try again a little later.'],
})
