/** Words for the person who takes the medicines. A medicine, its dose and notes keep the words they were sent with. */
import { citizenNothing } from '@helsevev/panel/texts.ts'
import { texts } from '@helsevev/ui/texts.ts'
import { stepTexts } from '../step-texts.ts'

declare module '@helsevev/ui/texts.ts' {
  interface Namespaces {
    'medication-list/citizen': typeof medicationListCitizenTexts
  }
}

// biome-ignore format: a table, one row to a text
export const medicationListCitizenTexts = texts({
  ...citizenNothing,
  title: ['Legemidler', 'Legemiddel', 'Medicines'],
  lead: ['Legemidlene du bruker, slik legene har skrevet det. Reseptfrie legemidler og kosttilskudd kan mangle.',
    'Legemidla du bruker, slik legane har skrive det. Reseptfrie legemiddel og kosttilskot kan mangle.',
    'The medicines you take, as your doctors have written it. Medicines without a prescription, and supplements, may be missing.'],
  made: ['Listen er laget {{date}} av {{who}}.', 'Lista er laga {{date}} av {{who}}.', 'The list was made {{date}} by {{who}}.'],
  otherList: ['Det finnes også en eldre liste, fra {{date}}. Den vises ikke.', 'Det finst òg ei eldre liste, frå {{date}}. Ho er ikkje vist.',
    'There is also an older list, from {{date}}. It is not shown.'],
  empty: ['Listen sier at du ikke bruker legemidler.', 'Lista seier at du ikkje bruker legemiddel.', 'The list says that you take no medicines.'],
  noneNow: ['Listen har ingenting du skal bruke nå.', 'Lista har ingenting du skal bruke no.', 'The list has nothing for you to take now.'],
  'group.regular': ['Tas fast', 'Blir tekne fast', 'Taken regularly'], 'group.as-needed': ['Tas ved behov', 'Blir tekne ved behov', 'Taken as needed'],
  'group.course': ['Tas en periode', 'Blir tekne ein periode', 'Taken for a time'], 'group.other': ['Annet', 'Anna', 'Other'],
  'group.not-started': ['Skal starte senere', 'Skal starte seinare', 'To be started later'],
  'group.over': ['Perioden er over', 'Perioden er over', 'The time is over'],
  'group.proposed': ['Apoteket foreslår dette', 'Apoteket føreslår dette', 'The pharmacy proposes this'],
  proposedText: ['Legen har ikke tatt det inn på listen din. Snakk med legen før du bruker det.',
    'Legen har ikkje teke det inn på lista di. Snakk med legen før du bruker det.',
    'Your doctor has not taken it into your list. Talk to your doctor before you take it.'],
  stopped_one: ['Vis {{count}} du har sluttet med', 'Vis {{count}} du har slutta med', 'Show {{count}} that you have stopped taking'],
  stopped_other: ['Vis {{count}} du har sluttet med', 'Vis {{count}} du har slutta med', 'Show {{count}} that you have stopped taking'],
  notStated: ['Legemiddel ikke oppgitt', 'Legemiddel ikkje oppgitt', 'Medicine not stated'],
  dose: ['Slik tar du det', 'Slik tek du det', 'How to take it'], noDose: ['Ikke oppgitt. Spør legen eller apoteket.',
    'Ikkje oppgitt. Spør legen eller apoteket.', 'Not stated. Ask your doctor or the pharmacy.'],
  label: ['På etiketten', 'På etiketten', 'On the label'], area: ['Hva det er for', 'Kva det er for', 'What it is for'],
  ...stepTexts,
  steps: ['Dag for dag', 'Dag for dag', 'Day by day'],
  start: ['Startet', 'Starta', 'Started'], starts: ['Starter', 'Startar', 'Starts'], end: ['Siste dag', 'Siste dag', 'Last day'],
  by: ['Skrevet av', 'Skrive av', 'Written by'], validUntil: ['Resepten gjelder til', 'Resepten gjeld til', 'The prescription is valid until'],
  noPrescription: ['Du trenger ikke resept.', 'Du treng ikkje resept.', 'You need no prescription.'],
  contradiction: ['Legen har skrevet dette på to måter. Spør legen eller apoteket hvordan du skal ta det.',
    'Legen har skrive dette på to måtar. Spør legen eller apoteket korleis du skal ta det.',
    'Your doctor has written this in two ways. Ask your doctor or the pharmacy how to take it.'],
  stopPlanned: ['Du skal slutte {{date}}.', 'Du skal slutte {{date}}.', 'You are to stop {{date}}.'],
  stoppedAt: ['Du skal ikke ta det fra {{date}}.', 'Du skal ikkje ta det frå {{date}}.', 'You are not to take it from {{date}}.'],
  stoppedUndated: ['Du skal ikke ta det.', 'Du skal ikkje ta det.', 'You are not to take it.'],
  'reason.A': ['Behandlingen er ferdig.', 'Behandlinga er ferdig.', 'The treatment is finished.'],
  'reason.I': ['Det går ikke sammen med et annet legemiddel du bruker.', 'Det går ikkje saman med eit anna legemiddel du bruker.',
    'It does not go together with another medicine that you take.'],
  'reason.L': ['Du tålte det ikke.', 'Du tolte det ikkje.', 'You did not tolerate it.'],
  'reason.M': ['Det virket ikke godt nok.', 'Det verka ikkje godt nok.', 'It did not work well enough.'],
  'reason.S': ['Du har selv sluttet med det.', 'Du har sjølv slutta med det.', 'You have stopped taking it yourself.'],
  multidose: ['Apoteket pakker legemidlene dine i poser ({{who}}).', 'Apoteket pakkar legemidla dine i posar ({{who}}).',
    'The pharmacy packs your medicines in bags ({{who}}).'],
  more: ['Det finnes flere enn de som vises.', 'Det finst fleire enn dei som er viste.', 'There are more than those that are shown.'],
  ask: ['Stemmer det ikke? Snakk med legen din. Ikke slutt med noe uten å spørre.',
    'Stemmer det ikkje? Snakk med legen din. Ikkje slutt med noko utan å spørje.',
    'Is it wrong? Talk to your doctor. Do not stop taking anything without asking.'],
  'news.stopped': ['skal ikke tas lenger', 'skal ikkje takast lenger', 'no longer to be taken'],
  'none.title': ['Ingen liste over legemidler', 'Inga liste over legemiddel', 'No list of medicines'],
  'unknown.text': ['Ingen har sendt en liste hit. Ta med alt som brukes, til legen.',
    'Ingen har sendt ei liste hit. Ta med alt som blir brukt, til legen.',
    'Nobody has sent a list here. Bring all that is taken when you see the doctor.'],
})
