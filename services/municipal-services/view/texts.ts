/** Words of the panel. A flag without words here matters to vendors and not to readers. */
import { texts } from '@helsevev/ui/texts.ts'
import type { Flag } from '../model/rules.ts'
import { plainNames } from './service-texts.ts'

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
  ...plainNames,
  'line.start': ['Tjeneste startet', 'Teneste starta', 'Service began'],
  'line.end': ['Tjeneste avsluttet', 'Teneste avslutta', 'Service ended'],
  'summary.active_one': ['{{count}} aktiv tjeneste', '{{count}} aktiv teneste', '{{count}} active service'],
  'summary.active_other': ['{{count}} aktive tjenester', '{{count}} aktive tenester', '{{count}} active services'],
  'summary.onHold_one': ['{{count}} på pause', '{{count}} på pause', '{{count}} on hold'],
  'summary.onHold_other': ['{{count}} på pause', '{{count}} på pause', '{{count}} on hold'],
  'group.active': ['Får nå', 'Får no', 'Receives now'],
  'group.onHold': ['På pause', 'På pause', 'On hold'],
  'group.upcoming': ['Vedtatt, ikke startet', 'Vedteke, ikkje starta', 'Decided, not started'],
  'group.endedLately': ['Avsluttet de siste 90 dagene', 'Avslutta dei siste 90 dagane', 'Ended in the last 90 days'],
  'standing.active': ['Aktiv', 'Aktiv', 'Active'],
  'standing.onHold': ['På pause', 'På pause', 'On hold'],
  'standing.upcoming': ['Ikke startet', 'Ikkje starta', 'Not started'],
  'standing.endedLately': ['Avsluttet', 'Avslutta', 'Ended'],
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
  needsCaption: ['Kommunen har mer informasjon om tjenesten enn det som deles her. Ta kontakt.',
    'Kommunen har meir informasjon om tenesta enn det som er delt her. Ta kontakt.',
    'The municipality has more information on the service than is shared here. Contact it.'],
  possibleDuplicate: ['Kommunen har meldt samme slags tjeneste mer enn én gang. Det kan være den samme.',
    'Kommunen har meldt same slags teneste meir enn éin gong. Det kan vere den same.',
    'The municipality has reported the same kind of service more than once. It may be the same one.'],
  sentAs: ['Kommunens system kaller tjenesten «{{display}}», som ikke er navnet på koden.',
    'Systemet til kommunen kallar tenesta «{{display}}», som ikkje er namnet på koden.',
    'The system of the municipality calls the service “{{display}}”, which is not the name of the code.'],
  'flag.iplos-code-unknown': ['Koden finnes ikke i den nasjonale listen over tjenester.',
    'Koden finst ikkje i den nasjonale lista over tenester.', 'The code is not in the national list of services.'],
  'flag.iplos-display-mismatch': ['Navn og kode stemmer ikke overens.', 'Namn og kode stemmer ikkje overeins.',
    'Name and code do not agree.'],
  'flag.service-code-missing': ['Kommunen har ikke oppgitt hva slags tjeneste det er.',
    'Kommunen har ikkje oppgitt kva slags teneste det er.', 'The municipality has not said what kind of service it is.'],
  'flag.weekly-extent-converted': ['Omfanget er regnet om til timer per uke.', 'Omfanget er rekna om til timar per veke.',
    'The extent has been converted to hours per week.'],
  'flag.weekly-extent-unit-assumed': ['Omfanget ble meldt som et tall uten enhet, og er lest som timer per uke.',
    'Omfanget vart meldt som eit tal utan eining, og er lese som timar per veke.',
    'The extent was reported as a number without unit, and is read as hours per week.'],
  'flag.weekly-extent-zero': ['Omfanget er meldt som null timer.', 'Omfanget er meldt som null timar.',
    'The extent is reported as zero hours.'],
  'flag.active-after-end': ['Sluttdatoen er passert, men tjenesten er fortsatt meldt som aktiv. Spør kommunen om den gis.',
    'Sluttdatoen er passert, men tenesta er framleis meld som aktiv. Spør kommunen om ho blir gitt.',
    'The end date has passed, and the service is still reported as active. Ask the municipality whether it is given.'],
  'flag.end-missing': ['Avsluttet, men uten sluttdato.', 'Avslutta, men utan sluttdato.', 'Ended, without an end date.'],
  'none.title': ['Ingen kommunale tjenester nå', 'Ingen kommunale tenester no', 'No municipal services now'],
  reporters: ['Svart av {{names}}.', 'Svart av {{names}}.', 'Answered by {{names}}.'],
  'none.text': ['En kommune som deler med dere, har meldt om personen, og ingen tjenester gis nå.',
    'Ein kommune som deler med dykk, har meldt om personen, og ingen tenester blir gitt no.',
    'A municipality that shares with you has reported on the person, and no services are given now.'],
  'unknown.title': ['Ikke kjent om personen får kommunale tjenester', 'Ikkje kjent om personen får kommunale tenester',
    'Not known whether the person gets municipal services'],
  'unknown.text': ['Ingen kommune har meldt om personen her. Personen kan likevel ha tjenester. Spør personen, pårørende eller kommunen.',
    'Ingen kommune har meldt om personen her. Personen kan likevel ha tenester. Spør personen, pårørande eller kommunen.',
    'No municipality has reported on the person here. There may be services all the same. Ask the person, the family or the municipality.'],
  'withheld.title': ['Tjenester kan være holdt tilbake', 'Tenester kan vere haldne tilbake', 'Services may be withheld'],
  'withheld.text': ['Du ser ingen aktive tjenester, men det finnes opplysninger som virksomheten din ikke har avtale om å se. Ta kontakt ' +
    'med personens kommune.', 'Du ser ingen aktive tenester, men det finst opplysningar som verksemda di ikkje har avtale om å sjå. Ta ' +
    'kontakt med kommunen til personen.', 'You see no active services, and there is information that your organisation has no agreement ' +
    'to see. Contact the person’s municipality.'],
  'unavailable.title': ['Kommunale tjenester kan ikke hentes nå', 'Kommunale tenester kan ikkje hentast no',
    'Municipal services cannot be fetched now'],
  'unavailable.text': ['Vi vet ikke om personen har tjenester. Prøv igjen, eller ring kommunen.',
    'Vi veit ikkje om personen har tenester. Prøv igjen, eller ring kommunen.',
    'We do not know whether the person has services. Try again, or call the municipality.'],
  'partial.title': ['Listen er ikke fullstendig', 'Lista er ikkje fullstendig', 'The list is not complete'],
  'partial.text': ['Det finnes også opplysninger som virksomheten din ikke har avtale om å se.',
    'Det finst òg opplysningar som verksemda di ikkje har avtale om å sjå.',
    'There is also information that your organisation has no agreement to see.'],
  more: ['Bare de nyeste tjenestene vises.', 'Berre dei nyaste tenestene er viste.', 'Only the newest services are shown.'],
  olderUnclosed_one: ['{{count}} eldre tjeneste er fortsatt meldt som aktiv etter sluttdatoen.',
    '{{count}} eldre teneste er framleis meld som aktiv etter sluttdatoen.',
    '{{count}} older service is still reported as active after its end date.'],
  olderUnclosed_other: ['{{count}} eldre tjenester er fortsatt meldt som aktive etter sluttdatoen.',
    '{{count}} eldre tenester er framleis melde som aktive etter sluttdatoen.',
    '{{count}} older services are still reported as active after their end date.'],
  notice: ['Vedtak om tvang og tiltak i nødssituasjoner vises ikke her uten særskilt avtale. Det står slik for alle, og sier ingenting ' +
    'om denne personen.', 'Vedtak om tvang og tiltak i naudsituasjonar blir ikkje viste her utan særskild avtale. Det står slik for ' +
    'alle, og seier ingenting om denne personen.', 'Decisions on coercion and emergency measures are not shown here unless specially ' +
    'agreed. This is said to everyone, and means nothing about this person.'],
})
