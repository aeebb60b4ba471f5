/** Words of the panel. What the laboratory wrote is shown as it wrote it. */
import { personnelNothing } from '@helsevev/panel/texts.ts'
import { texts } from '@helsevev/ui/texts.ts'

declare module '@helsevev/ui/texts.ts' {
  interface Namespaces {
    'test-results': typeof testResultsTexts
  }
}

// biome-ignore format: a table, one row to a text
export const testResultsTexts = texts({
  ...personnelNothing,
  analyses: ['Analyser over tid', 'Analysar over tid', 'Analyses over time'],
  analysis: ['Analyse', 'Analyse', 'Analysis'],
  newestFirst: ['Nyeste svar først', 'Nyaste svar først', 'Newest first'],
  'course.title': ['Forløp for {{name}}', 'Forløp for {{name}}', 'Course of {{name}}'],
  'course.covers': ['{{name}}: {{count}} svar fra {{first}} til {{last}}.', '{{name}}: {{count}} svar frå {{first}} til {{last}}.',
    '{{name}}: {{count}} results from {{first}} to {{last}}.'],
  'course.one': ['{{name}} er målt én gang.', '{{name}} er målt éin gong.', '{{name}} has been measured once.'],
  'course.band': ['Referanseområde', 'Referanseområde', 'Reference range'],
  together: ['Trykk på en analyse for å tegne den sammen med andre, opptil {{count}}.',
    'Trykk på ein analyse for å teikne han saman med andre, opptil {{count}}.', 'Press an analysis to draw it with others, up to {{count}}.'],
  pin: ['Fest {{name}} øverst', 'Fest {{name}} øvst', 'Pin {{name}} at the top'],
  asSent: ['Vis slik laboratoriet skrev', 'Vis slik laboratoriet skreiv', 'Show as the laboratory wrote it'],
  sentAs: ['skrevet {{written}}', 'skrive {{written}}', 'written {{written}}'],
  'course.bandOf': ['Referanseområdet til {{source}}.', 'Referanseområdet til {{source}}.', 'The reference range of {{source}}.'],
  'course.guessed': ['Laboratoriene bruker ulike koder. Svarene er koblet på navn, materiale og enhet.',
    'Laboratoria bruker ulike kodar. Svara er kopla på namn, materiale og eining.',
    'The laboratories use different codes. Results are matched by name, specimen and unit.'],
  'discipline.CLIN': ['Medisinsk biokjemi', 'Medisinsk biokjemi', 'Clinical biochemistry'],
  'discipline.MBIO': ['Mikrobiologi', 'Mikrobiologi', 'Microbiology'], 'discipline.MGEN': ['Genetikk', 'Genetikk', 'Genetics'],
  'discipline.FARM': ['Klinisk farmakologi', 'Klinisk farmakologi', 'Clinical pharmacology'],
  'discipline.IMTR': ['Immunologi og transfusjon', 'Immunologi og transfusjon', 'Immunology and transfusion'],
  'discipline.PAT': ['Patologi', 'Patologi', 'Pathology'], 'discipline.RAD': ['Radiologi', 'Radiologi', 'Radiology'],
  'discipline.NUK': ['Nukleærmedisin', 'Nukleærmedisin', 'Nuclear medicine'],
  'status.registered': ['Registrert', 'Registrert', 'Registered'], 'status.partial': ['Delsvar', 'Delsvar', 'Partial'],
  'status.preliminary': ['Foreløpig', 'Førebels', 'Preliminary'], 'status.final': ['Endelig', 'Endeleg', 'Final'],
  'status.amended': ['Endret', 'Endra', 'Changed'], 'status.corrected': ['Rettet', 'Retta', 'Corrected'],
  'status.appended': ['Tillegg', 'Tillegg', 'Added to'], 'status.cancelled': ['Kansellert', 'Kansellert', 'Cancelled'],
  'status.entered-in-error': ['Feilregistrert', 'Feilregistrert', 'Entered in error'],
  'status.unknown': ['Ukjent status', 'Ukjend status', 'Status unknown'],
  cancelledText: ['Laboratoriet har trukket svaret tilbake. Resultatene gjelder ikke.',
    'Laboratoriet har trekt svaret tilbake. Resultata gjeld ikkje.', 'The laboratory has withdrawn the report. It is not valid.'],
  outside: ['{{count}} utenfor', '{{count}} utanfor', '{{count}} outside'],
  'answer.none': ['Ingen av de siste', 'Ingen av dei siste', 'None of the latest'],
  'answer.more_one': ['{{count}} til', '{{count}} til', '{{count}} more'], 'answer.more_other': ['{{count}} til', '{{count}} til', '{{count}} more'],
  'deviation.over': ['over referanseområdet', 'over referanseområdet', 'above the reference range'],
  'deviation.under': ['under referanseområdet', 'under referanseområdet', 'below the reference range'],
  'deviation.outside': ['utenfor referanseområdet', 'utanfor referanseområdet', 'outside the reference range'],
  interval: ['ref. {{interval}}', 'ref. {{interval}}', 'ref. {{interval}}'],
  'susceptibility.caption': ['Resistensbestemmelse, {{name}}', 'Resistensbestemming, {{name}}', 'Susceptibility, {{name}}'],
  'susceptibility.agent': ['Middel', 'Middel', 'Agent'], 'susceptibility.answer': ['Svar', 'Svar', 'Answer'],
  'susceptibility.S': ['Følsom', 'Følsam', 'Susceptible'],
  'susceptibility.I': ['Følsom ved økt eksponering', 'Følsam ved auka eksponering', 'Susceptible, increased exposure'],
  'susceptibility.R': ['Resistent', 'Resistent', 'Resistant'],
  orderedBy: ['Rekvirert av {{who}}.', 'Rekvirert av {{who}}.', 'Ordered by {{who}}.'],
  copies: ['Kopi til: {{names}}', 'Kopi til: {{names}}', 'Copy to: {{names}}'],
  showAll: ['Vis alle {{count}}', 'Vis alle {{count}}', 'Show all {{count}}'],
  more: ['Bare de {{count}} nyeste vises.', 'Berre dei {{count}} nyaste er viste.', 'Only the {{count}} newest are shown.'],
  'none.title': ['Ingen prøvesvar', 'Ingen prøvesvar', 'No test results'],
  'unknown.text': ['Ingen laboratorier har delt svar her. Andre kan ha svar.', 'Ingen laboratorium har delt svar her. Andre kan ha svar.',
    'No laboratory has shared results here. Others may have results.'],
  'unavailable.text': ['Vi vet ikke om det finnes svar. Prøv igjen, eller ring laboratoriet.',
    'Vi veit ikkje om det finst svar. Prøv igjen, eller ring laboratoriet.',
    'We do not know whether there are results. Try again, or call the laboratory.'],
})
