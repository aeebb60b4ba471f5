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
  'signIn.endedWhy': ['Økten varer i {{minutes}} minutter uten bruk, og høyst {{hours}} timer.',
    'Økta varer i {{minutes}} minutt utan bruk, og høgst {{hours}} timar.',
    'A session lasts {{minutes}} minutes without use, and {{hours}} hours at most.'],
  'signIn.problem.failed': ['Innloggingen ble ikke fullført. Prøv igjen.', 'Innlogginga blei ikkje fullført. Prøv igjen.',
    'The sign-in was not completed. Try again.'],
  'signIn.problem.expired': ['Innloggingen tok for lang tid, eller den ble startet i et annet vindu. Prøv igjen.',
    'Innlogginga tok for lang tid, eller ho blei starta i eit anna vindauge. Prøv igjen.',
    'The sign-in took too long, or was started in another window. Try again.'],
  'signIn.problem.cancelled': ['Innloggingen ble avbrutt.', 'Innlogginga blei avbroten.', 'The sign-in was cancelled.'],
  'signIn.problem.unavailable': ['Innloggingstjenesten svarer ikke. Prøv igjen om litt.',
    'Innloggingstenesta svarer ikkje. Prøv igjen om litt.', 'The sign-in service does not answer. Try again in a while.'],
  'signIn.problem.security-level': ['Innloggingen var ikke på sikkerhetsnivå 4. Logg inn med BankID, Buypass eller tilsvarende.',
    'Innlogginga var ikkje på tryggleiksnivå 4. Logg inn med BankID, Buypass eller tilsvarande.',
    'The sign-in was not at security level 4. Sign in with BankID, Buypass or the like.'],
  'signIn.problem.not-health-personnel': ['Du er ikke registrert i Helsepersonellregisteret, og kan ikke slå opp pasienter her.',
    'Du er ikkje registrert i Helsepersonellregisteret, og kan ikkje slå opp pasientar her.',
    'You are not in the register of health personnel (HPR), and cannot look up patients here.'],
  'signIn.problem.no-organization': ['Du er ikke registrert med noen virksomhet som deler opplysninger her.',
    'Du er ikkje registrert med noka verksemd som deler opplysningar her.',
    'You are not registered with any organisation that shares information here.'],
  'signIn.problem.another-user': ['Du logget inn som en annen enn den som er pålogget i journalsystemet, eller arbeider ikke i ' +
    'virksomheten som bruker det. Ingen pasient er åpnet.', 'Du logga inn som ein annan enn den som er pålogga i journalsystemet, eller ' +
    'arbeider ikkje i verksemda som bruker det. Ingen pasient er opna.', 'You signed in as somebody else than the user of the record ' +
    'system, or do not work at the organisation that uses it. No patient was opened.'],
  'account.signOut': ['Logg ut', 'Logg ut', 'Sign out'],
  'account.signedInAs': ['Innlogget som', 'Innlogga som', 'Signed in as'],
  'problem.unavailable': ['Tjenesten svarer ikke. Prøv igjen om litt.', 'Tenesta svarer ikkje. Prøv igjen om litt.',
    'The service does not answer. Try again in a while.'],
  'problem.failed': ['Noe gikk galt hos oss. Prøv igjen.', 'Noko gjekk gale hos oss. Prøv igjen.',
    'Something went wrong on our side. Try again.'],
  'problem.invalid-request': ['Forespørselen ble ikke forstått. Last siden på nytt og prøv igjen.',
    'Førespurnaden blei ikkje forstått. Last sida på nytt og prøv igjen.',
    'The request was not understood. Load the page again and retry.'],
  'problem.not-from-our-page': ['Forespørselen kunne ikke bekreftes. Last siden på nytt og prøv igjen.',
    'Førespurnaden kunne ikkje stadfestast. Last sida på nytt og prøv igjen.',
    'The request could not be confirmed. Load the page again and retry.'],
  'problem.summary': ['Rett dette først', 'Rett dette først', 'Correct this first'],
  'word.cancel': ['Avbryt', 'Avbryt', 'Cancel'],
  'word.all': ['Alle', 'Alle', 'All'],
  'word.close': ['Lukk', 'Lukk', 'Close'],
  'word.service': ['Tjeneste', 'Teneste', 'Service'],
  'word.period': ['Periode', 'Periode', 'Period'],
  'word.purpose': ['Formål', 'Formål', 'Purpose'],
  'word.reason': ['Begrunnelse', 'Grunngiving', 'Reason'],
  'word.identityNumber': ['Fødselsnummer', 'Fødselsnummer', 'National identity number'],
  'word.organization': ['Virksomhet', 'Verksemd', 'Organisation'],
  'word.ended': ['Avsluttet', 'Avslutta', 'Ended'],
  'word.hpr': ['HPR-nummer', 'HPR-nummer', 'HPR number'],
  'word.day': ['Dag', 'Dag', 'Day'],
  'word.continue': ['Fortsett', 'Hald fram', 'Continue'],
  'word.pages': ['Sider', 'Sider', 'Pages'],
  'word.hello': ['Hei, {{name}}', 'Hei, {{name}}', 'Hello, {{name}}'],
  'word.nameless': ['Navn ikke registrert', 'Namn ikkje registrert', 'Name not registered'],
  'word.sourceAnswers': ['Helsevev viser det andre deler. Den som er oppgitt som kilde, svarer for innholdet.',
    'Helsevev viser det andre deler. Den som er oppgitt som kjelde, svarer for innhaldet.',
    'Helsevev shows what others share. Whoever is named as the source answers for the content.'],
}) satisfies Readonly<Record<`signIn.problem.${SignInProblem}` | `problem.${Exclude<CommonProblem['code'], WordedElsewhere>}`, Row>>
