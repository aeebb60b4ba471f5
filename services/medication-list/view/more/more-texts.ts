/** Words of the views that are fetched when a reader opens them: the hand-over, an earlier day, and a day of one's own. */
import { texts } from '@helsevev/ui/texts.ts'

declare module '@helsevev/ui/texts.ts' {
  interface Namespaces {
    'medication-list/more': typeof moreTexts
  }
}

// biome-ignore format: a table, one row to a text
export const moreTexts = texts({
  'changes.day': ['Fra og med', 'Frå og med', 'From and including'],
  backToNow: ['Tilbake til listen nå', 'Tilbake til lista no', 'Back to the list now'],
  'past.day': ['Dag', 'Dag', 'Day'], 'past.show': ['Vis listen', 'Vis lista', 'Show the list'], 'past.busy': ['Henter …', 'Hentar …', 'Fetching …'],
  'past.invalid': ['Velg en dag før i dag.', 'Vel ein dag før i dag.', 'Choose a day before today.'],
  'past.title': ['Slik listen var {{date}}.', 'Slik lista var {{date}}.', 'As the list was {{date}}.'],
  'past.notNow': ['Dette er ikke listen nå.', 'Dette er ikkje lista no.', 'This is not the list now.'],
  'past.made': ['Listen var laget {{date}}.', 'Lista var laga {{date}}.', 'The list was made {{date}}.'],
  'past.none': ['Ingen liste var sendt hit da.', 'Inga liste var send hit då.', 'No list had been sent here by then.'],
  'past.failed': ['Listen slik den var kunne ikke hentes.', 'Lista slik ho var kunne ikkje hentast.', 'The list as it was could not be fetched.'],
  'past.onlyList': ['Resepter, utleveringer og allergier vises bare for listen nå.', 'Reseptar, utleveringar og allergiar er viste berre for lista no.',
    'Prescriptions, dispensings and allergies are shown for the list now only.'],
  'handing.title': ['Endringer i legemidler: {{person}}', 'Endringar i legemiddel: {{person}}', 'Changes of medicines: {{person}}'],
  'handing.before': ['Sammenlign med', 'Samanlikn med', 'Compare with'],
  'handing.print': ['Skriv ut overleveringen', 'Skriv ut overleveringa', 'Print the hand-over'],
  'handing.failed': ['Tidligere lister kunne ikke hentes.', 'Tidlegare lister kunne ikkje hentast.', 'Earlier lists could not be fetched.'],
  'handing.one': ['Bare én liste er sendt hit, så det er ingenting å sammenligne med.', 'Berre éi liste er send hit, så det er ingenting å samanlikne med.',
    'Only one list has been sent here, so there is nothing to compare with.'],
  'handing.from': ['Fra: {{version}}', 'Frå: {{version}}', 'From: {{version}}'], 'handing.to': ['Til: {{version}}', 'Til: {{version}}', 'To: {{version}}'],
  'handing.nothing': ['Ingenting er endret.', 'Ingenting er endra.', 'Nothing was changed.'],
  'handing.started_one': ['Nytt ({{count}})', 'Nytt ({{count}})', 'New ({{count}})'], 'handing.started_other': ['Nye ({{count}})', 'Nye ({{count}})', 'New ({{count}})'],
  'handing.changed_one': ['Endret ({{count}})', 'Endra ({{count}})', 'Changed ({{count}})'],
  'handing.changed_other': ['Endret ({{count}})', 'Endra ({{count}})', 'Changed ({{count}})'],
  'handing.ended_one': ['Avsluttet ({{count}})', 'Avslutta ({{count}})', 'Ended ({{count}})'],
  'handing.ended_other': ['Avsluttet ({{count}})', 'Avslutta ({{count}})', 'Ended ({{count}})'],
  'handing.removed_one': ['Tatt ut av listen uten årsak ({{count}})', 'Teke ut av lista utan årsak ({{count}})', 'Taken out of the list without a reason ({{count}})'],
  'handing.removed_other': ['Tatt ut av listen uten årsak ({{count}})', 'Tekne ut av lista utan årsak ({{count}})',
    'Taken out of the list without a reason ({{count}})'],
  'handing.same_one': ['Vis {{count}} uendret', 'Vis {{count}} uendra', 'Show {{count}} unchanged'],
  'handing.same_other': ['Vis {{count}} uendrede', 'Vis {{count}} uendra', 'Show {{count}} unchanged'],
  'handing.resumed': ['Gjenopptatt', 'Teke opp att', 'Resumed'], 'handing.was': ['Før:', 'Før:', 'Before:'],
  'handing.dose.more': ['Mer per døgn: {{before}} → {{after}}', 'Meir per døgn: {{before}} → {{after}}', 'More a day: {{before}} → {{after}}'],
  'handing.dose.less': ['Mindre per døgn: {{before}} → {{after}}', 'Mindre per døgn: {{before}} → {{after}}', 'Less a day: {{before}} → {{after}}'],
  'handing.dose.same': ['Like mye per døgn: {{after}}', 'Like mykje per døgn: {{after}}', 'As much a day: {{after}}'],
  'handing.dose.unknown': ['Dosen per døgn kan ikke sammenlignes.', 'Dosen per døgn kan ikkje samanliknast.', 'The dose of a day cannot be compared.'],
  'handing.over': ['Kuren er over.', 'Kuren er over.', 'The course is over.'],
  'handing.noReason': ['Ingen årsak er oppgitt.', 'Ingen årsak er oppgitt.', 'No reason is stated.'],
})
