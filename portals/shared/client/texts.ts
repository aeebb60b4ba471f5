/** Texts that every portal has, i18next namespace `portal`. A portal's own texts come first: the same key there is used instead. */
import type { Texts } from '@helsevev/ui/i18n.ts'

export const commonTexts: Texts = {
  nb: {
    title: { signIn: 'Logg inn' },
    loading: 'Henter siden …',
    signIn: {
      button: 'Logg inn med HelseID',
      ended: 'Du er logget ut.',
      endedWhy: 'Økten varer i {{minutes}} minutter uten bruk, og høyst {{hours}} timer.',
      problem: {
        failed: 'Innloggingen ble ikke fullført. Prøv igjen.',
        expired: 'Innloggingen tok for lang tid, eller den ble startet i et annet vindu. Prøv igjen.',
        cancelled: 'Innloggingen ble avbrutt.',
        unavailable: 'Innloggingstjenesten svarer ikke. Prøv igjen om litt.',
        'security-level': 'Innloggingen var ikke på sikkerhetsnivå 4. Logg inn med BankID, Buypass eller tilsvarende.',
        'not-health-personnel': 'Du er ikke registrert i Helsepersonellregisteret, og kan ikke slå opp pasienter her.',
        'no-organization': 'Du er ikke registrert med noen virksomhet som deler opplysninger her.',
        'another-user':
          'Du logget inn som en annen enn den som er pålogget i journalsystemet, eller arbeider ikke i virksomheten som bruker det. Ingen pasient er åpnet.',
      },
    },
    account: { signOut: 'Logg ut', signedInAs: 'Innlogget som' },
    problem: {
      unavailable: 'Tjenesten svarer ikke. Prøv igjen om litt.',
      failed: 'Noe gikk galt hos oss. Prøv igjen.',
      'invalid-request': 'Forespørselen ble ikke forstått. Last siden på nytt og prøv igjen.',
      'not-from-our-page': 'Forespørselen kunne ikke bekreftes. Last siden på nytt og prøv igjen.',
      summary: 'Rett dette først',
    },
  },
  nn: {
    title: { signIn: 'Logg inn' },
    loading: 'Hentar sida …',
    signIn: {
      button: 'Logg inn med HelseID',
      ended: 'Du er logga ut.',
      endedWhy: 'Økta varer i {{minutes}} minutt utan bruk, og høgst {{hours}} timar.',
      problem: {
        failed: 'Innlogginga blei ikkje fullført. Prøv igjen.',
        expired: 'Innlogginga tok for lang tid, eller ho blei starta i eit anna vindauge. Prøv igjen.',
        cancelled: 'Innlogginga blei avbroten.',
        unavailable: 'Innloggingstenesta svarer ikkje. Prøv igjen om litt.',
        'security-level': 'Innlogginga var ikkje på tryggleiksnivå 4. Logg inn med BankID, Buypass eller tilsvarande.',
        'not-health-personnel': 'Du er ikkje registrert i Helsepersonellregisteret, og kan ikkje slå opp pasientar her.',
        'no-organization': 'Du er ikkje registrert med noka verksemd som deler opplysningar her.',
        'another-user':
          'Du logga inn som ein annan enn den som er pålogga i journalsystemet, eller arbeider ikkje i verksemda som bruker det. Ingen pasient er opna.',
      },
    },
    account: { signOut: 'Logg ut', signedInAs: 'Innlogga som' },
    problem: {
      unavailable: 'Tenesta svarer ikkje. Prøv igjen om litt.',
      failed: 'Noko gjekk gale hos oss. Prøv igjen.',
      'invalid-request': 'Førespurnaden blei ikkje forstått. Last sida på nytt og prøv igjen.',
      'not-from-our-page': 'Førespurnaden kunne ikkje stadfestast. Last sida på nytt og prøv igjen.',
      summary: 'Rett dette først',
    },
  },
  en: {
    title: { signIn: 'Sign in' },
    loading: 'Loading the page …',
    signIn: {
      button: 'Sign in with HelseID',
      ended: 'You are signed out.',
      endedWhy: 'A session lasts {{minutes}} minutes without use, and {{hours}} hours at most.',
      problem: {
        failed: 'The sign-in was not completed. Try again.',
        expired: 'The sign-in took too long, or was started in another window. Try again.',
        cancelled: 'The sign-in was cancelled.',
        unavailable: 'The sign-in service does not answer. Try again in a while.',
        'security-level': 'The sign-in was not at security level 4. Sign in with BankID, Buypass or the like.',
        'not-health-personnel': 'You are not in the register of health personnel (HPR), and cannot look up patients here.',
        'no-organization': 'You are not registered with any organisation that shares information here.',
        'another-user':
          'You signed in as somebody else than the user of the record system, or do not work at the organisation that uses it. No patient was opened.',
      },
    },
    account: { signOut: 'Sign out', signedInAs: 'Signed in as' },
    problem: {
      unavailable: 'The service does not answer. Try again in a while.',
      failed: 'Something went wrong on our side. Try again.',
      'invalid-request': 'The request was not understood. Load the page again and retry.',
      'not-from-our-page': 'The request could not be confirmed. Load the page again and retry.',
      summary: 'Correct this first',
    },
  },
}
