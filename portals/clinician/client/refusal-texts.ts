/** Why the API, or the identity provider, says no: one sentence of cause, and what the reader can do. */
import { type Row, texts } from '@helsevev/ui/texts.ts'
import type { refusals } from '../contract.ts'

// biome-ignore format: a table, one row to a text
export const refusalTexts = texts({
  'refused.no-agreement': [
    'Ingen avtale om deling åpner denne tjenesten for virksomheten din til dette formålet. Den som administrerer avtaler hos dere, ' +
    'kan be om det.',
    'Ingen avtale om deling opnar denne tenesta for verksemda di til dette formålet. Den som administrerer avtalar hos dykk, kan be ' +
    'om det.',
    'No sharing agreement opens this service to your organisation for this purpose. Whoever manages agreements with you can ask for it.'],
  'refused.role-not-open': [
    'Tjenesten er ikke åpen for din yrkesgruppe til dette formålet. Spør en kollega som har tilgang, eller lederen din.',
    'Tenesta er ikkje open for yrkesgruppa di til dette formålet. Spør ein kollega som har tilgang, eller leiaren din.',
    'The service is not open to your profession for this purpose. Ask a colleague who has access, or your manager.'],
  'refused.not-your-unit': ['Listen hører til en annen enhet enn den du arbeider ved nå. Velg riktig arbeidssted.',
    'Lista høyrer til ei anna eining enn den du arbeider ved no. Vel rett arbeidsstad.',
    'The list belongs to another unit than the one you work at now. Choose the right place of work.'],
  'refused.authorization-not-held': [
    'Helsepersonellregisteret har ingen gyldig autorisasjon på deg nå. Uten den kan du ikke slå opp pasienter. Kontakt arbeidsgiveren ' +
    'din eller Helsedirektoratet.',
    'Helsepersonellregisteret har ingen gyldig autorisasjon på deg no. Utan han kan du ikkje slå opp pasientar. Kontakt ' +
    'arbeidsgivaren din eller Helsedirektoratet.',
    'The register of health personnel has no valid authorisation for you now. Without one you cannot look up patients. Contact your ' +
    'employer or the Directorate of Health.'],
  'refused.point-of-care-unknown': ['Arbeidsstedet du har valgt, er ikke registrert som en enhet i virksomheten. Velg arbeidssted på nytt.',
    'Arbeidsstaden du har valt, er ikkje registrert som ei eining i verksemda. Vel arbeidsstad på nytt.',
    'The place of work you chose is not registered as a unit of the organisation. Choose your place of work again.'],
  'refused.attestation-missing': [
    'Oppslaget manglet opplysninger om hvem som slår opp og hvorfor. Feilen er hos oss. Lukk pasienten og åpne på nytt.',
    'Oppslaget mangla opplysningar om kven som slår opp og kvifor. Feilen er hos oss. Lukk pasienten og opne på nytt.',
    'The look-up did not say who looks and why. The fault is ours. Close the patient and open again.'],
  'refused.attestation-incomplete': [
    'Oppslaget manglet noe av det som må være med om deg og formålet. Feilen er hos oss. Meld fra hvis den kommer igjen.',
    'Oppslaget mangla noko av det som må vere med om deg og formålet. Feilen er hos oss. Meld frå om han kjem igjen.',
    'The look-up lacked something it must say of you and the purpose. The fault is ours. Tell us if it comes back.'],
  'refused.attestation-invalid': ['Opplysningene om deg og formålet kunne ikke leses. Feilen er hos oss. Meld fra hvis den kommer igjen.',
    'Opplysningane om deg og formålet kunne ikkje lesast. Feilen er hos oss. Meld frå om han kjem igjen.',
    'What the look-up said of you and the purpose could not be read. The fault is ours. Tell us if it comes back.'],
  'refused.attestation-contradicts-token': ['Opplysningene om deg stemmer ikke med innloggingen. Logg ut og inn igjen.',
    'Opplysningane om deg stemmer ikkje med innlogginga. Logg ut og inn igjen.',
    'What the look-up said of you does not agree with your sign-in. Sign out and in again.'],
  'refused.attestation-not-signed': ['Oppslaget kunne ikke bekreftes som ditt. Logg ut og inn igjen.',
    'Oppslaget kunne ikkje stadfestast som ditt. Logg ut og inn igjen.',
    'The look-up could not be confirmed as yours. Sign out and in again.'],
  'refused.attestation-has-expired': ['Det er mer enn 60 minutter siden du åpnet pasienten. Lukk pasienten og åpne på nytt.',
    'Det er meir enn 60 minutt sidan du opna pasienten. Lukk pasienten og opne på nytt.',
    'It is more than 60 minutes since you opened the patient. Close the patient and open again.'],
  'refused.attestation-from-the-future': ['Klokken på serveren vår går feil, så oppslaget ble avvist. Meld fra til driften.',
    'Klokka på serveren vår går feil, så oppslaget blei avvist. Meld frå til drifta.',
    'The clock of our server is wrong, so the look-up was refused. Tell those who run it.'],
  'refused.attestation-for-another-patient': ['Oppslaget gjaldt en annen pasient enn den du åpnet. Lukk pasienten og åpne på nytt.',
    'Oppslaget gjaldt ein annan pasient enn den du opna. Lukk pasienten og opne på nytt.',
    'The look-up was for another patient than the one you opened. Close the patient and open again.'],
  'refused.attestation-practitioner-mismatch': ['Oppslaget gjaldt en annen person enn den som er innlogget. Logg ut og inn igjen.',
    'Oppslaget gjaldt ein annan person enn den som er innlogga. Logg ut og inn igjen.',
    'The look-up was for another person than the one signed in. Sign out and in again.'],
  'refused.attestation-legal-entity-mismatch': [
    'Oppslaget gjaldt en annen virksomhet enn den du er innlogget for. Velg arbeidssted på nytt.',
    'Oppslaget gjaldt ei anna verksemd enn den du er innlogga for. Vel arbeidsstad på nytt.',
    'The look-up was for another organisation than the one you are signed in for. Choose your place of work again.'],
  'refused.purpose-unknown': ['Formålet med oppslaget ble ikke forstått. Lukk pasienten og åpne på nytt.',
    'Formålet med oppslaget blei ikkje forstått. Lukk pasienten og opne på nytt.',
    'The purpose of the look-up was not understood. Close the patient and open again.'],
  'refused.emergency-reason-required': ['Nødtilgang krever en begrunnelse med minst ti tegn.',
    'Nødtilgang krev ei grunngiving med minst ti teikn.', 'Emergency access needs a reason of at least ten characters.'],
  'refused.access-basis-mismatch': ['Grunnlaget for tilgangen passer ikke med formålet. Avslutt den utvidede tilgangen og prøv igjen.',
    'Grunnlaget for tilgangen passar ikkje med formålet. Avslutt den utvida tilgangen og prøv igjen.',
    'The basis of the access does not go with the purpose. End the extended access and try again.'],
  'refused.access-denied': ['Ingen regel åpner dette for deg.', 'Ingen regel opnar dette for deg.', 'No rule opens this to you.'],
  'refused.insufficient-scope': ['Innloggingen din gjelder ikke denne tjenesten.', 'Innlogginga di gjeld ikkje denne tenesta.',
    'Your sign-in does not cover this service.'],
  'refused.invalid-token-scopes': ['Innloggingen blander tilgang for innbyggere og helsepersonell. Logg ut og inn igjen.',
    'Innlogginga blandar tilgang for innbyggjarar og helsepersonell. Logg ut og inn igjen.',
    'The sign-in mixes access for citizens and for health personnel. Sign out and in again.'],
  'refused.person-login-required': ['Du må være innlogget med sikkerhetsnivå 4. Logg ut og inn igjen.',
    'Du må vere innlogga med tryggleiksnivå 4. Logg ut og inn igjen.', 'You must be signed in at security level 4. Sign out and in again.'],
  'refused.health-personnel-required': ['Du er ikke registrert i Helsepersonellregisteret, og kan ikke slå opp pasienter her.',
    'Du er ikkje registrert i Helsepersonellregisteret, og kan ikkje slå opp pasientar her.',
    'You are not in the register of health personnel (HPR), and cannot look up patients here.'],
  'refused.organisation-missing': ['Innloggingen sier ikke hvilken virksomhet du arbeider for. Velg arbeidssted på nytt.',
    'Innlogginga seier ikkje kva verksemd du arbeider for. Vel arbeidsstad på nytt.',
    'The sign-in does not say which organisation you work for. Choose your place of work again.'],
  'refused.organisation-not-member': ['Virksomheten din er ikke medlem av Helsenettet, eller har ikke godtatt vilkårene.',
    'Verksemda di er ikkje medlem av Helsenettet, eller har ikkje godteke vilkåra.',
    'Your organisation is not a member of Helsenettet, or has not accepted the terms.'],
  'refused.supplier-not-member': ['Leverandøren av denne løsningen har ikke godtatt vilkårene i Helsenettet. Meld fra til driften.',
    'Leverandøren av denne løysinga har ikkje godteke vilkåra i Helsenettet. Meld frå til drifta.',
    'The vendor of this service has not accepted the terms of Helsenettet. Tell those who run it.'],
  'refused.organisation-refused': ['Virksomheten din har ikke gitt Helsevev fullmakt til å hente opplysninger for seg i HelseID.',
    'Verksemda di har ikkje gitt Helsevev fullmakt til å hente opplysningar for seg i HelseID.',
    'Your organisation has not let Helsevev act for it in HelseID.'],
}) satisfies Readonly<Record<`refused.${(typeof refusals)[number] | 'organisation-refused'}`, Row>>
