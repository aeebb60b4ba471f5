/** Why the API, or the identity provider, says no: one sentence of cause, and what the reader can do. Keys: `refusals` of contract.ts. */
import type { Language } from '@helsevev/ui/format.ts'
import type { refusals } from '../contract.ts'

type Reason = (typeof refusals)[number] | 'organisation-refused'

export const refusalTexts: Record<Language, Record<Reason, string>> = {
  nb: {
    'no-agreement':
      'Ingen avtale om deling åpner denne tjenesten for virksomheten din til dette formålet. Den som administrerer avtaler hos dere, kan be om det.',
    'role-not-open': 'Tjenesten er ikke åpen for din yrkesgruppe til dette formålet. Spør en kollega som har tilgang, eller lederen din.',
    'not-your-unit': 'Listen hører til en annen enhet enn den du arbeider ved nå. Velg riktig arbeidssted.',
    'authorization-not-held':
      'Helsepersonellregisteret har ingen gyldig autorisasjon på deg nå. Uten den kan du ikke slå opp pasienter. Kontakt arbeidsgiveren din eller Helsedirektoratet.',
    'point-of-care-unknown': 'Arbeidsstedet du har valgt, er ikke registrert som en enhet i virksomheten. Velg arbeidssted på nytt.',
    'attestation-missing':
      'Oppslaget manglet opplysninger om hvem som slår opp og hvorfor. Feilen er hos oss. Lukk pasienten og åpne på nytt.',
    'attestation-incomplete':
      'Oppslaget manglet noe av det som må være med om deg og formålet. Feilen er hos oss. Meld fra hvis den kommer igjen.',
    'attestation-invalid': 'Opplysningene om deg og formålet kunne ikke leses. Feilen er hos oss. Meld fra hvis den kommer igjen.',
    'attestation-contradicts-token': 'Opplysningene om deg stemmer ikke med innloggingen. Logg ut og inn igjen.',
    'attestation-not-signed': 'Oppslaget kunne ikke bekreftes som ditt. Logg ut og inn igjen.',
    'attestation-has-expired': 'Det er mer enn 60 minutter siden du åpnet pasienten. Lukk pasienten og åpne på nytt.',
    'attestation-from-the-future': 'Klokken på serveren vår går feil, så oppslaget ble avvist. Meld fra til driften.',
    'attestation-for-another-patient': 'Oppslaget gjaldt en annen pasient enn den du åpnet. Lukk pasienten og åpne på nytt.',
    'attestation-practitioner-mismatch': 'Oppslaget gjaldt en annen person enn den som er innlogget. Logg ut og inn igjen.',
    'attestation-legal-entity-mismatch': 'Oppslaget gjaldt en annen virksomhet enn den du er innlogget for. Velg arbeidssted på nytt.',
    'purpose-unknown': 'Formålet med oppslaget ble ikke forstått. Lukk pasienten og åpne på nytt.',
    'emergency-reason-required': 'Nødtilgang krever en begrunnelse med minst ti tegn.',
    'access-basis-mismatch': 'Grunnlaget for tilgangen passer ikke med formålet. Avslutt den utvidede tilgangen og prøv igjen.',
    'access-denied': 'Ingen regel åpner dette for deg.',
    'insufficient-scope': 'Innloggingen din gjelder ikke denne tjenesten.',
    'invalid-token-scopes': 'Innloggingen blander tilgang for innbyggere og helsepersonell. Logg ut og inn igjen.',
    'person-login-required': 'Du må være innlogget med sikkerhetsnivå 4. Logg ut og inn igjen.',
    'health-personnel-required': 'Du er ikke registrert i Helsepersonellregisteret, og kan ikke slå opp pasienter her.',
    'organisation-missing': 'Innloggingen sier ikke hvilken virksomhet du arbeider for. Velg arbeidssted på nytt.',
    'organisation-not-member': 'Virksomheten din er ikke medlem av Helsenettet, eller har ikke godtatt vilkårene.',
    'supplier-not-member': 'Leverandøren av denne løsningen har ikke godtatt vilkårene i Helsenettet. Meld fra til driften.',
    'organisation-refused': 'Virksomheten din har ikke gitt Helsevev fullmakt til å hente opplysninger for seg i HelseID.',
  },
  nn: {
    'no-agreement':
      'Ingen avtale om deling opnar denne tenesta for verksemda di til dette formålet. Den som administrerer avtalar hos dykk, kan be om det.',
    'role-not-open': 'Tenesta er ikkje open for yrkesgruppa di til dette formålet. Spør ein kollega som har tilgang, eller leiaren din.',
    'not-your-unit': 'Lista høyrer til ei anna eining enn den du arbeider ved no. Vel rett arbeidsstad.',
    'authorization-not-held':
      'Helsepersonellregisteret har ingen gyldig autorisasjon på deg no. Utan han kan du ikkje slå opp pasientar. Kontakt arbeidsgivaren din eller Helsedirektoratet.',
    'point-of-care-unknown': 'Arbeidsstaden du har valt, er ikkje registrert som ei eining i verksemda. Vel arbeidsstad på nytt.',
    'attestation-missing':
      'Oppslaget mangla opplysningar om kven som slår opp og kvifor. Feilen er hos oss. Lukk pasienten og opne på nytt.',
    'attestation-incomplete':
      'Oppslaget mangla noko av det som må vere med om deg og formålet. Feilen er hos oss. Meld frå om han kjem igjen.',
    'attestation-invalid': 'Opplysningane om deg og formålet kunne ikkje lesast. Feilen er hos oss. Meld frå om han kjem igjen.',
    'attestation-contradicts-token': 'Opplysningane om deg stemmer ikkje med innlogginga. Logg ut og inn igjen.',
    'attestation-not-signed': 'Oppslaget kunne ikkje stadfestast som ditt. Logg ut og inn igjen.',
    'attestation-has-expired': 'Det er meir enn 60 minutt sidan du opna pasienten. Lukk pasienten og opne på nytt.',
    'attestation-from-the-future': 'Klokka på serveren vår går feil, så oppslaget blei avvist. Meld frå til drifta.',
    'attestation-for-another-patient': 'Oppslaget gjaldt ein annan pasient enn den du opna. Lukk pasienten og opne på nytt.',
    'attestation-practitioner-mismatch': 'Oppslaget gjaldt ein annan person enn den som er innlogga. Logg ut og inn igjen.',
    'attestation-legal-entity-mismatch': 'Oppslaget gjaldt ei anna verksemd enn den du er innlogga for. Vel arbeidsstad på nytt.',
    'purpose-unknown': 'Formålet med oppslaget blei ikkje forstått. Lukk pasienten og opne på nytt.',
    'emergency-reason-required': 'Nødtilgang krev ei grunngiving med minst ti teikn.',
    'access-basis-mismatch': 'Grunnlaget for tilgangen passar ikkje med formålet. Avslutt den utvida tilgangen og prøv igjen.',
    'access-denied': 'Ingen regel opnar dette for deg.',
    'insufficient-scope': 'Innlogginga di gjeld ikkje denne tenesta.',
    'invalid-token-scopes': 'Innlogginga blandar tilgang for innbyggjarar og helsepersonell. Logg ut og inn igjen.',
    'person-login-required': 'Du må vere innlogga med tryggleiksnivå 4. Logg ut og inn igjen.',
    'health-personnel-required': 'Du er ikkje registrert i Helsepersonellregisteret, og kan ikkje slå opp pasientar her.',
    'organisation-missing': 'Innlogginga seier ikkje kva verksemd du arbeider for. Vel arbeidsstad på nytt.',
    'organisation-not-member': 'Verksemda di er ikkje medlem av Helsenettet, eller har ikkje godteke vilkåra.',
    'supplier-not-member': 'Leverandøren av denne løysinga har ikkje godteke vilkåra i Helsenettet. Meld frå til drifta.',
    'organisation-refused': 'Verksemda di har ikkje gitt Helsevev fullmakt til å hente opplysningar for seg i HelseID.',
  },
  en: {
    'no-agreement':
      'No sharing agreement opens this service to your organisation for this purpose. Whoever manages agreements with you can ask for it.',
    'role-not-open': 'The service is not open to your profession for this purpose. Ask a colleague who has access, or your manager.',
    'not-your-unit': 'The list belongs to another unit than the one you work at now. Choose the right place of work.',
    'authorization-not-held':
      'The register of health personnel has no valid authorisation for you now. Without one you cannot look up patients. Contact your employer or the Directorate of Health.',
    'point-of-care-unknown':
      'The place of work you chose is not registered as a unit of the organisation. Choose your place of work again.',
    'attestation-missing': 'The look-up did not say who looks and why. The fault is ours. Close the patient and open again.',
    'attestation-incomplete':
      'The look-up lacked something it must say of you and the purpose. The fault is ours. Tell us if it comes back.',
    'attestation-invalid': 'What the look-up said of you and the purpose could not be read. The fault is ours. Tell us if it comes back.',
    'attestation-contradicts-token': 'What the look-up said of you does not agree with your sign-in. Sign out and in again.',
    'attestation-not-signed': 'The look-up could not be confirmed as yours. Sign out and in again.',
    'attestation-has-expired': 'It is more than 60 minutes since you opened the patient. Close the patient and open again.',
    'attestation-from-the-future': 'The clock of our server is wrong, so the look-up was refused. Tell those who run it.',
    'attestation-for-another-patient': 'The look-up was for another patient than the one you opened. Close the patient and open again.',
    'attestation-practitioner-mismatch': 'The look-up was for another person than the one signed in. Sign out and in again.',
    'attestation-legal-entity-mismatch':
      'The look-up was for another organisation than the one you are signed in for. Choose your place of work again.',
    'purpose-unknown': 'The purpose of the look-up was not understood. Close the patient and open again.',
    'emergency-reason-required': 'Emergency access needs a reason of at least ten characters.',
    'access-basis-mismatch': 'The basis of the access does not go with the purpose. End the extended access and try again.',
    'access-denied': 'No rule opens this to you.',
    'insufficient-scope': 'Your sign-in does not cover this service.',
    'invalid-token-scopes': 'The sign-in mixes access for citizens and for health personnel. Sign out and in again.',
    'person-login-required': 'You must be signed in at security level 4. Sign out and in again.',
    'health-personnel-required': 'You are not in the register of health personnel (HPR), and cannot look up patients here.',
    'organisation-missing': 'The sign-in does not say which organisation you work for. Choose your place of work again.',
    'organisation-not-member': 'Your organisation is not a member of Helsenettet, or has not accepted the terms.',
    'supplier-not-member': 'The vendor of this service has not accepted the terms of Helsenettet. Tell those who run it.',
    'organisation-refused': 'Your organisation has not let Helsevev act for it in HelseID.',
  },
}
