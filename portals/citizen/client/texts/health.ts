/** The page of what is registered: what is new, and what is not shown and why. The panels have their own texts. */
import type { Texts } from '@helsevev/ui/i18n.ts'

const nb = {
  health: {
    lead: 'Det som er registrert om deg hos dem som deler her. Det kan finnes mer andre steder.',
    leadOther:
      'Det som er registrert om {{name}} hos dem som deler her. {{name}} kan ha valgt å skjule noe for den som handler på vegne av andre, og noe vises bare for den det gjelder.',
    parts: 'På denne siden',
    news: {
      title: 'Nytt siden sist',
      since: 'Du var her sist {{time}}.',
      all: 'Vis alle {{number}}',
      none: 'Det er ikke kommet noe nytt siden sist.',
      first: 'Neste gang du er her, står det nye øverst.',
      failed: 'Vi vet ikke når du var her sist, så det nye er ikke merket.',
      incomplete: 'Noe kunne ikke hentes, så det kan være mer nytt.',
    },
    optedOut: {
      title: 'Du har reservert deg',
      text: 'Opplysningene deles ikke med noen i denne tjenesten, og vises heller ikke her. Du kan ombestemme deg under Sperre og velge.',
      other: 'Den det gjelder, har reservert seg mot denne tjenesten. Opplysningene vises derfor ikke.',
    },
    byChoice: {
      title: 'Noe er skjult',
      text: 'Noe vises ikke fordi den det gjelder har valgt det.',
    },
    closed: 'Vises ikke for deg',
    loaded: 'Opplysningene er hentet',
    download: 'Last ned alt',
  },
}

const nn: typeof nb = {
  health: {
    lead: 'Det som er registrert om deg hos dei som deler her. Det kan finnast meir andre stader.',
    leadOther:
      'Det som er registrert om {{name}} hos dei som deler her. {{name}} kan ha valt å skjule noko for den som handlar på vegner av andre, og noko er berre å sjå for den det gjeld.',
    parts: 'På denne sida',
    news: {
      title: 'Nytt sidan sist',
      since: 'Du var her sist {{time}}.',
      all: 'Vis alle {{number}}',
      none: 'Det har ikkje kome noko nytt sidan sist.',
      first: 'Neste gong du er her, står det nye øvst.',
      failed: 'Vi veit ikkje når du var her sist, så det nye er ikkje merkt.',
      incomplete: 'Noko kunne ikkje hentast, så det kan vere meir nytt.',
    },
    optedOut: {
      title: 'Du har reservert deg',
      text: 'Opplysningane blir ikkje delte med nokon i denne tenesta, og er heller ikkje viste her. Du kan ombestemme deg under Sperre og velje.',
      other: 'Den det gjeld, har reservert seg mot denne tenesta. Opplysningane er difor ikkje viste.',
    },
    byChoice: {
      title: 'Noko er skjult',
      text: 'Noko er ikkje vist fordi den det gjeld har valt det.',
    },
    closed: 'Ikkje vist for deg',
    loaded: 'Opplysningane er henta',
    download: 'Last ned alt',
  },
}

const en: typeof nb = {
  health: {
    lead: 'What is registered about you by those who share here. There may be more elsewhere.',
    leadOther:
      'What is registered about {{name}} by those who share here. {{name}} may have chosen to hide something from whoever acts for others, and some things are shown only to the person they are about.',
    parts: 'On this page',
    news: {
      title: 'New since last time',
      since: 'You were here last {{time}}.',
      all: 'Show all {{number}}',
      none: 'Nothing new has come since last time.',
      first: 'Next time you are here, what is new stands on top.',
      failed: 'We do not know when you were here last, so what is new is not marked.',
      incomplete: 'Something could not be fetched, so there may be more that is new.',
    },
    optedOut: {
      title: 'You have opted out',
      text: 'The information is shared with nobody in this service, and is not shown here either. You can change your mind under Restrict and choose.',
      other: 'The person has opted out of this service. The information is therefore not shown.',
    },
    byChoice: {
      title: 'Something is hidden',
      text: 'Something is not shown because the person has chosen so.',
    },
    closed: 'Not shown to you',
    loaded: 'The information has been fetched',
    download: 'Download everything',
  },
}

export const healthTexts: Texts = { nb, nn, en }
