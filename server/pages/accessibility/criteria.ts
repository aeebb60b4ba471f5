/**
 * Success criteria of WCAG 2.1 at levels A and AA, and what of ours checks each. Public bodies in Norway must meet 47 of these 50
 * (forskrift om universell utforming av IKT-løsninger § 4); the three about time-based media that are not among them stand here too,
 * marked. What has neither a rule of axe, a check nor a test is not checked, and the statement says so.
 */
import type { Check } from './results.ts'

export interface Criterion {
  number: string
  level: 'A' | 'AA'
  /** Among the 47. */
  required: boolean
  name: { nb: string; nn: string; en: string }
  /** Checks of a visit that judge it, in addition to the rules of axe. */
  checks: readonly Check[]
  /** Tests that judge it, by file and name. */
  tests: readonly { file: string; name: string }[]
}

type Row = [number: string, level: string, nb: string, nn: string, en: string, checks: string]

// biome-ignore format: a table
const rows: readonly Row[] = [
  ['1.1.1', 'A', 'Ikke-tekstlig innhold', 'Ikkje-tekstleg innhald', 'Non-text content', ''],
  ['1.2.1', 'A', 'Bare lyd og bare video', 'Berre lyd og berre video', 'Audio-only and video-only', 'media'],
  ['1.2.2', 'A', 'Teksting', 'Teksting', 'Captions', 'media'],
  ['1.2.3', 'A*', 'Synstolking eller mediealternativ', 'Synstolking eller mediealternativ', 'Audio description or media alternative', 'media'],
  ['1.2.4', 'AA*', 'Direktesendt teksting', 'Direktesend teksting', 'Live captions', 'media'],
  ['1.2.5', 'AA*', 'Synstolking', 'Synstolking', 'Audio description', 'media'],
  ['1.3.1', 'A', 'Informasjon og relasjoner', 'Informasjon og relasjonar', 'Info and relationships', ''],
  ['1.3.2', 'A', 'Meningsfylt rekkefølge', 'Meiningsfull rekkjefølgje', 'Meaningful sequence', ''],
  ['1.3.3', 'A', 'Sensoriske egenskaper', 'Sensoriske eigenskapar', 'Sensory characteristics', ''],
  ['1.3.4', 'AA', 'Visningsretning', 'Visingsretning', 'Orientation', ''],
  ['1.3.5', 'AA', 'Identifiser formål med inndata', 'Identifiser formål med inndata', 'Identify input purpose', ''],
  ['1.4.1', 'A', 'Bruk av farge', 'Bruk av farge', 'Use of color', ''],
  ['1.4.2', 'A', 'Styring av lyd', 'Styring av lyd', 'Audio control', 'media'],
  ['1.4.3', 'AA', 'Kontrast (minimum)', 'Kontrast (minimum)', 'Contrast (minimum)', ''],
  ['1.4.4', 'AA', 'Endring av tekststørrelse', 'Endring av tekststorleik', 'Resize text', 'zoom'],
  ['1.4.5', 'AA', 'Bilder av tekst', 'Bilete av tekst', 'Images of text', ''],
  ['1.4.10', 'AA', 'Dynamisk tilpasning', 'Dynamisk tilpassing', 'Reflow', 'reflow'],
  ['1.4.11', 'AA', 'Kontrast for ikke-tekstlig innhold', 'Kontrast for ikkje-tekstleg innhald', 'Non-text contrast', ''],
  ['1.4.12', 'AA', 'Tekstavstand', 'Tekstavstand', 'Text spacing', 'text-spacing'],
  ['1.4.13', 'AA', 'Pekerfølsomt innhold eller innhold ved fokus', 'Peikarfølsamt innhald eller innhald ved fokus', 'Content on hover or focus', ''],
  ['2.1.1', 'A', 'Tastatur', 'Tastatur', 'Keyboard', 'keyboard'],
  ['2.1.2', 'A', 'Ingen tastaturfelle', 'Inga tastaturfelle', 'No keyboard trap', 'keyboard'],
  ['2.1.4', 'A', 'Hurtigtaster som består av ett tegn', 'Hurtigtastar som er eitt teikn', 'Character key shortcuts', ''],
  ['2.2.1', 'A', 'Justerbar hastighet', 'Justerbar fart', 'Timing adjustable', ''],
  ['2.2.2', 'A', 'Pause, stopp, skjul', 'Pause, stopp, skjul', 'Pause, stop, hide', 'motion'],
  ['2.3.1', 'A', 'Terskelverdi på maksimalt tre glimt', 'Terskelverdi på høgst tre glimt', 'Three flashes or below threshold', 'motion'],
  ['2.4.1', 'A', 'Hoppe over blokker', 'Hoppe over blokker', 'Bypass blocks', ''],
  ['2.4.2', 'A', 'Sidetitler', 'Sidetitlar', 'Page titled', 'title'],
  ['2.4.3', 'A', 'Fokusrekkefølge', 'Fokusrekkjefølgje', 'Focus order', 'keyboard'],
  ['2.4.4', 'A', 'Formål med lenke (i kontekst)', 'Formål med lenkje (i kontekst)', 'Link purpose (in context)', ''],
  ['2.4.5', 'AA', 'Flere måter', 'Fleire måtar', 'Multiple ways', ''],
  ['2.4.6', 'AA', 'Overskrifter og ledetekster', 'Overskrifter og leietekstar', 'Headings and labels', ''],
  ['2.4.7', 'AA', 'Synlig fokus', 'Synleg fokus', 'Focus visible', 'keyboard forced-colours'],
  ['2.5.1', 'A', 'Pekerbevegelser', 'Peikarrørsler', 'Pointer gestures', ''],
  ['2.5.2', 'A', 'Pekeravbrytelse', 'Peikaravbrot', 'Pointer cancellation', ''],
  ['2.5.3', 'A', 'Ledetekst i navn', 'Leietekst i namn', 'Label in name', ''],
  ['2.5.4', 'A', 'Bevegelsesaktivering', 'Rørsleaktivering', 'Motion actuation', ''],
  ['3.1.1', 'A', 'Språk på siden', 'Språk på sida', 'Language of page', 'language'],
  ['3.1.2', 'AA', 'Språk på deler av innhold', 'Språk på delar av innhald', 'Language of parts', ''],
  ['3.2.1', 'A', 'Fokus', 'Fokus', 'On focus', 'keyboard'],
  ['3.2.2', 'A', 'Inndata', 'Inndata', 'On input', ''],
  ['3.2.3', 'AA', 'Konsekvent navigering', 'Konsekvent navigering', 'Consistent navigation', ''],
  ['3.2.4', 'AA', 'Konsekvent identifikasjon', 'Konsekvent identifikasjon', 'Consistent identification', ''],
  ['3.3.1', 'A', 'Identifikasjon av feil', 'Identifikasjon av feil', 'Error identification', ''],
  ['3.3.2', 'A', 'Ledetekster eller instruksjoner', 'Leietekstar eller instruksjonar', 'Labels or instructions', ''],
  ['3.3.3', 'AA', 'Forslag ved feil', 'Forslag ved feil', 'Error suggestion', ''],
  ['3.3.4', 'AA', 'Forhindring av feil (juridiske feil, økonomiske feil, datafeil)', 'Førebygging av feil (juridiske feil, økonomiske feil, datafeil)', 'Error prevention (legal, financial, data)', ''],
  ['4.1.1', 'A', 'Parsing (oppdeling)', 'Parsing (oppdeling)', 'Parsing', ''],
  ['4.1.2', 'A', 'Navn, rolle, verdi', 'Namn, rolle, verdi', 'Name, role, value', 'keyboard'],
  ['4.1.3', 'AA', 'Statusbeskjeder', 'Statusmeldingar', 'Status messages', ''],
]

/** Tests of one journey each, in addition to the visits. */
const tests: Readonly<Record<string, Criterion['tests']>> = {
  '3.3.1': [{ file: 'e2e/clinician.test.ts', name: 'a wrong number is explained, and a person nobody knows is not opened' }],
  '3.3.3': [{ file: 'e2e/clinician.test.ts', name: 'a wrong number is explained, and a person nobody knows is not opened' }],
  '2.4.3': [
    { file: 'e2e/clinician.test.ts', name: 'the whole way is walked with the keyboard, and the focus is always somewhere sensible' },
  ],
  '2.1.1': [
    { file: 'e2e/clinician.test.ts', name: 'the whole way is walked with the keyboard, and the focus is always somewhere sensible' },
  ],
  '3.1.1': [{ file: 'e2e/clinician.test.ts', name: 'the screen is in the language the person chose, and stays so' }],
}

/** The star marks what the 47 leave out. */
export const criteria: readonly Criterion[] = rows.map(([number, level, nb, nn, en, checks]) => ({
  number,
  level: level.startsWith('AA') ? 'AA' : 'A',
  required: !level.endsWith('*'),
  name: { nb, nn, en },
  checks: checks.split(' ').filter(Boolean) as Check[],
  tests: tests[number] ?? [],
}))
