/** Why the API or the identity provider refuses: one sentence of cause, and what the reader can do. */
import { type Row, texts } from '@helsevev/ui/texts.ts'
import type { refusals } from '../contract.ts'

// biome-ignore format: a table, one row to a text
export const refusalTexts = texts({
  'refused.no-agreement': ['Ingen avtale åpner tjenesten for virksomheten din til dette formålet. De som administrerer avtaler hos dere, ' +
    'kan be om det.', 'Ingen avtale opnar tenesta for verksemda di til dette formålet. Dei som administrerer avtalar hos dykk, kan be om ' +
    'det.', 'No agreement opens the service to your organisation for this purpose. Those who manage agreements with you can ask for it.'],
  'refused.role-not-open': ['Tjenesten er ikke åpen for yrkesgruppen din til dette formålet. Spør en kollega med tilgang, eller lederen.',
    'Tenesta er ikkje open for yrkesgruppa di til dette formålet. Spør ein kollega med tilgang, eller leiaren.',
    'The service is not open to your profession for this purpose. Ask a colleague with access, or your manager.'],
  'refused.close-relation': ['Du slår ikke opp deg selv eller noen som står deg nær. La en kollega gjøre det. Det du selv kan se, ser du ' +
    'på Helsenorge.', 'Du slår ikkje opp deg sjølv eller nokon som står deg nær. Lat ein kollega gjere det. Det du sjølv kan sjå, ser du ' +
    'på Helsenorge.', 'You do not look up yourself or somebody close to you. Let a colleague do it. What you may see yourself, you see on ' +
    'Helsenorge.'],
  'refused.not-your-unit': ['Listen hører til en annen enhet enn den du arbeider ved nå. Velg riktig arbeidssted.',
    'Lista høyrer til ei anna eining enn den du arbeider ved no. Vel rett arbeidsstad.',
    'The list belongs to another unit than the one you work at now. Choose the right place of work.'],
  'refused.authorization-not-held': ['Helsepersonellregisteret har ingen gyldig autorisasjon på deg, så du kan ikke slå opp. Kontakt ' +
    'arbeidsgiver eller Helsedirektoratet.', 'Helsepersonellregisteret har ingen gyldig autorisasjon på deg, så du kan ikkje slå opp. ' +
    'Kontakt arbeidsgivar eller Helsedirektoratet.', 'The register of health personnel has no valid authorisation for you, so you cannot ' +
    'look up. Contact your employer or Helsedirektoratet.'],
  'refused.point-of-care-unknown': ['Arbeidsstedet er ikke registrert i virksomheten. Velg på nytt.',
    'Arbeidsstaden er ikkje registrert i verksemda. Vel på nytt.', 'The place of work is not a unit of the organisation. Choose again.'],
  'refused.attestation-missing': ['Oppslaget sa ikke hvem som slår opp og hvorfor. Feilen er vår. Lukk pasienten og åpne på nytt.',
    'Oppslaget sa ikkje kven som slår opp og kvifor. Feilen er vår. Lukk pasienten og opne på nytt.',
    'The look-up did not say who looks and why. The fault is ours. Close the patient and open again.'],
  'refused.attestation-incomplete': ['Oppslaget manglet noe om deg eller formålet. Feilen er vår. Meld fra hvis den kommer igjen.',
    'Oppslaget mangla noko om deg eller formålet. Feilen er vår. Meld frå om han kjem igjen.',
    'The look-up lacked something about you or the purpose. The fault is ours. Report it if it comes back.'],
  'refused.attestation-invalid': ['Opplysningene om deg og formålet kunne ikke leses. Feilen er vår. Meld fra hvis den kommer igjen.',
    'Opplysningane om deg og formålet kunne ikkje lesast. Feilen er vår. Meld frå om han kjem igjen.',
    'What was stated of you and the purpose could not be read. The fault is ours. Report it if it comes back.'],
  'refused.attestation-contradicts-token': ['Oppslaget stemmer ikke med innloggingen. Logg ut og inn igjen.',
    'Oppslaget stemmer ikkje med innlogginga. Logg ut og inn igjen.', 'The look-up does not match your sign-in. Sign out and in again.'],
  'refused.attestation-not-signed': ['Oppslaget kunne ikke bekreftes som ditt. Logg ut og inn igjen.',
    'Oppslaget kunne ikkje stadfestast. Logg ut og inn igjen.', 'The look-up could not be confirmed as yours. Sign out and in again.'],
  'refused.attestation-has-expired': ['Du åpnet pasienten for over 60 minutter siden. Åpne på nytt.',
    'Du opna pasienten for over 60 minutt sidan. Opne på nytt.', 'You opened the patient over 60 minutes ago. Open again.'],
  'refused.attestation-from-the-future': ['Klokken på serveren vår går feil, så oppslaget ble avvist. Meld fra til driften.',
    'Klokka på serveren vår går feil, så oppslaget blei avvist. Meld frå til drifta.',
    'The clock of our server is wrong, so the look-up was refused. Notify those who run it.'],
  'refused.attestation-for-another-patient': ['Oppslaget gjaldt en annen pasient enn den du åpnet. Lukk pasienten og åpne på nytt.',
    'Oppslaget gjaldt ein annan pasient enn den du opna. Lukk pasienten og opne på nytt.',
    'The look-up was for another patient than the one you opened. Close the patient and open again.'],
  'refused.attestation-practitioner-mismatch': ['Oppslaget gjaldt en annen person enn den som er innlogget. Logg ut og inn igjen.',
    'Oppslaget gjaldt ein annan person enn den som er innlogga. Logg ut og inn igjen.',
    'The look-up was for another person than the one signed in. Sign out and in again.'],
  'refused.attestation-legal-entity-mismatch': ['Oppslaget gjaldt en annen virksomhet enn innloggingen. Velg arbeidssted på nytt.',
    'Oppslaget gjaldt ei anna verksemd enn innlogginga. Vel arbeidsstad på nytt.',
    'The look-up was for another organisation than your sign-in. Choose your place of work again.'],
  'refused.purpose-unknown': ['Formålet ble ikke forstått. Lukk pasienten og åpne på nytt.',
    'Formålet blei ikkje forstått. Lukk pasienten og opne på nytt.', 'The purpose was not understood. Close the patient and open again.'],
  'refused.emergency-reason-required': ['Nødtilgang krever en begrunnelse med ord: minst ti bokstaver, fem av dem ulike.',
    'Naudtilgang krev ei grunngiving med ord: minst ti bokstavar, fem av dei ulike.', 'Emergency access needs a reason in words: at least ten letters, five of them different.'],
  'refused.access-basis-mismatch': ['Grunnlaget passer ikke med formålet. Avslutt den utvidede tilgangen.',
    'Grunnlaget passar ikkje med formålet. Avslutt den utvida tilgangen.', 'The basis does not fit the purpose. End the extended access.'],
  'refused.access-denied': ['Ingen regel åpner dette for deg.', 'Ingen regel opnar dette for deg.', 'No rule opens this to you.'],
  'refused.insufficient-scope': ['Innloggingen din gjelder ikke denne tjenesten.', 'Innlogginga di gjeld ikkje denne tenesta.',
    'Your sign-in does not cover this service.'],
  'refused.invalid-token-scopes': ['Innloggingen blander innbygger og helsepersonell. Logg inn igjen.',
    'Innlogginga blandar innbyggjar og helsepersonell. Logg inn igjen.', 'The sign-in mixes citizen and personnel. Sign in again.'],
  'refused.person-login-required': ['Du må være innlogget på sikkerhetsnivå 4. Logg ut og inn igjen.',
    'Du må vere innlogga på tryggleiksnivå 4. Logg ut og inn igjen.', 'You must be signed in at security level 4. Sign out and in again.'],
  'refused.health-personnel-required': ['Du er ikke i Helsepersonellregisteret. Saksbehandlere må få rollen av en eier i virksomheten, og tjenesten må være åpnet for dem.',
    'Du er ikkje i Helsepersonellregisteret. Saksbehandlarar må få rolla av ein eigar i verksemda, og tenesta må vere opna for dei.',
    'You are not in the HPR register. Case officers need the role from an owner at the organisation, and a service opened to them.'],
  'refused.organisation-missing': ['Innloggingen mangler virksomhet. Velg arbeidssted på nytt.',
    'Innlogginga manglar verksemd. Vel arbeidsstad på nytt.', 'The sign-in names no organisation. Choose your place of work again.'],
  'refused.organisation-not-member': ['Virksomheten er ikke medlem av Helsenettet, eller har ikke godtatt vilkårene.',
    'Verksemda er ikkje medlem av Helsenettet, eller har ikkje godteke vilkåra.',
    'Your organisation is not a member of Helsenettet, or has not accepted its terms.'],
  'refused.supplier-not-member': ['Leverandøren har ikke godtatt vilkårene i Helsenettet. Meld fra.',
    'Leverandøren har ikkje godteke vilkåra i Helsenettet. Meld frå.', 'The vendor has not accepted the terms of Helsenettet. Report it.'],
  'refused.organisation-refused': ['Virksomheten har ikke gitt Helsevev fullmakt i HelseID.',
    'Verksemda har ikkje gitt Helsevev fullmakt i HelseID.', 'Your organisation has not let Helsevev act for it in HelseID.'],
}) satisfies Readonly<Record<`refused.${(typeof refusals)[number] | 'organisation-refused'}`, Row>>
