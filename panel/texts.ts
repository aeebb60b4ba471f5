/** Texts of the pieces in this folder, and rows that the tables of several services take over by `...`. */
import { texts } from '@helsevev/ui/texts.ts'

declare module '@helsevev/ui/texts.ts' {
  interface Namespaces {
    panel: typeof panelTexts
  }
}

// biome-ignore format: a table, one row to a text
export const panelTexts = texts({
  'answer.loading': ['Henter …', 'Hentar …', 'Fetching …'],
  'answer.failed': ['Ikke kjent: kunne ikke hentes', 'Ikkje kjent: kunne ikkje hentast', 'Not known: could not be fetched'],
  'answer.unavailable': ['Ikke kjent: kilden svarer ikke', 'Ikkje kjent: kjelda svarer ikkje', 'Not known: the source does not answer'],
  'answer.refused': ['Ikke åpent for deg', 'Ikkje ope for deg', 'Not open to you'],
  'answer.stale': ['Kan være utdatert', 'Kan vere utdatert', 'May be out of date'],
  'answer.none': ['Ingen registrert', 'Ingen registrerte', 'None registered'],
  'answer.unknown': ['Ikke kjent: ingen har delt her', 'Ikkje kjent: ingen har delt her', 'Not known: nobody has shared here'],
  'answer.withheld': ['Holdt tilbake', 'Halde tilbake', 'Withheld'],
  'answer.withheld-by-patient': ['Holdt tilbake av pasienten', 'Halde tilbake av pasienten', 'Withheld by the patient'],
  'source.label': ['Kilde', 'Kjelde', 'Source'], 'source.unit': ['Enhet', 'Eining', 'Unit'],
  'source.author': ['Registrert av', 'Registrert av', 'Recorded by'], 'source.device': ['Utstyr', 'Utstyr', 'Device'],
  'source.time': ['Tidspunkt', 'Tidspunkt', 'Time'], 'source.stale': ['kan være utdatert', 'kan vere utdatert', 'may be out of date'],
  'source.phone': ['Telefon', 'Telefon', 'Phone'],
  'unreadable.title': ['Ikke alt kan vises', 'Ikkje alt kan visast', 'Not everything can be shown'],
  'unreadable.text_one': ['Én oppføring er lagret slik at den ikke kan leses. Spør den som har registrert den.',
    'Éi oppføring er lagra slik at ho ikkje kan lesast. Spør den som har registrert ho.',
    'One entry is stored so that it cannot be read. Ask those who registered it.'],
  'unreadable.text_other': ['{{count}} oppføringer er lagret slik at de ikke kan leses. Spør dem som har registrert dem.',
    '{{count}} oppføringar er lagra slik at dei ikkje kan lesast. Spør dei som har registrert dei.',
    '{{count}} entries are stored so that they cannot be read. Ask those who registered them.'],
  isNew: ['Nytt', 'Nytt', 'New'],
  notOnPaper_one: ['{{count}} til er ikke med på papiret.', '{{count}} til er ikkje med på papiret.', '{{count}} more is not on paper.'],
  notOnPaper_other: ['{{count}} til er ikke med på papiret.', '{{count}} til er ikkje med på papiret.', '{{count}} more are not on paper.'],
})

/** The kinds of nothing for personnel: what a service does not word better itself. */
// biome-ignore format: a table, one row to a text
export const personnelNothing = texts({
  'none.text': ['De som deler med dere, har ikke registrert noe.', 'Dei som deler med dykk, har ikkje registrert noko.',
    'Those who share with you have registered nothing.'],
  'withheld.text': ['Det finnes noe som ingen avtale åpner for dere.', 'Det finst noko som ingen avtale opnar for dykk.',
    'There is something that no agreement opens to you.'],
  'unavailable.text': ['Vi vet ikke om det finnes noe. Spør pasienten, og prøv igjen.',
    'Vi veit ikkje om det finst noko. Spør pasienten, og prøv igjen.', 'We do not know what there is. Ask the patient, and try again.'],
  'partial.title': ['Ikke alt vises', 'Ikkje alt er vist', 'Not everything is shown'],
  'partial.text': ['Andre kan ha noe som ingen avtale åpner for dere.', 'Andre kan ha noko som ingen avtale opnar for dykk.',
    'Others may have something that no agreement opens to you.'],
})

/** The kinds of nothing for citizens. */
// biome-ignore format: a table, one row to a text
export const citizenNothing = texts({
  'withheld.title': ['Noe vises ikke', 'Noko er ikkje vist', 'Something is not shown'],
  'unavailable.title': ['Kan ikke hentes nå', 'Kan ikkje hentast no', 'Cannot be fetched now'],
  'unavailable.text': ['Vi vet ikke om det finnes noe. Prøv igjen senere.', 'Vi veit ikkje om det finst noko. Prøv igjen seinare.',
    'We do not know whether there is anything. Try again later.'],
})

/** What a citizen can do about a registered entry that is wrong, and the entries that hold no longer. */
// biome-ignore format: a table, one row to a text
export const entryWords = texts({
  call: ['Stemmer det ikke? Ring {{who}},', 'Stemmer det ikkje? Ring {{who}},', 'Is it wrong? Call {{who}},'],
  ask: ['Stemmer det ikke? Ta det opp med {{who}}.', 'Stemmer det ikkje? Ta det opp med {{who}}.', 'Is it wrong? Take it up with {{who}}.'],
  before: ['Vis {{count}} som ikke gjelder lenger', 'Vis {{count}} som ikkje gjeld lenger', 'Show {{count}} that no longer apply'],
})
