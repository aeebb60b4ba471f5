/** Texts that every portal has. A portal's own texts come first: the same key there is used instead. */
import { type Row, texts } from '@helsevev/ui/texts.ts'
import type { CommonProblem, SignInProblem } from '../contract.ts'

declare module '@helsevev/ui/texts.ts' {
  interface Namespaces {
    portal: typeof commonTexts & OwnTexts
  }
}

declare module 'i18next' {
  interface CustomTypeOptions {
    fallbackNS: 'portal'
  }
}

/** These lead somewhere else, or are worded by the portal they are met in. */
type WordedElsewhere = 'signed-out' | 'person-unknown' | 'refused' | 'ehr-must-renew'

/** What the pages that all portals share leave to each portal. */
export type OwnTexts = Readonly<Record<'portal' | 'signIn.lead' | 'signIn.how', Row>>

// biome-ignore format: a table, one row to a text
export const commonTexts = texts({
  'title.signIn': ['Logg inn', 'Logg inn', 'Sign in'],
  loading: ['Henter siden …', 'Hentar sida …', 'Loading the page …'],
  'signIn.button': ['Logg inn med HelseID', 'Logg inn med HelseID', 'Sign in with HelseID'],
  'signIn.ended': ['Du er logget ut.', 'Du er logga ut.', 'You are signed out.'],
  'signIn.endedWhy': ['Økten varer {{minutes}} minutter uten bruk, høyst {{hours}} timer.',
    'Økta varer {{minutes}} minutt utan bruk, høgst {{hours}} timar.', 'It lasts {{minutes}} minutes unused, {{hours}} hours at most.'],
  'signIn.problem.failed': ['Innloggingen feilet. Prøv igjen.', 'Innlogginga feila. Prøv igjen.', 'The sign-in failed. Try again.'],
  'signIn.problem.expired': ['Innloggingen tok for lang tid, eller startet i et annet vindu. Prøv igjen.',
    'Innlogginga tok for lang tid, eller starta i eit anna vindauge. Prøv igjen.',
    'The sign-in took too long, or began in another window. Try again.'],
  'signIn.problem.cancelled': ['Innloggingen ble avbrutt.', 'Innlogginga blei avbroten.', 'The sign-in was cancelled.'],
  'signIn.problem.unavailable': ['Innloggingstjenesten svarer ikke. Prøv igjen om litt.',
    'Innloggingstenesta svarer ikkje. Prøv igjen om litt.', 'The sign-in service does not answer. Try again in a while.'],
  'signIn.problem.security-level': ['Innloggingen var ikke på sikkerhetsnivå 4. Bruk BankID eller lignende.',
    'Innlogginga var ikkje på tryggleiksnivå 4. Bruk BankID eller liknande.',
    'The sign-in was not at security level 4. Use BankID or the like.'],
  'signIn.problem.not-health-personnel': ['Du er ikke i Helsepersonellregisteret og kan ikke slå opp pasienter.',
    'Du er ikkje i Helsepersonellregisteret og kan ikkje slå opp pasientar.',
    'You are not in the HPR register, and cannot look up people.'],
  'signIn.problem.no-organization': ['Du er ikke registrert med en virksomhet som deler her.',
    'Du er ikkje registrert med ei verksemd som deler her.', 'You are not registered with an organisation that shares here.'],
  'signIn.problem.another-user': ['Du er ikke den som er pålogget i journalsystemet, eller arbeider ikke i virksomheten. Ingen pasient ' +
    'er åpnet.', 'Du er ikkje den som er pålogga i journalsystemet, eller arbeider ikkje i verksemda. Ingen pasient er opna.',
    'You are not the user of the record system, or do not work at its organisation. No patient was opened.'],
  'account.signOut': ['Logg ut', 'Logg ut', 'Sign out'],
  'account.signedInAs': ['Innlogget som', 'Innlogga som', 'Signed in as'],
  'problem.unavailable': ['Tjenesten svarer ikke. Prøv igjen om litt.', 'Tenesta svarer ikkje. Prøv igjen om litt.',
    'The service does not answer. Try again in a while.'],
  'problem.failed': ['Noe gikk galt hos oss. Prøv igjen.', 'Noko gjekk gale hos oss. Prøv igjen.', 'Something went wrong here. Try again.'],
  'problem.invalid-request': ['Forespørselen ble ikke forstått. Last siden på nytt.',
    'Førespurnaden blei ikkje forstått. Last sida på nytt.', 'The request was not understood. Load the page again.'],
  'problem.not-from-our-page': ['Forespørselen kunne ikke bekreftes. Last siden på nytt.',
    'Førespurnaden kunne ikkje stadfestast. Last sida på nytt.', 'The request could not be confirmed. Load the page again.'],
  'problem.summary': ['Rett dette først', 'Rett dette først', 'Correct this first'],
  'word.cancel': ['Avbryt', 'Avbryt', 'Cancel'], 'word.all': ['Alle', 'Alle', 'All'], 'word.close': ['Lukk', 'Lukk', 'Close'],
  'word.service': ['Tjeneste', 'Teneste', 'Service'], 'word.period': ['Periode', 'Periode', 'Period'],
  'word.purpose': ['Formål', 'Formål', 'Purpose'], 'word.reason': ['Begrunnelse', 'Grunngiving', 'Reason'],
  'word.identityNumber': ['Fødselsnummer', 'Fødselsnummer', 'National identity number'],
  'word.organization': ['Virksomhet', 'Verksemd', 'Organisation'], 'word.ended': ['Avsluttet', 'Avslutta', 'Ended'],
  'word.hpr': ['HPR-nummer', 'HPR-nummer', 'HPR number'], 'word.day': ['Dag', 'Dag', 'Day'],
  'word.continue': ['Fortsett', 'Hald fram', 'Continue'], 'word.pages': ['Sider', 'Sider', 'Pages'],
  'word.hello': ['Hei, {{name}}', 'Hei, {{name}}', 'Hello, {{name}}'],
  'word.nameless': ['Navn ikke registrert', 'Namn ikkje registrert', 'Name not registered'],
  'word.sourceAnswers': ['Andre deler det som vises. Den oppgitte kilden svarer for innholdet.',
    'Andre deler det som er vist. Den oppgitte kjelda svarer for innhaldet.', 'Others share this. The named source answers for it.'],
}) satisfies Readonly<Record<`signIn.problem.${SignInProblem}` | `problem.${Exclude<CommonProblem['code'], WordedElsewhere>}`, Row>>
