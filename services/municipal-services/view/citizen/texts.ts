/** Words for the person who gets the services. What a service is called is the same for everyone. */
import { citizenNothing } from '@helsevev/panel/texts.ts'
import { texts } from '@helsevev/ui/texts.ts'
import { plainServiceNames } from '../service-texts.ts'

declare module '@helsevev/ui/texts.ts' {
  interface Namespaces {
    'municipal-services/citizen': typeof municipalServicesCitizenTexts
  }
}

// biome-ignore format: a table, one row to a text
export const municipalServicesCitizenTexts = texts({
  ...citizenNothing,
  ...plainServiceNames,
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
  who: ['Hvem som gir tjenesten', 'Kven som gir tenesta', 'Who gives it'],
  call: ['Spørsmål eller endring: ring {{who}},', 'Spørsmål eller endring: ring {{who}},', 'Questions or changes: call {{who}},'],
  ask: ['Spørsmål eller endring: kontakt {{who}}.', 'Spørsmål eller endring: kontakt {{who}}.', 'Questions or changes: contact {{who}}.'],
  municipality: ['kommunen', 'kommunen', 'the municipality'],
  needsCaption: ['Kommunen vet mer om tjenesten.', 'Kommunen veit meir om tenesta.', 'The municipality knows more about the service.'],
  overdue: ['Sluttdatoen er passert, men tjenesten er ikke meldt avsluttet.', 'Sluttdatoen er passert, men tenesta er ikkje meld avslutta.',
    'The end date has passed, but the service is not reported as ended.'],
  unnamed: ['Tjeneste uten navn', 'Teneste utan namn', 'Service without a name'],
  older_one: ['{{count}} eldre tjeneste er over datoen, men ikke avsluttet.', '{{count}} eldre teneste er over datoen, men ikkje avslutta.',
    '{{count}} older service is past its end date, but not ended.'],
  older_other: ['{{count}} eldre tjenester er over datoen, men ikke avsluttet.',
    '{{count}} eldre tenester er over datoen, men ikkje avslutta.', '{{count}} older services are past the end date, but not ended.'],
  more: ['De nyeste vises her. Last ned for å få alle.', 'Dei nyaste er viste her. Last ned for å få alle.',
    'The newest are shown here. Download to get all.'],
  reported: ['Meldt av kommunen {{date}}.', 'Meld av kommunen {{date}}.', 'Reported by the municipality {{date}}.'],
  'none.title': ['Ingen tjenester nå', 'Ingen tenester no', 'No services now'],
  'none.text': ['Kommunen har svart at ingen tjenester gis nå.', 'Kommunen har svart at ingen tenester blir gitt no.',
    'The municipality has answered that no services are given now.'],
  'unknown.text': ['Ingen kommune har delt dette her. Du kan likevel ha tjenester.',
    'Ingen kommune har delt dette her. Du kan likevel ha tenester.', 'No municipality has shared this here. You may still have services.'],
  'unavailable.text': ['Vi vet ikke hva du får. Prøv igjen, eller ring kommunen.',
    'Vi veit ikkje kva du får. Prøv igjen, eller ring kommunen.', 'We do not know what you get. Try again, or call the municipality.'],
})
