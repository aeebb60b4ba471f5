/** Words for the person the results are about. What the laboratory wrote is shown as it wrote it. */
import { citizenNothing } from '@helsevev/panel/texts.ts'
import { texts } from '@helsevev/ui/texts.ts'

declare module '@helsevev/ui/texts.ts' {
  interface Namespaces {
    'test-results/citizen': typeof testResultsCitizenTexts
  }
}

// biome-ignore format: a table, one row to a text
export const testResultsCitizenTexts = texts({
  ...citizenNothing,
  'about.title': ['Hva er referanseområdet?', 'Kva er referanseområdet?', 'What is the reference interval?'],
  'about.text': ['Referanseområdet er laget slik at omtrent 95 av 100 friske har svar innenfor det. Noen friske har altså svar utenfor, ' +
    'og noen syke innenfor. Ett tall sier lite alene. Den som bestilte prøven, ser svarene sammen med resten av det som er kjent.',
    'Referanseområdet er laga slik at om lag 95 av 100 friske har svar innanfor det. Nokre friske har altså svar utanfor, og nokre sjuke ' +
    'innanfor. Eitt tal seier lite åleine. Den som bestilte prøva, ser svara saman med resten av det som er kjent.', 'The reference ' +
    'interval is made so that about 95 of 100 healthy people have results within it. So some healthy people are outside it, and some who ' +
    'are ill within it. One number says little. The one who ordered the test reads the results with all that is known.'],
  later: ['Svar på vevsprøver og gentester vises 14 dager etter at helsepersonell fikk dem, så noen kan fortelle deg om dem først.',
    'Svar på vevsprøver og gentestar er å sjå 14 dagar etter at helsepersonell fekk dei, så nokon kan fortelje deg om dei først.',
    'Results of tissue samples and genetic tests are shown 14 days after health personnel got them, so that they can inform you first.'],
  'kind.CLIN': ['Blodprøve eller annen laboratorieprøve', 'Blodprøve eller anna laboratorieprøve', 'Blood test or other laboratory test'],
  'kind.MBIO': ['Prøve for bakterier og virus', 'Prøve for bakteriar og virus', 'Test for bacteria and viruses'],
  'kind.MGEN': ['Gentest', 'Gentest', 'Genetic test'],
  'kind.FARM': ['Måling av legemiddel', 'Måling av legemiddel', 'Measurement of a medicine'],
  'kind.IMTR': ['Prøve av immunforsvar eller blodtype', 'Prøve av immunforsvar eller blodtype', 'Test of immune system or blood type'],
  'kind.PAT': ['Prøve av vev eller celler', 'Prøve av vev eller celler', 'Sample of tissue or cells'],
  'kind.RAD': ['Bildeundersøkelse', 'Biletundersøking', 'Imaging'],
  'kind.NUK': ['Undersøkelse med radioaktivt stoff', 'Undersøking med radioaktivt stoff', 'Examination with a radioactive substance'],
  'term.CLIN': ['medisinsk biokjemi', 'medisinsk biokjemi', 'clinical biochemistry'],
  'term.MBIO': ['mikrobiologi', 'mikrobiologi', 'microbiology'],
  'term.MGEN': ['medisinsk genetikk', 'medisinsk genetikk', 'medical genetics'],
  'term.FARM': ['klinisk farmakologi', 'klinisk farmakologi', 'clinical pharmacology'],
  'term.IMTR': ['immunologi og transfusjonsmedisin', 'immunologi og transfusjonsmedisin', 'immunology and transfusion medicine'],
  'term.PAT': ['patologi', 'patologi', 'pathology'], 'term.RAD': ['radiologi', 'radiologi', 'radiology'],
  'term.NUK': ['nukleærmedisin', 'nukleærmedisin', 'nuclear medicine'],
  taken: ['Tatt {{date}}', 'Teken {{date}}', 'Taken {{date}}'],
  from: ['Svar fra {{who}}', 'Svar frå {{who}}', 'Result from {{who}}'],
  specimen: ['Prøve: {{what}}', 'Prøve: {{what}}', 'Sample: {{what}}'],
  interval: ['Referanseområde: {{interval}}', 'Referanseområde: {{interval}}', 'Reference interval: {{interval}}'],
  'deviation.over': ['Høyere enn referanseområdet', 'Høgare enn referanseområdet', 'Higher than the reference interval'],
  'deviation.under': ['Lavere enn referanseområdet', 'Lågare enn referanseområdet', 'Lower than the reference interval'],
  'deviation.outside': ['Utenfor referanseområdet', 'Utanfor referanseområdet', 'Outside the reference interval'],
  outside: ['Noe her er utenfor referanseområdet. Det kan ha mange grunner, og mange av dem er ufarlige. Spør den som bestilte prøven.',
    'Noko her er utanfor referanseområdet. Det kan ha mange grunnar, og mange av dei er ufarlege. Spør den som bestilte prøva.',
    'Something here is outside the reference interval. There can be many reasons, many of them harmless. Ask the one who ordered the ' +
    'test.'],
  'status.registered': ['Prøven er mottatt. Svaret er ikke klart ennå.', 'Prøva er motteken. Svaret er ikkje klart enno.',
    'The sample has been received. The result is not ready yet.'],
  'status.partial': ['En del av svaret. Det kommer mer.', 'Ein del av svaret. Det kjem meir.', 'Part of the result. More will come.'],
  'status.preliminary': ['Foreløpig svar. Det kan endres.', 'Førebels svar. Det kan bli endra.', 'Preliminary. It may change.'],
  'status.amended': ['Endret svar. Dette er det nyeste.', 'Endra svar. Dette er det nyaste.', 'A changed result. This is the newest.'],
  'status.corrected': ['Rettet svar. Dette er det nyeste.', 'Retta svar. Dette er det nyaste.', 'A corrected result. This is the newest.'],
  'status.appended': ['Laboratoriet har lagt til noe. Dette er det nyeste.', 'Laboratoriet har lagt til noko. Dette er det nyaste.',
    'The laboratory has added something. This is the newest.'],
  'status.cancelled': ['Laboratoriet har trukket svaret tilbake. Det gjelder ikke.',
    'Laboratoriet har trekt svaret tilbake. Det gjeld ikkje.', 'The laboratory has withdrawn the result. It is not valid.'],
  'status.entered-in-error': ['Svaret var registrert ved en feil. Det gjelder ikke.',
    'Svaret var registrert ved ein feil. Det gjeld ikkje.', 'The result was registered by mistake. It is not valid.'],
  'status.unknown': ['Ukjent om svaret er endelig.', 'Ukjent om svaret er endeleg.', 'Not known whether the result is final.'],
  'susceptibility.S': ['middelet virker', 'middelet verkar', 'the medicine works'],
  'susceptibility.I': ['middelet virker i høyere dose', 'middelet verkar i høgare dose', 'the medicine works in a higher dose'],
  'susceptibility.R': ['middelet virker ikke', 'middelet verkar ikkje', 'the medicine does not work'],
  agents: ['Midler som er prøvd mot {{name}}', 'Middel som er prøvde mot {{name}}', 'Medicines tried against {{name}}'],
  orderedBy: ['Bestilt av {{who}}.', 'Bestilt av {{who}}.', 'Ordered by {{who}}.'],
  call: ['Spørsmål om svaret: ring {{who}},', 'Spørsmål om svaret: ring {{who}},', 'Questions about the result: call {{who}},'],
  ask: ['Spørsmål om svaret: spør den som bestilte prøven, eller {{who}}.',
    'Spørsmål om svaret: spør den som bestilte prøva, eller {{who}}.', 'Questions: ask the one who ordered the test, or {{who}}.'],
  showResults_one: ['Vis {{count}} resultat', 'Vis {{count}} resultat', 'Show {{count}} result'],
  showResults_other: ['Vis {{count}} resultater', 'Vis {{count}} resultat', 'Show {{count}} results'],
  all: ['Vis alle {{count}} svar', 'Vis alle {{count}} svar', 'Show all {{count}} results'],
  more: ['De {{count}} nyeste vises her. Last ned for å få alle.', 'Dei {{count}} nyaste er viste her. Last ned for å få alle.',
    'The {{count}} newest are shown here. Download to get all.'],
  'course.title': ['Over tid', 'Over tid', 'Over time'],
  'course.show': ['Vis tidligere svar', 'Vis tidlegare svar', 'Show earlier results'],
  'course.chart': ['Forløp for {{name}}', 'Forløp for {{name}}', 'Course of {{name}}'],
  'course.text': ['{{first}}–{{last}}: {{values}}.', '{{first}}–{{last}}: {{values}}.', '{{first}}–{{last}}: {{values}}.'],
  'course.band': ['Referanseområde', 'Referanseområde', 'Reference interval'],
  'course.bandOf': ['Det fargede feltet er referanseområdet til {{source}}.', 'Det farga feltet er referanseområdet til {{source}}.',
    'The coloured field is the reference interval of {{source}}.'],
  'course.guessed': ['Laboratoriene bruker ulike koder. Svarene er satt sammen etter navn, prøve og enhet.',
    'Laboratoria bruker ulike kodar. Svara er sette saman etter namn, prøve og eining.',
    'Laboratories use different codes. Results are put together by name, sample and unit.'],
  'none.title': ['Ingen prøvesvar', 'Ingen prøvesvar', 'No test results'],
  'unknown.text': ['Ingen har delt svar her. Fastlegen eller andre kan ha svar.',
    'Ingen har delt svar her. Fastlegen eller andre kan ha svar.', 'Nobody has shared results here. Your GP or others may have them.'],
})
