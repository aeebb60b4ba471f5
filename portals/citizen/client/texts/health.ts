/** The page of what is registered: what is new, and what is not shown and why. The panels have their own texts. */
import { texts } from '@helsevev/ui/texts.ts'

// biome-ignore format: a table, one row to a text
export const healthTexts = texts({
  'health.lead': ['Det som er registrert om deg her. Det kan finnes mer andre steder.',
    'Det som er registrert om deg her. Det kan finnast meir andre stader.', 'What is registered about you here. There may be more.'],
  'health.leadOther': ['Det som er registrert om {{name}} her. {{name}} kan ha skjult noe for dem som handler for andre, og noe vises ' +
    'bare for den det gjelder.', 'Det som er registrert om {{name}} her. {{name}} kan ha skjult noko for dei som handlar for andre, og ' +
    'noko ser berre den det gjeld.', 'What is registered about {{name}} here. {{name}} may have hidden something from those who act for ' +
    'others, and some is shown only to the person.'],
  'health.news.title': ['Nytt siden sist', 'Nytt sidan sist', 'New since last time'],
  'health.news.since': ['Du var her sist {{time}}.', 'Du var her sist {{time}}.', 'You were here last {{time}}.'],
  'health.news.all': ['Vis alle {{number}}', 'Vis alle {{number}}', 'Show all {{number}}'],
  'health.news.none': ['Ingenting er nytt siden sist.', 'Ingenting er nytt sidan sist.', 'Nothing is new since last time.'],
  'health.news.first': ['Nye opplysninger merkes fra neste gang du logger inn.',
    'Nye opplysningar blir merkte frå neste gong du loggar inn.', 'What is new is marked from the next time you sign in.'],
  'health.news.failed': ['Vi vet ikke når du var her sist, så det nye er ikke merket.',
    'Vi veit ikkje når du var her sist, så det nye er ikkje merkt.', 'We do not know when you were last here. What is new is unmarked.'],
  'health.news.incomplete': ['Noe ble ikke hentet. Det kan være mer nytt.', 'Noko blei ikkje henta. Det kan vere meir nytt.',
    'Something was not fetched. There may be more.'],
  'health.optedOut.title': ['Du har reservert deg', 'Du har reservert deg', 'You have opted out'],
  'health.optedOut.text': ['Opplysningene i tjenesten deles ikke med noen, og vises ikke her. Du kan angre under Valg.',
    'Opplysningane i tenesta blir ikkje delte med nokon, og er ikkje viste her. Du kan angre under Val.',
    'The information in the service is shared with nobody, and not shown here. You can undo it under Choices.'],
  'health.optedOut.other': ['Personen har reservert seg mot tjenesten. Derfor vises ingenting.',
    'Personen har reservert seg mot tenesta. Difor er ingenting vist.', 'The person has opted out. Therefore nothing is shown.'],
  'health.byChoice.title': ['Noe er skjult', 'Noko er skjult', 'Something is hidden'],
  'health.byChoice.text': ['Den det gjelder, har valgt å skjule noe.', 'Den det gjeld, har valt å skjule noko.',
    'The person has chosen to hide something.'],
  'health.closed': ['Vises ikke for deg', 'Ikkje vist for deg', 'Not shown to you'],
  'health.all': ['Vis alle {{count}}', 'Vis alle {{count}}', 'Show all {{count}}'],
  'health.partial': ['Noe er ikke med her.', 'Noko er ikkje med her.', 'Something is not included here.'],
  'health.back': ['Til alle helseopplysninger', 'Til alle helseopplysningar', 'To all health information'],
  'health.registered': ['Det som er registrert', 'Det som er registrert', 'What is registered'],
  'health.kinds': ['Typer svar', 'Typar svar', 'Types of results'],
  'health.noSuchPage': ['Siden finnes ikke', 'Sida finst ikkje', 'There is no such page'],
  'health.loaded': ['Opplysningene er hentet', 'Opplysningane er henta', 'The information has been fetched'],
  'health.download': ['Last ned alt', 'Last ned alt', 'Download everything'],
})
