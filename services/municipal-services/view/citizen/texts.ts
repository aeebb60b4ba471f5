/** Words for the person who gets the services. What a service is called is the same for everyone. */
import { texts } from '@helsevev/ui/texts.ts'
import { plainNames } from '../service-texts.ts'

declare module '@helsevev/ui/texts.ts' {
  interface Namespaces {
    'municipal-services/citizen': typeof municipalServicesCitizenTexts
  }
}

// biome-ignore format: a table, one row to a text
export const municipalServicesCitizenTexts = texts({
  ...plainNames,
  title: ['Tjenester fra kommunen', 'Tenester frå kommunen', 'Services from the municipality'],
  'group.active': ['Tjenester som gis nå', 'Tenester som blir gitt no', 'Services given now'],
  'group.onHold': ['På pause', 'På pause', 'Paused'],
  'group.upcoming': ['Vedtatt, men ikke startet', 'Vedtekne, men ikkje starta', 'Decided, not started'],
  'group.endedLately': ['Avsluttet de siste 90 dagene', 'Avslutta dei siste 90 dagane', 'Ended within the last 90 days'],
  extent: ['Hvor mye', 'Kor mykje', 'How much'],
  hoursPerWeek_one: ['{{hours}} time i uken', '{{hours}} time i veka', '{{hours}} hour a week'],
  hoursPerWeek_other: ['{{hours}} timer i uken', '{{hours}} timar i veka', '{{hours}} hours a week'],
  since: ['Siden', 'Sidan', 'Since'],
  from: ['Fra', 'Frå', 'From'],
  period: ['Periode', 'Periode', 'Period'],
  until: ['Til og med', 'Til og med', 'Until'],
  stay: ['Opphold', 'Opphald', 'Stay'],
  'stayType.dagopphold': ['På dagtid', 'På dagtid', 'In the daytime'],
  'stayType.korttidsopphold': ['Korttidsopphold', 'Korttidsopphald', 'Short stay'],
  description: ['Beskrivelse', 'Skildring', 'Description'],
  who: ['Hvem som gir den', 'Kven som gir ho', 'Who gives it'],
  call: ['Spørsmål eller endring: ring {{who}},', 'Spørsmål eller endring: ring {{who}},', 'Questions or changes: call {{who}},'],
  ask: ['Spørsmål eller endring: ta kontakt med {{who}}.', 'Spørsmål eller endring: ta kontakt med {{who}}.',
    'Questions or changes: contact {{who}}.'],
  municipality: ['kommunen', 'kommunen', 'the municipality'],
  needsCaption: ['Kommunen vet mer om tjenesten enn det som står her.', 'Kommunen veit meir om tenesta enn det som står her.',
    'The municipality knows more about the service than what stands here.'],
  overdue: ['Sluttdatoen er passert, men kommunen har ikke meldt at tjenesten er avsluttet.',
    'Sluttdatoen er passert, men kommunen har ikkje meldt at tenesta er avslutta.',
    'The end date has passed, and the municipality has not reported that the service ended.'],
  unnamed: ['Tjeneste uten navn', 'Teneste utan namn', 'Service without a name'],
  older_one: ['{{count}} eldre tjeneste er ikke meldt avsluttet, selv om sluttdatoen er passert.',
    '{{count}} eldre teneste er ikkje meld avslutta, sjølv om sluttdatoen er passert.',
    '{{count}} older service is not reported as ended, although its end date has passed.'],
  older_other: ['{{count}} eldre tjenester er ikke meldt avsluttet, selv om sluttdatoen er passert.',
    '{{count}} eldre tenester er ikkje melde avslutta, sjølv om sluttdatoen er passert.',
    '{{count}} older services are not reported as ended, although their end dates have passed.'],
  more: ['De nyeste tjenestene vises her. Last ned for å få alle.', 'Dei nyaste tenestene er viste her. Last ned for å få alle.',
    'The newest services are shown here. Download to get all.'],
  reported: ['Meldt av kommunen {{date}}.', 'Meld av kommunen {{date}}.', 'Reported by the municipality {{date}}.'],
  term: ['IPLOS-kode {{code}}', 'IPLOS-kode {{code}}', 'IPLOS code {{code}}'],
  'none.title': ['Ingen tjenester fra kommunen nå', 'Ingen tenester frå kommunen no', 'No services from the municipality now'],
  'none.text': ['Kommunen har svart at ingen tjenester gis nå.', 'Kommunen har svart at ingen tenester blir gitt no.',
    'The municipality has answered that no services are given now.'],
  'unknown.text': ['Ingen kommune har delt opplysninger om tjenester her. Det kan likevel gis tjenester.',
    'Ingen kommune har delt opplysningar om tenester her. Det kan likevel bli gitt tenester.',
    'No municipality has shared information about services here. Services may still be given.'],
  'withheld.title': ['Noe vises ikke', 'Noko er ikkje vist', 'Something is not shown'],
  'withheld.text': ['Det finnes tjenester som ikke vises her.', 'Det finst tenester som ikkje er viste her.',
    'There are services that are not shown here.'],
  'unavailable.title': ['Tjenestene kan ikke hentes nå', 'Tenestene kan ikkje hentast no', 'The services cannot be fetched now'],
  'unavailable.text': ['Vi vet ikke hvilke tjenester som gis. Prøv igjen litt senere, eller ring kommunen.',
    'Vi veit ikkje kva tenester som blir gitt. Prøv igjen litt seinare, eller ring kommunen.',
    'We do not know which services are given. Try again a little later, or call the municipality.'],
})
