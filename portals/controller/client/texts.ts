/** Texts of the controller portal, i18next namespace `controller`. What is not here is common to all portals. */
import type { Texts } from '@helsevev/ui/i18n.ts'

export const texts: Texts = {
  nb: {
    portal: 'Dataansvarlig',
    title: { home: 'Forsiden', organization: 'Velg virksomhet' },
    signIn: {
      lead: 'For deg som handler for en dataansvarlig: en kommune, et helseforetak eller en annen virksomhet som deler opplysninger.',
      how: 'Du logger inn med sikkerhetsnivå 4. Det du gjør for virksomheten, blir logget.',
    },
    organization: {
      legend: 'Hvilken virksomhet handler du for nå?',
      number: 'Organisasjonsnummer {{number}}',
      required: 'Velg virksomheten du handler for nå.',
      button: 'Fortsett',
    },
    home: { greeting: 'Hei, {{name}}', actsFor: 'Du handler for {{organization}}.' },
  },
  nn: {
    portal: 'Dataansvarleg',
    title: { home: 'Framsida', organization: 'Vel verksemd' },
    signIn: {
      lead: 'For deg som handlar for ein dataansvarleg: ein kommune, eit helseføretak eller ei anna verksemd som deler opplysningar.',
      how: 'Du loggar inn med tryggleiksnivå 4. Det du gjer for verksemda, blir logga.',
    },
    organization: {
      legend: 'Kva verksemd handlar du for no?',
      number: 'Organisasjonsnummer {{number}}',
      required: 'Vel verksemda du handlar for no.',
      button: 'Hald fram',
    },
    home: { greeting: 'Hei, {{name}}', actsFor: 'Du handlar for {{organization}}.' },
  },
  en: {
    portal: 'Data controller',
    title: { home: 'Front page', organization: 'Choose organisation' },
    signIn: {
      lead: 'For you who act for a data controller: a municipality, a health trust or another organisation that shares information.',
      how: 'You sign in at security level 4. What you do for the organisation is logged.',
    },
    organization: {
      legend: 'Which organisation do you act for now?',
      number: 'Organisation number {{number}}',
      required: 'Choose the organisation you act for now.',
      button: 'Continue',
    },
    home: { greeting: 'Hello, {{name}}', actsFor: 'You act for {{organization}}.' },
  },
}
