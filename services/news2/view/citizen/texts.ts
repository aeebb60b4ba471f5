/** Words for the person who was measured: what the number is, and what it is not. */
import { citizenNothing } from '@helsevev/panel/texts.ts'
import { texts } from '@helsevev/ui/texts.ts'

declare module '@helsevev/ui/texts.ts' {
  interface Namespaces {
    'news2/citizen': typeof news2CitizenTexts
  }
}

// biome-ignore format: a table, one row to a text
export const news2CitizenTexts = texts({
  ...citizenNothing,
  title: ['NEWS2: et tall for hvor syk man er', 'NEWS2: eit tal for kor sjuk ein er', 'NEWS2: a number for how ill one is'],
  about: ['NEWS2 er et tall som helsepersonell regner ut av pust, oksygen, blodtrykk, puls, temperatur og om man er våken. Det viser om ' +
    'noen blir bedre eller dårligere. 0 betyr at alt var innenfor det vanlige. Tallet stiller ingen diagnose.', 'NEWS2 er eit tal som ' +
    'helsepersonell reknar ut av pust, oksygen, blodtrykk, puls, temperatur og om ein er vaken. Det viser om nokon blir betre eller ' +
    'dårlegare. 0 betyr at alt var innanfor det vanlege. Talet stiller ingen diagnose.', 'NEWS2 is a number that health personnel work ' +
    'out from breathing, oxygen, blood pressure, pulse, temperature and whether one is awake. It shows whether a person gets better or ' +
    'worse. 0 means that all was within the usual. The number makes no diagnosis.'],
  latest: ['Siste skår', 'Siste skår', 'Latest score'],
  earlier: ['Tidligere skårer', 'Tidlegare skårar', 'Earlier scores'],
  points_one: ['{{count}} poeng', '{{count}} poeng', '{{count}} point'],
  points_other: ['{{count}} poeng', '{{count}} poeng', '{{count}} points'],
  'band.band-0': ['Alle målinger var innenfor det vanlige.', 'Alle målingar var innanfor det vanlege.',
    'All measurements were within the usual.'],
  'band.band-1-4': ['Noe var litt utenfor det vanlige. Helsepersonell måler igjen etter noen timer.',
    'Noko var litt utanfor det vanlege. Helsepersonell måler igjen etter nokre timar.',
    'Something was a little outside the usual. Health personnel measure again after some hours.'],
  'band.single-3': ['Én måling var klart utenfor det vanlige. Helsepersonell ser da nærmere på årsaken.',
    'Éi måling var klart utanfor det vanlege. Helsepersonell ser då nærare på årsaka.',
    'One measurement was clearly outside the usual. Health personnel then look for the reason.'],
  'band.band-5-6': ['Flere målinger var utenfor det vanlige. Helsepersonell følger da tettere med.',
    'Fleire målingar var utanfor det vanlege. Helsepersonell følgjer då tettare med.',
    'Several measurements were outside the usual. Health personnel then watch more closely.'],
  'band.band-7': ['Flere målinger var klart utenfor det vanlige. Helsepersonell følger da med hele tiden.',
    'Fleire målingar var klart utanfor det vanlege. Helsepersonell følgjer då med heile tida.',
    'Several measurements were clearly outside the usual. Health personnel then watch all the time.'],
  incomplete: ['Noe ble ikke målt, så tallet er ikke helt regnet ut.', 'Noko blei ikkje målt, så talet er ikkje heilt rekna ut.',
    'Something was not measured, so the number is not complete.'],
  noTotal: ['Ikke regnet ut', 'Ikkje rekna ut', 'Not worked out'],
  withdrawn: ['Trukket tilbake av den som registrerte.', 'Trekt tilbake av den som registrerte.', 'Withdrawn by the one who registered.'],
  measured: ['Målt {{time}}', 'Målt {{time}}', 'Measured {{time}}'],
  by: ['av {{who}}', 'av {{who}}', 'by {{who}}'],
  call: ['Spørsmål: ring {{who}},', 'Spørsmål: ring {{who}},', 'Questions: call {{who}},'],
  ask: ['Spørsmål: spør {{who}}.', 'Spørsmål: spør {{who}}.', 'Questions: ask {{who}}.'],
  show: ['Vis hvordan tallet har vært', 'Vis korleis talet har vore', 'Show how the number has been'],
  chart: ['Forløp for NEWS2', 'Forløp for NEWS2', 'Course of NEWS2'],
  text: ['Fra {{first}} til {{last}}: {{values}}.', 'Frå {{first}} til {{last}}: {{values}}.', 'From {{first}} to {{last}}: {{values}}.'],
  unit: ['poeng', 'poeng', 'points'],
  more: ['De nyeste vises her. Last ned for å få alle.', 'Dei nyaste er viste her. Last ned for å få alle.',
    'The newest are shown here. Download to get all.'],
  allWithdrawn: ['Alle skårer er trukket tilbake.', 'Alle skårar er trekte tilbake.', 'All scores are withdrawn.'],
  'none.title': ['Ingen NEWS2-skårer', 'Ingen NEWS2-skårar', 'No NEWS2 scores'],
  'unknown.text': ['Ingen har delt NEWS2-skårer her.', 'Ingen har delt NEWS2-skårar her.', 'Nobody has shared NEWS2 scores here.'],
})
