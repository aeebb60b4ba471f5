/** Texts of the citizen portal, i18next namespace `citizen`. What is not here is common to all portals. */
import type { Texts } from '@helsevev/ui/i18n.ts'

export const texts: Texts = {
  nb: {
    portal: 'Innbygger',
    title: { home: 'Forsiden' },
    signIn: {
      lead: 'For deg som vil se hvilke helseopplysninger om deg kommuner og sykehus deler, og bestemme hvem som får se dem.',
      how: 'Du logger inn med BankID eller en annen innlogging på sikkerhetsnivå 4.',
    },
    home: { greeting: 'Hei, {{name}}', self: 'Du er logget inn som deg selv.' },
    footer: 'Helsevev viser det andre deler. Den som er oppgitt som kilde, svarer for innholdet.',
  },
  nn: {
    portal: 'Innbyggjar',
    title: { home: 'Framsida' },
    signIn: {
      lead: 'For deg som vil sjå kva helseopplysningar om deg kommunar og sjukehus deler, og avgjere kven som får sjå dei.',
      how: 'Du loggar inn med BankID eller ei anna innlogging på tryggleiksnivå 4.',
    },
    home: { greeting: 'Hei, {{name}}', self: 'Du er logga inn som deg sjølv.' },
    footer: 'Helsevev viser det andre deler. Den som er oppgitt som kjelde, svarer for innhaldet.',
  },
  en: {
    portal: 'Citizen',
    title: { home: 'Front page' },
    signIn: {
      lead: 'For you who want to see which health information about you municipalities and hospitals share, and decide who may see it.',
      how: 'You sign in with BankID or another sign-in at security level 4.',
    },
    home: { greeting: 'Hello, {{name}}', self: 'You are signed in as yourself.' },
    footer: 'Helsevev shows what others share. Whoever is named as the source answers for the content.',
  },
}
