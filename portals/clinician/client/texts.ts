/** Texts of the clinician portal. Short and plain; each problem says what to do. */

import type { CommonProblem } from '@helsevev/portal/contract'
import { type Row, texts } from '@helsevev/ui/texts.ts'
import type { PortalProblem } from '../contract.ts'
import { accessTexts } from './access-texts.ts'
import { pageTexts } from './page-texts.ts'
import { refusalTexts } from './refusal-texts.ts'
import { worklistTexts } from './worklist-texts.ts'

declare module '@helsevev/ui/texts.ts' {
  interface Namespaces {
    clinician: typeof clinicianTexts
  }
}

/** Common problems have words in every portal, except the one that only record systems meet. */
type CommonCode = Exclude<CommonProblem['code'], 'ehr-must-renew'>
/** These are worded where they arise. */
type WordedElsewhere = 'identity-number-invalid' | 'no-patient' | 'patient-changed' | 'access-changed' | 'reason-too-short'

// biome-ignore format: a table, one row to a text
export const clinicianTexts = texts({
  ...accessTexts,
  ...pageTexts,
  ...refusalTexts,
  ...worklistTexts,
  portal: ['Helsepersonell', 'Helsepersonell', 'Health personnel'],
  'title.find': ['Finn pasient', 'Finn pasient', 'Find patient'],
  'title.organization': ['Velg arbeidssted', 'Vel arbeidsstad', 'Choose place of work'], 'title.patient': ['Pasient', 'Pasient', 'Patient'],
  'title.launchFailed': ['Pasienten ble ikke åpnet', 'Pasienten blei ikkje opna', 'The patient was not opened'],
  'signIn.lead': ['For helsepersonell som trenger det kommuner og sykehus deler om en pasient de behandler.',
    'For helsepersonell som treng det kommunar og sjukehus deler om ein pasient dei behandlar.',
    'For health personnel who need what municipalities and hospitals share about a patient they treat.'],
  'signIn.how': ['Du logger inn på sikkerhetsnivå 4. Hvem du slår opp, når og hvorfor logges, og pasienten kan se det.',
    'Du loggar inn på tryggleiksnivå 4. Kven du slår opp, når og kvifor blir logga, og pasienten kan sjå det.',
    'You sign in at security level 4. Who you look up, when and why is logged, and the patient can see it.'],
  'organization.lead': ['Velg hvor du arbeider nå. Det avgjør hva du ser. Pasienten ser det.',
    'Vel kvar du arbeider no. Det avgjer kva du ser. Pasienten ser det.', 'Your place of work decides what you see. The patient sees it.'],
  'organization.unit': ['Enhet', 'Eining', 'Unit'], 'organization.unitChoose': ['Velg enhet', 'Vel eining', 'Choose a unit'],
  'organization.unitNone': ['{{name}}, ingen bestemt enhet', '{{name}}, inga bestemt eining', '{{name}}, no particular unit'],
  'organization.required': ['Velg virksomheten du arbeider for nå.', 'Vel verksemda du arbeider for no.', 'Choose your organisation.'],
  'organization.unitRequired': ['Velg enheten du arbeider i nå.', 'Vel eininga du arbeider i no.', 'Choose the unit you work in now.'],
  'organization.none': ['Du er ikke registrert med noen virksomhet her. Kontakt dem som administrerer tilgang hos arbeidsgiveren.',
    'Du er ikkje registrert med noka verksemd her. Kontakt dei som administrerer tilgang hos arbeidsgivaren.',
    'You are not registered with any organisation here. Contact those who manage access at your employer.'],
  'organization.change': ['Bytt arbeidssted', 'Byt arbeidsstad', 'Change place of work'],
  'find.numberHelp': ['11 siffer, også D-nummer og felles hjelpenummer.', '11 siffer, òg D-nummer og felles hjelpenummer.',
    '11 digits, also D-number and common help number.'],
  'find.purpose': ['Hvorfor slår du opp?', 'Kvifor slår du opp?', 'Why are you looking?'],
  'find.purposeRequired': ['Velg hvorfor du slår opp.', 'Vel kvifor du slår opp.', 'Choose why you are looking.'],
  'find.button': ['Åpne pasienten', 'Opne pasienten', 'Open the patient'],
  'find.opening': ['Henter opplysninger …', 'Hentar opplysningar …', 'Fetching information …'],
  'find.resume': ['Tilbake til pasienten som er åpen', 'Tilbake til pasienten som er open', 'Back to the patient who is open'],
  'find.errors.empty': ['Skriv fødselsnummeret.', 'Skriv fødselsnummeret.', 'Type the national identity number.'],
  'find.errors.not-digits': ['Skriv bare siffer.', 'Skriv berre siffer.', 'Write digits only.'],
  'find.errors.too-short': ['For få siffer. Skriv 11.', 'For få siffer. Skriv 11.', 'Too few digits. Write 11.'],
  'find.errors.too-long': ['For mange siffer. Skriv 11.', 'For mange siffer. Skriv 11.', 'Too many digits. Write 11.'],
  'find.errors.no-such-date': ['De seks første sifrene er ikke en dato. Se etter tastefeil.',
    'Dei seks første sifra er ikkje ein dato. Sjå etter tastefeil.', 'The first six digits are not a date. Check for a typing error.'],
  'find.errors.check-digits': ['Kontrollsifrene stemmer ikke. Se etter tastefeil.', 'Kontrollsifra stemmer ikkje. Sjå etter tastefeil.',
    'The check digits do not agree. Check for a typing error.'],
  'find.errors.person-unknown': ['Nummeret er gyldig, men ingen som deler her, har meldt om personen.',
    'Nummeret er gyldig, men ingen som deler her, har meldt om personen.', 'Valid number, but nobody who shares here reported the person.'],
  'launch.unknown-system': ['Journalsystemet som åpnet siden, er ukjent. Spør dem som driver det.',
    'Journalsystemet som opna sida, er ukjent. Spør dei som driv det.', 'The record system is unknown here. Ask those who manage it.'],
  'launch.choose': ['Eller velg pasienten i journalsystemet', 'Eller vel pasienten i journalsystemet', 'Or choose in the record system'],
  'launch.expired': ['Lenken er brukt eller for gammel. Åpne igjen fra journalsystemet.',
    'Lenkja er brukt eller for gammal. Opne igjen frå journalsystemet.', 'The link is used or too old. Open again from the record system.'],
  'launch.person-unknown': ['Personen er ikke registrert her. Ingen som deler, har meldt om personen.',
    'Personen er ikkje registrert her. Ingen som deler, har meldt om personen.', 'Nobody who shares here has reported on the person.'],
  'launch.refused': ['Du kan ikke slå opp for virksomheten journalsystemet oppga.',
    'Du kan ikkje slå opp for verksemda journalsystemet oppgav.', 'You cannot look up for the organisation the record system named.'],
  'launch.unavailable': ['Tjenesten svarer ikke. Åpne igjen fra journalsystemet om litt.',
    'Tenesta svarer ikkje. Opne igjen frå journalsystemet om litt.', 'The service does not answer. Open the patient again in a moment.'],
  'launch.failed': ['Pasienten kunne ikke åpnes fra journalsystemet. Prøv igjen derfra.',
    'Pasienten kunne ikkje opnast frå journalsystemet. Prøv igjen.', 'The patient could not be opened from the record system. Try again.'],
  'launch.nothingOpened': ['Ingen ny pasient er åpnet.', 'Ingen ny pasient er opna.', 'No new patient has been opened.'],
  'launch.button': ['Gå til siden for helsepersonell', 'Gå til sida for helsepersonell', 'Go to the page for health personnel'],
  'purpose.TREAT.name': ['Behandling', 'Behandling', 'Treatment'],
  'purpose.TREAT.text': ['Du gir eller planlegger helsehjelp.', 'Du gir eller planlegg helsehjelp.', 'You give or plan health care.'],
  'purpose.ETREAT.name': ['Akutt behandling', 'Akutt behandling', 'Emergency treatment'],
  'purpose.ETREAT.text': ['Pasienten trenger hjelp nå, og det haster.', 'Pasienten treng hjelp no, og det hastar.',
    'The patient needs help now, and it is urgent.'],
  'purpose.COC.name': ['Samordning', 'Samordning', 'Coordination of care'],
  'purpose.COC.text': ['Du samordner tjenester pasienten har eller skal få.', 'Du samordnar tenester pasienten har eller skal få.',
    'You coordinate services that the patient has or will have.'],
  'strip.label': ['Oppslaget', 'Oppslaget', 'The look-up'],
  'strip.organization': ['Du slår opp for', 'Du slår opp for', 'You look up for'],
  'strip.logged': ['Oppslag logges, og pasienten kan se dem.', 'Oppslag blir logga, og pasienten kan sjå dei.',
    'Look-ups are logged, and the patient can see them.'],
  'patient.number.FNR': ['Fødselsnummer', 'Fødselsnummer', 'National identity number'],
  'patient.number.DNR': ['D-nummer', 'D-nummer', 'D-number'],
  'patient.number.FHN': ['Felles hjelpenummer', 'Felles hjelpenummer', 'Common help number'],
  'patient.ending': ['slutter på {{ending}}', 'sluttar på {{ending}}', 'ends in {{ending}}'],
  'patient.close': ['Lukk pasienten', 'Lukk pasienten', 'Close the patient'],
  'patient.closed': ['Pasienten er lukket.', 'Pasienten er lukka.', 'The patient is closed.'],
  'patient.refresh': ['Hent på nytt', 'Hent på nytt', 'Fetch again'],
  'patient.fetched': ['Hentet kl. {{time}}', 'Henta kl. {{time}}', 'Fetched at {{time}}'],
  'patient.changed': ['En annen pasient er åpnet', 'Ein annan pasient er opna', 'Another patient has been opened'],
  'patient.changedText': ['I et annet vindu er en annen pasient åpnet, eller pasienten lukket. Derfor vises ingenting her.',
    'I eit anna vindauge er ein annan pasient opna, eller pasienten lukka. Difor er ingenting vist her.',
    'In another window another patient was opened, or this one closed. Therefore nothing is shown here.'],
  'patient.changedButton': ['Gå til finn pasient', 'Gå til finn pasient', 'Go to find patient'],
  'patient.loaded': ['Opplysningene er hentet.', 'Opplysningane er henta.', 'The information has been fetched.'],
  'patient.born': ['født {{date}}', 'fødd {{date}}', 'born {{date}}'],
  'patient.gender.female': ['kvinne', 'kvinne', 'female'], 'patient.gender.male': ['mann', 'mann', 'male'],
  'patient.gender.other': ['annet kjønn', 'anna kjønn', 'other gender'],
  'patient.unidentified': ['Navnet kunne ikke hentes. Kontroller nummeret. Det som kan røpe bosted, vises ikke før vi vet hvem det er.',
    'Namnet kunne ikkje hentast. Kontroller nummeret. Det som kan røpe bustad, blir ikkje vist før vi veit kven det er.',
    'The name could not be fetched. Check the number. What may reveal a home is not shown until we know who it is.'],
  'patient.identifyAgain': ['Hent navnet på nytt', 'Hent namnet på nytt', 'Fetch the name again'],
  'patient.protectedAddress': ['Fortrolig adresse: det som røper bosted, vises ikke',
    'Fortruleg adresse: det som røper bustad, er ikkje vist', 'Protected address: what reveals the home is not shown'],
  'roles.Sykepleier': ['Sykepleier', 'Sjukepleiar', 'Nurse'], 'roles.Lege': ['Lege', 'Lege', 'Doctor'],
  'roles.Vernepleier': ['Vernepleier', 'Vernepleiar', 'Social educator'], 'roles.Jordmor': ['Jordmor', 'Jordmor', 'Midwife'],
  'roles.Fysioterapeut': ['Fysioterapeut', 'Fysioterapeut', 'Physiotherapist'],
  'roles.Helsefagarbeider': ['Helsefagarbeider', 'Helsefagarbeidar', 'Health care worker'],
  'roles.Psykolog': ['Psykolog', 'Psykolog', 'Psychologist'],
  'problem.no-organization': ['Velg arbeidssted først.', 'Vel arbeidsstad først.', 'Choose your place of work first.'],
  'problem.ehr-must-renew': ['Økten fra journalsystemet må fornyes. Gå dit, og prøv igjen. Hjelper ikke det, åpner du pasienten på nytt ' +
    'derfra.', 'Økta frå journalsystemet må fornyast. Gå dit, og prøv igjen. Hjelper ikkje det, opnar du pasienten på nytt derifrå.',
    'The session from the record system must be renewed. Go there, and try again. If that fails, open the patient again from there.'],
  'problem.no-worklist': ['Enheten har ingen liste her.', 'Eininga har inga liste her.', 'The unit has no list here.'],
  'problem.list-changed': ['Listen er endret siden den ble hentet. Hent den på nytt.',
    'Lista er endra sidan ho vart henta. Hent henne på nytt.', 'The list has changed since you fetched it. Fetch it again.'],
}) satisfies Readonly<Record<`problem.${Exclude<PortalProblem['code'], CommonCode | WordedElsewhere>}`, Row>>
