/** Words of the panel. A flag without words here matters to vendors and not to readers. */
import { personnelNothing } from '@helsevev/panel/texts.ts'
import { texts } from '@helsevev/ui/texts.ts'
import type { Flag } from '../model/rules.ts'
import { plainServiceNames } from './service-texts.ts'

declare module '@helsevev/ui/texts.ts' {
  interface Namespaces {
    'municipal-services': typeof municipalServicesTexts
  }
}

/** Flags that change how a reader should take what is shown. */
export const flagsForReaders = [
  'iplos-code-unknown',
  'iplos-display-mismatch',
  'service-code-missing',
  'weekly-extent-converted',
  'weekly-extent-unit-assumed',
  'weekly-extent-zero',
  'active-after-end',
  'end-missing',
] as const satisfies Flag[]

// biome-ignore format: a table, one row to a text
export const municipalServicesTexts = texts({
  ...personnelNothing,
  ...plainServiceNames,
  'line.start': ['Tjeneste startet', 'Teneste starta', 'Service began'],
  'line.end': ['Tjeneste avsluttet', 'Teneste avslutta', 'Service ended'],
  'answer.more_one': ['{{count}} til', '{{count}} til', '{{count}} more'], 'answer.more_other': ['{{count}} til', '{{count}} til', '{{count}} more'],
  'summary.active_one': ['{{count}} aktiv tjeneste', '{{count}} aktiv teneste', '{{count}} active service'],
  'summary.active_other': ['{{count}} aktive tjenester', '{{count}} aktive tenester', '{{count}} active services'],
  'summary.onHold': ['{{count}} på pause', '{{count}} på pause', '{{count}} on hold'],
  'group.active': ['Tjenester pasienten har nå', 'Tenester pasienten har no', 'Services the patient has now'],
  'group.onHold': ['På pause', 'På pause', 'On hold'],
  'group.upcoming': ['Vedtatt, ikke startet', 'Vedteke, ikkje starta', 'Decided, not started'],
  'group.endedLately': ['Avsluttet de siste 90 dagene', 'Avslutta dei siste 90 dagane', 'Ended in the last 90 days'],
  'standing.active': ['Aktiv', 'Aktiv', 'Active'], 'standing.onHold': ['På pause', 'På pause', 'On hold'],
  'standing.upcoming': ['Ikke startet', 'Ikkje starta', 'Not started'], 'standing.endedLately': ['Avsluttet', 'Avslutta', 'Ended'],
  municipality: ['Kommune', 'Kommune', 'Municipality'],
  unit: ['Enhet', 'Eining', 'Unit'],
  phone: ['Telefon', 'Telefon', 'Phone'],
  phoneOfMunicipality: ['kommunens nummer', 'nummeret til kommunen', 'the number of the municipality'],
  extent: ['Omfang', 'Omfang', 'Extent'],
  hoursPerWeek: ['{{hours}} timer per uke', '{{hours}} timar per veke', '{{hours}} hours per week'],
  since: ['Siden', 'Sidan', 'Since'],
  from: ['Fra', 'Frå', 'From'],
  period: ['Periode', 'Periode', 'Period'],
  until: ['Til og med', 'Til og med', 'Until and including'],
  stay: ['Opphold', 'Opphald', 'Stay'],
  'stayType.dagopphold': ['Dagopphold', 'Dagopphald', 'Day stay'],
  'stayType.korttidsopphold': ['Korttidsopphold', 'Korttidsopphald', 'Short-term stay'],
  level: ['Nivå', 'Nivå', 'Level'],
  description: ['Beskrivelse', 'Skildring', 'Description'],
  reported: ['Meldt {{date}}', 'Meldt {{date}}', 'Reported {{date}}'],
  unnamed: ['Tjeneste uten kode', 'Teneste utan kode', 'Service without a code'],
  code: ['Tjeneste med kode {{code}}', 'Teneste med kode {{code}}', 'Service with code {{code}}'],
  unknownMunicipality: ['Ikke oppgitt', 'Ikkje oppgitt', 'Not given'],
  hiddenMunicipality: ['Vises ikke: adressen er fortrolig', 'Ikkje vist: adressa er fortruleg', 'Not shown: the address is protected'],
  needsCaption: ['Kommunen vet mer om tjenesten enn det som deles her. Ta kontakt.',
    'Kommunen veit meir om tenesta enn det som er delt her. Ta kontakt.', 'The municipality knows more than is shared here. Contact it.'],
  possibleDuplicate: ['Meldt mer enn én gang av kommunen. Kan være samme tjeneste.',
    'Meld meir enn éin gong av kommunen. Kan vere same teneste.', 'Reported more than once by the municipality. May be the same one.'],
  sentAs: ['Kommunen kaller den «{{display}}». Koden heter noe annet.', 'Kommunen kallar ho «{{display}}». Koden heiter noko anna.',
    'The municipality calls it “{{display}}”. The code has another name.'],
  'flag.iplos-code-unknown': ['Koden finnes ikke i den nasjonale listen.', 'Koden finst ikkje i den nasjonale lista.',
    'The code is not in the national list.'],
  'flag.iplos-display-mismatch': ['Navn og kode stemmer ikke.', 'Namn og kode stemmer ikkje.', 'Name and code do not agree.'],
  'flag.service-code-missing': ['Kommunen har ikke oppgitt hva slags tjeneste det er.',
    'Kommunen har ikkje oppgitt kva slags teneste det er.', 'The kind of service is not stated.'],
  'flag.weekly-extent-converted': ['Omregnet til timer per uke.', 'Rekna om til timar per veke.', 'Converted to hours per week.'],
  'flag.weekly-extent-unit-assumed': ['Meldt som et tall uten enhet, lest som timer per uke.',
    'Meldt som eit tal utan eining, lese som timar per veke.', 'Reported as a number without unit, read as hours per week.'],
  'flag.weekly-extent-zero': ['Meldt som null timer.', 'Meldt som null timar.', 'Reported as zero hours.'],
  'flag.active-after-end': ['Sluttdatoen er passert, men tjenesten er meldt aktiv. Spør kommunen.',
    'Sluttdatoen er passert, men tenesta er meld aktiv. Spør kommunen.', 'Past its end, but reported as active. Ask the municipality.'],
  'flag.end-missing': ['Avsluttet, men uten sluttdato.', 'Avslutta, men utan sluttdato.', 'Ended, without an end date.'],
  'none.title': ['Ingen kommunale tjenester nå', 'Ingen kommunale tenester no', 'No municipal services now'],
  reporters: ['Svart av {{names}}.', 'Svart av {{names}}.', 'Answered by {{names}}.'],
  'none.text': ['En kommune har svart at personen ikke får noen tjenester nå.',
    'Ein kommune har svart at personen ikkje får nokon tenester no.', 'A municipality has answered that the person gets none now.'],
  'unknown.title': ['Ikke kjent om personen får tjenester', 'Ikkje kjent om personen får tenester', 'Not known whether there are services'],
  'unknown.text': ['Ingen kommune har meldt noe. Spør personen eller kommunen.',
    'Ingen kommune har meldt noko. Spør personen eller kommunen.', 'No municipality has reported. Ask the person or the municipality.'],
  'withheld.title': ['Tjenester kan være holdt tilbake', 'Tenester kan vere haldne tilbake', 'Services may be withheld'],
  'withheld.text': ['Det finnes noe som ingen avtale åpner for dere. Spør personens kommune.',
    'Det finst noko ingen avtale opnar for dykk. Spør kommunen.', 'There is something no agreement opens to you. Ask the municipality.'],
  'unavailable.text': ['Vi vet ikke om personen har tjenester. Prøv igjen, eller ring kommunen.',
    'Vi veit ikkje om personen har tenester. Prøv igjen, eller ring kommunen.',
    'We do not know if there are services. Try again, or call the municipality.'],
  more: ['Bare de nyeste tjenestene vises.', 'Berre dei nyaste tenestene er viste.', 'Only the newest services are shown.'],
  olderUnclosed_one: ['{{count}} eldre tjeneste er meldt aktiv etter sluttdatoen.',
    '{{count}} eldre teneste er meld aktiv etter sluttdatoen.', '{{count}} older service is reported as active after its end date.'],
  olderUnclosed_other: ['{{count}} eldre tjenester er meldt aktive etter sluttdatoen.',
    '{{count}} eldre tenester er melde aktive etter sluttdatoen.', '{{count}} older services are reported as active after their end date.'],
  notice: ['Vedtak om tvang og tiltak i nødssituasjoner vises ikke uten særskilt avtale. Det gjelder alle, og sier ingenting om personen.',
    'Vedtak om tvang og tiltak i naudsituasjonar blir ikkje viste utan særskild avtale. Det gjeld alle, og seier ingenting om personen.',
    'Decisions on coercion and emergency measures take a special agreement to be shown. That goes for all, and means nothing about this ' +
    'person.'],
})
