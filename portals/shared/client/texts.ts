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
  'title.wrongAddress': ['Siden finnes ikke', 'Sida finst ikkje', 'There is no such page'],
  'wrongAddress.text': ['Adressen er feil, eller siden er flyttet. Det du leter etter, finner du fra forsiden.',
    'Adressa er feil, eller sida er flytta. Det du leitar etter, finn du frå framsida.',
    'The address is wrong, or the page has moved. You find what you look for from the front page.'],
  'wrongAddress.button': ['Gå til forsiden', 'Gå til framsida', 'Go to the front page'],
  'foot.help': ['Hjelp', 'Hjelp', 'Help'], 'foot.contact': ['Kontakt', 'Kontakt', 'Contact'],
  'foot.accessibility': ['Tilgjengelighet', 'Tilgjenge', 'Accessibility'], 'foot.privacy': ['Personvern', 'Personvern', 'Privacy'],
  'title.signIn': ['Logg inn', 'Logg inn', 'Sign in'],
  loaded: ['Hentet.', 'Henta.', 'Fetched.'],
  loading: ['Henter siden …', 'Hentar sida …', 'Loading the page …'],
  'signIn.button': ['Logg inn med HelseID', 'Logg inn med HelseID', 'Sign in with HelseID'],
  'signIn.ended': ['Du er logget ut.', 'Du er logga ut.', 'You are signed out.'],
  'signIn.endedWhy': ['Skrev du noe, får du det tilbake når du logger inn igjen i dette vinduet, om siden sa at det blir tatt vare på.',
    'Skreiv du noko, får du det tilbake når du loggar inn igjen i dette vindauget, om sida sa at det blir teke vare på.',
    'If you were writing, you get it back when you sign in again in this window, where the page said that it is kept.'],
  'signIn.lasts': ['Du blir logget ut etter {{minutes}} minutter uten at du bruker siden, og etter {{hours}} timer uansett. Du får beskjed ' +
    'først.', 'Du blir logga ut etter {{minutes}} minutt utan at du bruker sida, og etter {{hours}} timar uansett. Du får beskjed først.',
    'You are signed out after {{minutes}} minutes without using the page, and after {{hours}} hours in any case. You are told before.'],
  'timeOut.idle-soon.title': ['Er du her fortsatt?', 'Er du her framleis?', 'Are you still here?'],
  'timeOut.idle-soon.text': ['Du har ikke brukt siden på en stund. Klokken {{time}} blir du logget ut. Trykk en tast for å fortsette.',
    'Du har ikkje brukt sida på ei stund. Klokka {{time}} blir du logga ut. Trykk ein tast for å halde fram.',
    'You have not used the page for a while. You are signed out at {{time}}. Press any key to continue.'],
  'timeOut.idle-soon.stay': ['Fortsett', 'Hald fram', 'Continue'],
  'timeOut.ends-soon.title': ['Du blir logget ut klokken {{time}}', 'Du blir logga ut klokka {{time}}', 'You are signed out at {{time}}'],
  'timeOut.ends-soon.text': ['Du har snart vært logget inn i {{hours}} timer. Da må du logge inn på nytt.',
    'Du har snart vore logga inn i {{hours}} timar. Då må du logge inn på nytt.',
    'You have been signed in for nearly {{hours}} hours. Then you must sign in again.'],
  'timeOut.ends-soon.stay': ['Jeg forstår', 'Eg forstår', 'I understand'],
  'timeOut.kept': ['Det du har skrevet, blir tatt vare på. Du får det tilbake når du logger inn igjen i dette vinduet.',
    'Det du har skrive, blir teke vare på. Du får det tilbake når du loggar inn igjen i dette vindauget.',
    'What you have written is kept. You get it back when you sign in again in this window.'],
  'timeOut.lost': ['Det du har skrevet og ikke sendt, blir borte da.', 'Det du har skrive og ikkje sendt, blir borte då.',
    'What you have written and not sent is lost then.'],
  'timeOut.givenBackLabel': ['Tekst du får tilbake', 'Tekst du får tilbake', 'Text that you get back'],
  'timeOut.givenBack': ['Du ble logget ut mens du skrev. Teksten er tatt vare på: åpne {{where}} igjen, så står den der.',
    'Du blei logga ut medan du skreiv. Teksten er teken vare på: opne {{where}} igjen, så står han der.',
    'You were signed out while you were writing. The text was kept: open {{where}} again, and it is there.'],
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
  'word.sourceAnswers': ['Opplysningene er delt av virksomhetene som står oppgitt som kilder. De svarer for innholdet.',
    'Opplysningane er delte av verksemdene som står oppgitte som kjelder. Dei svarer for innhaldet.',
    'The information is shared by the organisations named as sources. They are responsible for its content. Their own words stand as they were written, mostly in Norwegian.'],
}) satisfies Readonly<Record<`signIn.problem.${SignInProblem}` | `problem.${Exclude<CommonProblem['code'], WordedElsewhere>}`, Row>>
