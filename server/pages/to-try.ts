/** Who to sign in as in each portal, and what each shows best, by the id of the test person. Everyone is in docs/run/test-people.md. */
import { texts } from '@helsevev/ui/texts.ts'
import type { PortalName } from '../env.ts'

// biome-ignore format: a table, one row to a text
export const toTryTexts = texts({
  'nurse-bergen': ['Åpne Astrid Haugland: alt som deles om henne på én side, og det som holdes tilbake.',
    'Opne Astrid Haugland: alt som blir delt om henne på éi side, og det som blir halde tilbake.',
    'Open Astrid Haugland: all that is shared about her on one page, and what is withheld.'],
  'nurse-bodo': ['Arbeider to steder, og velger hvor nå.', 'Arbeider to stader, og vel kvar no.', 'Works in two places, and chooses one.'],
  'caseworker-oslo': ['Er ikke helsepersonell. Hun slipper ikke inn, og får vite hvorfor.',
    'Er ikkje helsepersonell. Ho slepp ikkje inn, og får vite kvifor.', 'Is not health personnel. She is not let in, and sees why.'],
  'citizen-liv': ['Se det som er registrert, hvem som har sett det, og velg hvem som får se.',
    'Sjå det som er registrert, kven som har sett det, og vel kven som får sjå.',
    'See what is registered, who has seen it, and choose who may.'],
  'citizen-hanne': ['Har fire barn. Hun ser for de to yngste; fra 12 år bestemmer barna mer selv.',
    'Har fire barn. Ho ser for dei to yngste; frå 12 år bestemmer barna meir sjølve.',
    'Has four children. She sees for the two youngest; from 12 children decide more themselves.'],
  'citizen-torbjorn': ['Har sperret noe fra et sykehus. Se hva det betyr, og angre.',
    'Har sperra noko frå eit sjukehus. Sjå kva det betyr, og angre.', 'Has restricted what a hospital knows. See what it means, undo it.'],
  'owner-bergen': ['Bestemmer for Bergen kommune: hvem som ser hva, under hvilken avtale.',
    'Bestemmer for Bergen kommune: kven som ser kva, under kva avtale.', 'Decides for Bergen: who may see what, under which agreement.'],
  'privacy-officer-bergen': ['Ser på oppslag, og svarer innbyggere som lurer på noe.',
    'Ser på oppslag, og svarer innbyggjarar som lurer på noko.', 'Watches over look-ups, and answers citizens who wonder about something.'],
  'reader-bergen': ['Leser oversikten. Endrer ingenting.', 'Les oversikta. Endrar ingenting.', 'Reads the overview. Changes nothing.'],
})

export const toTry: Record<PortalName, readonly (keyof typeof toTryTexts)[]> = {
  clinician: ['nurse-bergen', 'nurse-bodo', 'caseworker-oslo'],
  citizen: ['citizen-liv', 'citizen-hanne', 'citizen-torbjorn'],
  controller: ['owner-bergen', 'privacy-officer-bergen', 'reader-bergen'],
}
