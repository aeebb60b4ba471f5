/** The page of what is registered: what is new, and what is not shown and why. The panels have their own texts. */
import { texts } from '@helsevev/ui/texts.ts'

// biome-ignore format: a table, one row to a text
export const healthTexts = texts({
  'health.lead': ['Det som er registrert om deg hos dem som deler her. Det kan finnes mer andre steder.',
    'Det som er registrert om deg hos dei som deler her. Det kan finnast meir andre stader.',
    'What is registered about you by those who share here. There may be more elsewhere.'],
  'health.leadOther': ['Det som er registrert om {{name}} hos dem som deler her. {{name}} kan ha valgt å skjule noe for den som handler ' +
    'på vegne av andre, og noe vises bare for den det gjelder.', 'Det som er registrert om {{name}} hos dei som deler her. {{name}} kan ' +
    'ha valt å skjule noko for den som handlar på vegner av andre, og noko er berre å sjå for den det gjeld.',
    'What is registered about {{name}} by those who share here. {{name}} may have chosen to hide something from whoever acts for others, ' +
    'and some things are shown only to the person they are about.'],
  'health.news.title': ['Nytt siden sist', 'Nytt sidan sist', 'New since last time'],
  'health.news.since': ['Du var her sist {{time}}.', 'Du var her sist {{time}}.', 'You were here last {{time}}.'],
  'health.news.all': ['Vis alle {{number}}', 'Vis alle {{number}}', 'Show all {{number}}'],
  'health.news.none': ['Det er ikke kommet noe nytt siden sist.', 'Det har ikkje kome noko nytt sidan sist.',
    'Nothing new has come since last time.'],
  'health.news.first': ['Neste gang du er her, står det nye øverst.', 'Neste gong du er her, står det nye øvst.',
    'Next time you are here, what is new stands on top.'],
  'health.news.failed': ['Vi vet ikke når du var her sist, så det nye er ikke merket.',
    'Vi veit ikkje når du var her sist, så det nye er ikkje merkt.',
    'We do not know when you were here last, so what is new is not marked.'],
  'health.news.incomplete': ['Noe kunne ikke hentes, så det kan være mer nytt.', 'Noko kunne ikkje hentast, så det kan vere meir nytt.',
    'Something could not be fetched, so there may be more that is new.'],
  'health.optedOut.title': ['Du har reservert deg', 'Du har reservert deg', 'You have opted out'],
  'health.optedOut.text': [
    'Opplysningene deles ikke med noen i denne tjenesten, og vises heller ikke her. Du kan ombestemme deg under Sperre og velge.',
    'Opplysningane blir ikkje delte med nokon i denne tenesta, og er heller ikkje viste her. Du kan ombestemme deg under Sperre og velje.',
    'The information is shared with nobody in this service, and is not shown here either. You can change your mind under Restrict and ' +
    'choose.'],
  'health.optedOut.other': ['Den det gjelder, har reservert seg mot denne tjenesten. Opplysningene vises derfor ikke.',
    'Den det gjeld, har reservert seg mot denne tenesta. Opplysningane er difor ikkje viste.',
    'The person has opted out of this service. The information is therefore not shown.'],
  'health.byChoice.title': ['Noe er skjult', 'Noko er skjult', 'Something is hidden'],
  'health.byChoice.text': ['Noe vises ikke fordi den det gjelder har valgt det.', 'Noko er ikkje vist fordi den det gjeld har valt det.',
    'Something is not shown because the person has chosen so.'],
  'health.closed': ['Vises ikke for deg', 'Ikkje vist for deg', 'Not shown to you'],
  'health.loaded': ['Opplysningene er hentet', 'Opplysningane er henta', 'The information has been fetched'],
  'health.download': ['Last ned alt', 'Last ned alt', 'Download everything'],
})
