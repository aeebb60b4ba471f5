/** Words for the person the results are about. What the laboratory wrote is shown as it wrote it. */
import { texts } from '@helsevev/ui/texts.ts'

declare module '@helsevev/ui/texts.ts' {
  interface Namespaces {
    'test-results/citizen': typeof testResultsCitizenTexts
  }
}

// biome-ignore format: a table, one row to a text
export const testResultsCitizenTexts = texts({
  'about.title': ['Hva er referanseområdet?', 'Kva er referanseområdet?', 'What is the reference interval?'],
  'about.text': ['Referanseområdet er laget slik at omtrent 95 av 100 friske har svar innenfor det. Da har også noen friske svar ' +
    'utenfor, og noen syke svar innenfor. Ett tall sier lite alene. Den som bestilte prøven, ser svarene sammen med resten av det som er ' +
    'kjent.', 'Referanseområdet er laga slik at om lag 95 av 100 friske har svar innanfor det. Då har òg nokre friske svar utanfor, og ' +
    'nokre sjuke svar innanfor. Eitt tal seier lite åleine. Den som bestilte prøva, ser svara saman med resten av det som er kjent.',
    'The reference interval is made so that about 95 of 100 healthy people have results within it. So some healthy people have results ' +
    'outside it, and some who are ill have results within it. One number alone says little. Whoever ordered the test reads the results ' +
    'together with everything else that is known.'],
  later: ['Svar på vevsprøver og gentester vises her 14 dager etter at helsepersonell fikk dem, slik at noen kan fortelle om dem først.',
    'Svar på vevsprøver og gentestar er å sjå her 14 dagar etter at helsepersonell fekk dei, slik at nokon kan fortelje om dei først.',
    'Results of tissue samples and genetic tests are shown here 14 days after health personnel got them, so that somebody can tell about ' +
    'them first.'],
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
  'term.PAT': ['patologi', 'patologi', 'pathology'],
  'term.RAD': ['radiologi', 'radiologi', 'radiology'],
  'term.NUK': ['nukleærmedisin', 'nukleærmedisin', 'nuclear medicine'],
  taken: ['Tatt {{date}}', 'Teken {{date}}', 'Taken {{date}}'],
  from: ['Svar fra {{who}}', 'Svar frå {{who}}', 'Result from {{who}}'],
  specimen: ['Prøve: {{what}}', 'Prøve: {{what}}', 'Sample: {{what}}'],
  interval: ['Referanseområde: {{interval}}', 'Referanseområde: {{interval}}', 'Reference interval: {{interval}}'],
  'deviation.over': ['Høyere enn referanseområdet', 'Høgare enn referanseområdet', 'Higher than the reference interval'],
  'deviation.under': ['Lavere enn referanseområdet', 'Lågare enn referanseområdet', 'Lower than the reference interval'],
  'deviation.outside': ['Utenfor referanseområdet', 'Utanfor referanseområdet', 'Outside the reference interval'],
  outside: ['Noe i dette svaret er utenfor referanseområdet. Det kan ha mange grunner, og mange av dem er ufarlige. Spør den som ' +
    'bestilte prøven hvis du lurer på hva det betyr.', 'Noko i dette svaret er utanfor referanseområdet. Det kan ha mange grunnar, og ' +
    'mange av dei er ufarlege. Spør den som bestilte prøva om du lurer på kva det tyder.',
    'Something in this result is outside the reference interval. There can be many reasons, and many of them are harmless. Ask whoever ' +
    'ordered the test if you wonder what it means.'],
  'status.registered': ['Prøven er mottatt. Svaret er ikke klart ennå.', 'Prøva er motteken. Svaret er ikkje klart enno.',
    'The sample has been received. The result is not ready yet.'],
  'status.partial': ['Dette er en del av svaret. Det kommer mer.', 'Dette er ein del av svaret. Det kjem meir.',
    'This is part of the result. More will come.'],
  'status.preliminary': ['Dette er et foreløpig svar. Det kan bli endret.', 'Dette er eit førebels svar. Det kan bli endra.',
    'This is a preliminary result. It may change.'],
  'status.amended': ['Laboratoriet har endret svaret. Dette er det nyeste.', 'Laboratoriet har endra svaret. Dette er det nyaste.',
    'The laboratory has changed the result. This is the newest.'],
  'status.corrected': ['Laboratoriet har rettet svaret. Dette er det nyeste.', 'Laboratoriet har retta svaret. Dette er det nyaste.',
    'The laboratory has corrected the result. This is the newest.'],
  'status.appended': ['Laboratoriet har lagt noe til svaret. Dette er det nyeste.',
    'Laboratoriet har lagt noko til svaret. Dette er det nyaste.', 'The laboratory has added to the result. This is the newest.'],
  'status.cancelled': ['Laboratoriet har trukket svaret tilbake. Det gjelder ikke.',
    'Laboratoriet har trekt svaret tilbake. Det gjeld ikkje.', 'The laboratory has withdrawn the result. It does not hold.'],
  'status.entered-in-error': ['Svaret var registrert ved en feil. Det gjelder ikke.',
    'Svaret var registrert ved ein feil. Det gjeld ikkje.', 'The result was registered by mistake. It does not hold.'],
  'status.unknown': ['Det er ikke kjent om svaret er endelig.', 'Det er ikkje kjent om svaret er endeleg.',
    'It is not known whether the result is final.'],
  'susceptibility.S': ['middelet virker', 'middelet verkar', 'the medicine works'],
  'susceptibility.I': ['middelet virker i høyere dose', 'middelet verkar i høgare dose', 'the medicine works in a higher dose'],
  'susceptibility.R': ['middelet virker ikke', 'middelet verkar ikkje', 'the medicine does not work'],
  agents: ['Midler som er prøvd mot {{name}}', 'Middel som er prøvde mot {{name}}', 'Medicines tried against {{name}}'],
  orderedBy: ['Bestilt av {{who}}.', 'Bestilt av {{who}}.', 'Ordered by {{who}}.'],
  call: ['Spørsmål om svaret: ring {{who}},', 'Spørsmål om svaret: ring {{who}},', 'Questions about the result: call {{who}},'],
  ask: ['Spørsmål om svaret: spør den som bestilte prøven, eller {{who}}.',
    'Spørsmål om svaret: spør den som bestilte prøva, eller {{who}}.',
    'Questions about the result: ask whoever ordered the test, or {{who}}.'],
  showResults_one: ['Vis {{count}} resultat', 'Vis {{count}} resultat', 'Show {{count}} result'],
  showResults_other: ['Vis {{count}} resultater', 'Vis {{count}} resultat', 'Show {{count}} results'],
  all: ['Vis alle {{count}} svar', 'Vis alle {{count}} svar', 'Show all {{count}} results'],
  more: ['De {{count}} nyeste svarene vises her. Last ned for å få alle.',
    'Dei {{count}} nyaste svara er viste her. Last ned for å få alle.',
    'The {{count}} newest results are shown here. Download to get all.'],
  'course.title': ['Over tid', 'Over tid', 'Over time'],
  'course.show': ['Vis tidligere svar', 'Vis tidlegare svar', 'Show earlier results'],
  'course.chart': ['Forløp for {{name}}', 'Forløp for {{name}}', 'Course of {{name}}'],
  'course.text': ['Fra {{first}} til {{last}}: {{values}}.', 'Frå {{first}} til {{last}}: {{values}}.',
    'From {{first}} to {{last}}: {{values}}.'],
  'course.band': ['Referanseområde', 'Referanseområde', 'Reference interval'],
  'course.bandOf': ['Det fargede feltet er referanseområdet til {{source}}.', 'Det farga feltet er referanseområdet til {{source}}.',
    'The coloured field is the reference interval of {{source}}.'],
  'course.guessed': ['Laboratoriene bruker ulike koder. Svarene er satt sammen etter navn, prøve og enhet.',
    'Laboratoria bruker ulike kodar. Svara er sette saman etter namn, prøve og eining.',
    'The laboratories use different codes. The results are put together by name, sample and unit.'],
  'none.title': ['Ingen prøvesvar', 'Ingen prøvesvar', 'No test results'],
  'none.text': ['De som deler her, har svart at det ikke finnes prøvesvar å vise.',
    'Dei som deler her, har svart at det ikkje finst prøvesvar å vise.',
    'Those who share here have answered that there are no test results to show.'],
  'unknown.text': ['Ingen laboratorier har delt svar her. Det kan finnes svar andre steder, for eksempel hos fastlegen.',
    'Ingen laboratorium har delt svar her. Det kan finnast svar andre stader, til dømes hos fastlegen.',
    'No laboratory has shared results here. There may be results elsewhere, for example at the GP.'],
  'withheld.title': ['Noe vises ikke', 'Noko er ikkje vist', 'Something is not shown'],
  'withheld.text': ['Det finnes prøvesvar som ikke vises her.', 'Det finst prøvesvar som ikkje er viste her.',
    'There are test results that are not shown here.'],
  'unavailable.title': ['Prøvesvarene kan ikke hentes nå', 'Prøvesvara kan ikkje hentast no', 'The test results cannot be fetched now'],
  'unavailable.text': ['Vi vet ikke om det finnes svar. Prøv igjen litt senere.',
    'Vi veit ikkje om det finst svar. Prøv igjen litt seinare.', 'We do not know whether there are results. Try again a little later.'],
})
