/**
 * Success criteria of WCAG 2.2 at levels A and AA, and what of ours checks each. Public bodies in Norway must meet 47 of the 50 of WCAG
 * 2.1 (forskrift om universell utforming av IKT-løsninger § 4); the three about time-based media that are not among them stand here too,
 * marked, and so do the six that came with WCAG 2.2. What has neither a rule of axe, a check nor a test is not checked, and the statement
 * says so, and why.
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
  ['1.3.2', 'A', 'Meningsfylt rekkefølge', 'Meiningsfull rekkjefølgje', 'Meaningful sequence', 'structure'],
  ['1.3.3', 'A', 'Sensoriske egenskaper', 'Sensoriske eigenskapar', 'Sensory characteristics', ''],
  ['1.3.4', 'AA', 'Visningsretning', 'Visingsretning', 'Orientation', 'orientation'],
  ['1.3.5', 'AA', 'Identifiser formål med inndata', 'Identifiser formål med inndata', 'Identify input purpose', ''],
  ['1.4.1', 'A', 'Bruk av farge', 'Bruk av farge', 'Use of color', 'forced-colours'],
  ['1.4.2', 'A', 'Styring av lyd', 'Styring av lyd', 'Audio control', 'media'],
  ['1.4.3', 'AA', 'Kontrast (minimum)', 'Kontrast (minimum)', 'Contrast (minimum)', ''],
  ['1.4.4', 'AA', 'Endring av tekststørrelse', 'Endring av tekststorleik', 'Resize text', 'zoom'],
  ['1.4.5', 'AA', 'Bilder av tekst', 'Bilete av tekst', 'Images of text', 'structure'],
  ['1.4.10', 'AA', 'Dynamisk tilpasning', 'Dynamisk tilpassing', 'Reflow', 'reflow'],
  ['1.4.11', 'AA', 'Kontrast for ikke-tekstlig innhold', 'Kontrast for ikkje-tekstleg innhald', 'Non-text contrast', 'shapes'],
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
  ['4.1.1', 'A', 'Parsing (oppdeling)', 'Parsing (oppdeling)', 'Parsing', 'structure'],
  ['4.1.2', 'A', 'Navn, rolle, verdi', 'Namn, rolle, verdi', 'Name, role, value', 'keyboard'],
  ['4.1.3', 'AA', 'Statusbeskjeder', 'Statusmeldingar', 'Status messages', ''],
  ['2.4.11', 'AA*', 'Fokus ikke skjult (minimum)', 'Fokus ikkje skjult (minimum)', 'Focus not obscured (minimum)', 'keyboard'],
  ['2.5.7', 'AA*', 'Dra-bevegelser', 'Dra-rørsler', 'Dragging movements', ''],
  ['2.5.8', 'AA*', 'Størrelse på trykkflate (minimum)', 'Storleik på trykkflate (minimum)', 'Target size (minimum)', ''],
  ['3.2.6', 'A*', 'Konsekvent hjelp', 'Konsekvent hjelp', 'Consistent help', ''],
  ['3.3.7', 'A*', 'Gjentatt inntasting', 'Gjenteken inntasting', 'Redundant entry', ''],
  ['3.3.8', 'AA*', 'Tilgjengelig innlogging (minimum)', 'Tilgjengeleg innlogging (minimum)', 'Accessible authentication (minimum)', ''],
]

const gestures = {
  file: 'portals/shared/client/input.test.ts',
  name: 'no page asks for a gesture, for moving the device, or for a press that cannot be taken back',
}
const byKeyboard = {
  file: 'e2e/clinician.test.ts',
  name: 'the whole way is walked with the keyboard, and the focus is always somewhere sensible',
}
const wrongNumber = { file: 'e2e/clinician.test.ts', name: 'a wrong number is explained, and a person nobody knows is not opened' }
const agreement = {
  file: 'e2e/controller.test.ts',
  name: 'one owner of Bergen proposes, the other signs, an owner of Oslo signs: and Bergen is open to Oslo',
}
const everyFoot = {
  file: 'e2e/portals.test.ts',
  name: 'a wrong address is a page, and every foot leads to help, contact, accessibility and privacy; the name leads home',
}
/** Tests of one journey each, in addition to the visits. */
const tests: Readonly<Record<string, Criterion['tests']>> = {
  '2.1.1': [byKeyboard],
  '2.1.4': [
    {
      file: 'e2e/clinician-page.test.ts',
      name: 'keys lead to views and panels, are listed under ?, do nothing in a field, and stay off when turned off',
    },
  ],
  '2.2.1': [
    {
      file: 'e2e/portals.test.ts',
      name: 'the end of the session is warned of, put off by one key, and gives back what was written to the same person alone',
    },
  ],
  '2.4.3': [byKeyboard],
  '2.4.5': [everyFoot],
  '2.5.1': [gestures],
  '2.5.2': [gestures],
  '2.5.4': [gestures],
  '2.5.7': [gestures],
  '3.1.1': [{ file: 'e2e/clinician.test.ts', name: 'the screen is in the language the person chose, and stays so' }],
  '3.2.2': [{ file: 'e2e/portals.test.ts', name: 'choosing in a form changes the form alone, and the menu is the same on every page' }],
  '3.2.3': [{ file: 'e2e/portals.test.ts', name: 'choosing in a form changes the form alone, and the menu is the same on every page' }],
  '3.2.4': [{ file: 'e2e/portals.test.ts', name: 'choosing in a form changes the form alone, and the menu is the same on every page' }],
  '3.2.6': [everyFoot],
  '3.3.1': [wrongNumber],
  '3.3.3': [wrongNumber],
  '3.3.4': [agreement],
  '3.3.7': [
    {
      file: 'e2e/portals.test.ts',
      name: 'the end of the session is warned of, put off by one key, and gives back what was written to the same person alone',
    },
  ],
  '4.1.3': [agreement],
}

/** Why nothing of ours checks a criterion, where nothing does. */
export const whyNot: Readonly<Record<string, { nb: string; nn: string; en: string }>> = {
  '1.3.3': {
    nb: 'bare et menneske kan lese om en tekst viser til form eller plass',
    nn: 'berre eit menneske kan lese om ein tekst viser til form eller plass',
    en: 'only a person can read whether a text points to shape or place',
  },
  '1.4.13': {
    nb: 'det som vises ved peking, er nettleserens egne ledetekster; alt i dem står også i teksten',
    nn: 'det som blir vist ved peiking, er nettlesaren sine eigne leietekstar; alt i dei står òg i teksten',
    en: 'what shows on hover are titles drawn by the browser; all that is in them stands in the text too',
  },
  '2.4.6': {
    nb: 'bare et menneske kan avgjøre om en overskrift beskriver det som står under',
    nn: 'berre eit menneske kan avgjere om ei overskrift skildrar det som står under',
    en: 'only a person can judge whether a heading describes what is under it',
  },
  '3.3.8': {
    nb: 'innloggingen skjer hos HelseID, som svarer for den',
    nn: 'innlogginga skjer hos HelseID, som svarer for ho',
    en: 'people sign in at HelseID, which answers for it',
  },
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
