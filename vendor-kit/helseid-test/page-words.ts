/** What the pages say, in bokmål, nynorsk and English; and the language of a reader. */
import type { Said } from './world.ts'

export type Language = keyof Said

export const languages = [
  ['nb', 'Bokmål'],
  ['nn', 'Nynorsk'],
  ['en', 'English'],
] as const satisfies readonly (readonly [Language, string])[]

// biome-ignore format: a table, one row to a text
const table = {
  choose: { nb: 'Velg testperson', nn: 'Vel testperson', en: 'Choose a test person' },
  into: { nb: 'Du logger inn i {{name}}.', nn: 'Du loggar inn i {{name}}.', en: 'You are signing in to {{name}}.' },
  notice: { nb: 'Dette er en test-innlogging. Alle personer er oppdiktet, og passord trengs ikke.',
    nn: 'Dette er ei test-innlogging. Alle personar er oppdikta, og passord trengst ikkje.',
    en: 'This is a test sign-in. Everybody is made up, and no password is needed.' },
  people: { nb: 'Testpersoner', nn: 'Testpersonar', en: 'Test persons' },
  others: { nb: 'Andre testpersoner', nn: 'Andre testpersonar', en: 'Other test persons' },
  cancel: { nb: 'Avbryt', nn: 'Avbryt', en: 'Cancel' },
  language: { nb: 'Språk', nn: 'Språk', en: 'Language' },
  signOut: { nb: 'Logg ut', nn: 'Logg ut', en: 'Sign out' },
  signOutText: { nb: 'Du er fortsatt logget inn her. Logg ut, så kan ingen andre bruke innloggingen din.',
    nn: 'Du er framleis logga inn her. Logg ut, så kan ingen andre bruke innlogginga di.',
    en: 'You are still signed in here. Sign out, so that nobody else can use your sign-in.' },
  signedOut: { nb: 'Du er logget ut', nn: 'Du er logga ut', en: 'You are signed out' },
  signedOutText: { nb: 'Du kan lukke vinduet.', nn: 'Du kan lukke vindauget.', en: 'You can close the window.' },
  stopped: { nb: 'Innloggingen stoppet', nn: 'Innlogginga stoppa', en: 'The sign-in stopped' },
  stoppedText: { nb: 'Gå tilbake til tjenesten du kom fra, og logg inn på nytt.', nn: 'Gå tilbake til tenesta du kom frå, og logg inn på nytt.',
    en: 'Go back to the service that you came from, and sign in again.' },
  expired: { nb: 'Innloggingen er for gammel, eller ble startet i en annen nettleser.',
    nn: 'Innlogginga er for gammal, eller blei starta i ein annan nettlesar.',
    en: 'The sign-in is too old, or was started in another browser.' },
  nothing: { nb: 'Her er det ingen side', nn: 'Her er det inga side', en: 'There is no page here' },
  nothingText: { nb: 'Dette er en test-innlogging for tjenester som venter HelseID. Begynn i tjenesten du vil inn i; den sender deg hit.',
    nn: 'Dette er ei test-innlogging for tenester som ventar HelseID. Begynn i tenesta du vil inn i; ho sender deg hit.',
    en: 'This is a test sign-in for services that expect HelseID. Begin in the service that you want to enter; it sends you here.' },
  ways: { nb: 'Du kan begynne på nytt her:', nn: 'Du kan begynne på nytt her:', en: 'You can begin again here:' },
  foot: { nb: 'Ikke knyttet til HelseID eller Norsk helsenett. Alle personer er oppdiktet.',
    nn: 'Ikkje knytt til HelseID eller Norsk helsenett. Alle personar er oppdikta.',
    en: 'Not connected with HelseID or Norsk helsenett. Everybody is made up.' },
} satisfies Record<string, Said>

export const say = (said: Said, language: Language): string => said[language]

export function wordsIn(language: Language): (key: keyof typeof table) => string {
  return (key) => table[key][language]
}

const known = (text: string | null | undefined): Language | undefined => languages.find(([language]) => language === text)?.[0]

/** The language that a link of ours asks for, or the one chosen on another page of the same host; else bokmål. */
export function languageOf(query: string | null, cookies: string | undefined): Language {
  return known(query) ?? known(/(?:^|;\s*)helsevev-language=([a-z]{2})/.exec(cookies ?? '')?.[1]) ?? 'nb'
}
