/** Texts of the gallery; the states and the panels bring their own. */
import { texts } from '@helsevev/ui/texts.ts'

declare module '@helsevev/ui/texts.ts' {
  interface Namespaces {
    gallery: typeof galleryTexts
  }
}

// biome-ignore format: a table, one row to a text
export const galleryTexts = texts({
  title: ['Tilstander og byggeklosser', 'Tilstandar og byggjeklossar', 'States and building blocks'],
  lead: ['Alt som sidene er satt sammen av. Ingenting gjelder noen.', 'Alt som sidene er sette saman av. Ingenting gjeld nokon.',
    'What the pages are put together from. Nothing is about real people.'],
  looks: ['Velg portal', 'Vel portal', 'Choose portal'],
  'look.clinician': ['For helsepersonell', 'For helsepersonell', 'For health personnel'],
  'look.citizen': ['For innbyggere', 'For innbyggjarar', 'For citizens'],
  'look.controller': ['For dataansvarlige', 'For dataansvarlege', 'For data controllers'],
  footer: ['Brukes til å se og prøve sidene.', 'Blir brukt til å sjå og prøve sidene.', 'Used to look at and test the pages.'],
  states: ['Tilstander', 'Tilstandar', 'States'],
  data: ['Her står opplysningene.', 'Her står opplysningane.', 'The information is shown here.'],
  'state.some': ['Noe å vise', 'Noko å vise', 'Something to show'],
  'cause.GeneralBlock.name': ['Sperret av pasienten', 'Sperra av pasienten', 'Restricted by the patient'],
  'cause.GeneralBlock.title': ['Pasienten har sperret noe', 'Pasienten har sperra noko', 'The patient has restricted something'],
  'cause.GeneralBlock.text': ['De vises om pasienten samtykker, eller ved nødtilgang.',
    'Dei blir viste om pasienten samtykkjer, eller ved naudtilgang.', 'It is shown if the patient consents, or in emergency access.'],
  'cause.SpecificBlock.name': ['Blokkert av pasienten', 'Blokkert av pasienten', 'Blocked by the patient'],
  'cause.SpecificBlock.title': ['Pasienten har blokkert deg', 'Pasienten har blokkert deg', 'The patient has blocked you'],
  'cause.SpecificBlock.text': ['Bare pasienten kan endre det.', 'Berre pasienten kan endre det.', 'Only the patient can change that.'],
  'cause.Reservation.name': ['Reservert av pasienten', 'Reservert av pasienten', 'Opted out by the patient'],
  'cause.Reservation.title': ['Pasienten har reservert seg', 'Pasienten har reservert seg', 'The patient has opted out'],
  'cause.Reservation.text': ['Ingen ser opplysninger i denne tjenesten.', 'Ingen ser opplysningar i denne tenesta.',
    'Nobody sees information in this service.'],
  proofs: ['Kontroll av loggen', 'Kontroll av loggen', 'Check of the log'],
  'proof.checked': ['Alle linjer er kontrollert', 'Alle linjer er kontrollerte', 'All lines are checked'],
  'proof.partly': ['Noen linjer er nye', 'Nokre linjer er nye', 'Some lines are new'],
  'proof.waiting': ['Bare nye linjer', 'Berre nye linjer', 'New lines alone'],
  'proof.differs': ['En linje stemmer ikke', 'Ei linje stemmer ikkje', 'A line does not agree'],
  'proof.unavailable': ['Kontrollen svarte ikke', 'Kontrollen svarte ikkje', 'The check did not answer'],
  pieces: ['Byggeklosser', 'Byggjeklossar', 'Building blocks'],
  'piece.source': ['Kilde', 'Kjelde', 'Source'], 'piece.device': ['Pulsoksymeter', 'Pulsoksymeter', 'Pulse oximeter'],
  'piece.chart': ['Tall over tid', 'Tal over tid', 'Numbers over time'],
  'piece.chartText': ['Seks målinger fra to kilder. Den høyeste er 6,1.', 'Seks målingar frå to kjelder. Den høgste er 6,1.',
    'Six measurements from two sources. The highest is 6.1.'],
  'piece.band': ['Vanlig', 'Vanleg', 'Usual'], 'piece.buttons': ['Knapper', 'Knappar', 'Buttons'],
  'piece.button': ['Lagre', 'Lagre', 'Save'], 'piece.outline': ['Avbryt', 'Avbryt', 'Cancel'],
  'piece.link': ['Vis mer', 'Vis meir', 'Show more'], 'piece.fields': ['Felt', 'Felt', 'Fields'],
  'piece.field': ['Telefon', 'Telefon', 'Phone'],
  'piece.help': ['Åtte siffer.', 'Åtte siffer.', 'Eight digits.'],
  'piece.wrong': ['Skriv åtte siffer.', 'Skriv åtte siffer.', 'Write eight digits.'],
  'piece.choices': ['Valg', 'Val', 'Choices'],
  'piece.legend': ['Hvem gjelder det?', 'Kven gjeld det?', 'Who does it concern?'],
  'piece.first': ['Meg selv', 'Meg sjølv', 'Myself'],
  'piece.firstText': ['Du handler for deg selv.', 'Du handlar for deg sjølv.', 'You act for yourself.'],
  'piece.second': ['Et barn', 'Eit barn', 'A child'],
  'piece.secondText': ['Du handler for barnet ditt.', 'Du handlar for barnet ditt.', 'You act for your child.'],
})
