/**
 * Texts of the pieces in this folder. The four kinds of nothing (none, unknown, withheld, unavailable) are worded apart, because they lead
 * to different actions; a service may replace each with its own words.
 */
import { texts } from './texts.ts'

declare module './texts.ts' {
  interface Namespaces {
    ui: typeof uiTexts
  }
}

// biome-ignore format: a table, one row to a text
export const uiTexts = texts({
  'state.loading.title': ['Henter opplysninger …', 'Hentar opplysningar …', 'Fetching information …'],
  'state.none.title': ['Ingenting registrert', 'Ingenting registrert', 'Nothing registered'],
  'state.none.text': ['De som deler her, har svart at det ikke er noe å vise.', 'Dei som deler her, har svart at det ikkje er noko å vise.',
    'Those who share here have answered that there is nothing to show.'],
  'state.unknown.title': ['Ikke kjent', 'Ikkje kjent', 'Not known'],
  'state.unknown.text': ['Ingen har delt noe her. Det kan likevel finnes noe andre steder.',
    'Ingen har delt noko her. Det kan likevel finnast noko andre stader.',
    'Nothing has been shared here. There may be something elsewhere.'],
  'state.withheld.title': ['Holdt tilbake', 'Halde tilbake', 'Withheld'],
  'state.withheld.text': ['Det finnes noe som ikke vises for deg.', 'Det finst noko som ikkje blir vist for deg.',
    'There is something that is not shown to you.'],
  'state.unavailable.title': ['Kilden svarer ikke', 'Kjelda svarer ikkje', 'The source does not answer'],
  'state.unavailable.text': ['Vi vet ikke om det finnes noe. Prøv igjen, eller ta kontakt med den som har opplysningene.',
    'Vi veit ikkje om det finst noko. Prøv igjen, eller ta kontakt med den som har opplysningane.',
    'We do not know whether there is anything. Try again, or contact those who hold the information.'],
  'state.refused.title': ['Ikke tilgang', 'Ikkje tilgang', 'No access'],
  'state.refused.text': ['Du har ikke tilgang til dette.', 'Du har ikkje tilgang til dette.', 'You do not have access to this.'],
  'state.failed.title': ['Noe gikk galt', 'Noko gjekk gale', 'Something went wrong'],
  'state.failed.text': ['Opplysningene kunne ikke hentes. Feilen er på vår side.',
    'Opplysningane kunne ikkje hentast. Feilen er på vår side.', 'The information could not be fetched. The fault is ours.'],
  'state.partial.title': ['Ufullstendig', 'Ufullstendig', 'Incomplete'],
  'state.partial.text': ['Noe mangler i det som vises.', 'Noko manglar i det som er vist.', 'Something is missing in what is shown.'],
  'state.stale.title': ['Kan være utdatert', 'Kan vere utdatert', 'May be out of date'],
  'state.stale.text': ['Dette er ikke hentet på nytt.', 'Dette er ikkje henta på nytt.', 'This has not been fetched again.'],
  'date.form': ['dd.mm.åååå', 'dd.mm.åååå', 'dd.mm.yyyy'],
  'date.wrong': ['Skriv datoen med dag, måned og år, som 15.01.2026.', 'Skriv datoen med dag, månad og år, som 15.01.2026.',
    'Write the date with day, month and year, as in 15.01.2026.'],
  'date.choose': ['Velg dato i kalender', 'Vel dato i kalender', 'Choose a date in the calendar'],
  'date.previous': ['Forrige måned', 'Førre månad', 'Previous month'], 'date.next': ['Neste måned', 'Neste månad', 'Next month'],
  'date.close': ['Lukk uten å velge', 'Lukk utan å velje', 'Close without choosing'],
  norwegianTime: ['Alle klokkeslett er norsk tid.', 'Alle klokkeslett er norsk tid.', 'All times are Norwegian time.'],
  moment: ['Velg tidspunkt', 'Vel tidspunkt', 'Choose a moment'],
  retry: ['Prøv igjen', 'Prøv igjen', 'Try again'],
  'language.label': ['Språk', 'Språk', 'Language'],
  skip: ['Hopp til hovedinnholdet', 'Hopp til hovudinnhaldet', 'Skip to main content'],
})
