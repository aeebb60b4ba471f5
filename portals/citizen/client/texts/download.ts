/** The page where people fetch their own copy. */
import { texts } from '@helsevev/ui/texts.ts'

// biome-ignore format: a table, one row to a text
export const downloadTexts = texts({
  'download.lead': ['Det som er registrert om deg. Nedlastingen logges og står under «Hvem har sett opplysningene».',
    'Det som er registrert om deg. Nedlastinga blir logga og står under «Kven har sett opplysningane».',
    'What is registered about you. The download is logged, under “Who has seen the information”.'],
  'download.leadOther': ['Det som er registrert om {{name}}. Nedlastingen logges i ditt navn.',
    'Det som er registrert om {{name}}. Nedlastinga blir logga på deg.', 'What is registered about {{name}}. It is logged in your name.'],
  'download.format': ['Hva vil du laste ned?', 'Kva vil du laste ned?', 'What do you want to download?'],
  'download.pdf.label': ['Sammendrag til å lese (PDF)', 'Samandrag til å lese (PDF)', 'Summary to read (PDF)'],
  'download.pdf.text': ['Det viktigste i vanlige ord. Kan skrives ut, eller vises til lege på reise.',
    'Det viktigaste i vanlege ord. Kan skrivast ut, eller visast til lege på reise.',
    'What matters most in plain words. Can be printed, or shown to a doctor when travelling.'],
  'download.summary.label': ['Sammendrag til andre systemer (FHIR)', 'Samandrag til andre system (FHIR)', 'Summary for systems (FHIR)'],
  'download.summary.text': ['Samme sammendrag, i en form som likner International Patient Summary. Med fødselsnummer.',
    'Same samandrag, i ei form som liknar International Patient Summary. Med fødselsnummer.',
    'The same summary, shaped like the International Patient Summary. With the identity number.'],
  'download.fhir.label': ['Alt (FHIR)', 'Alt (FHIR)', 'Everything (FHIR)'],
  'download.fhir.text': ['Alt som vises for deg, slik det ble sendt inn. For systemer. Med fødselsnummer.',
    'Alt som er vist for deg, slik det blei sendt inn. For system. Med fødselsnummer.',
    'All that is shown to you, as it was sent in. For systems. With the identity number.'],
  'download.number': ['Ta med fødselsnummer i PDF-en', 'Ta med fødselsnummer i PDF-fila', 'Include the identity number in the PDF'],
  'download.go': ['Last ned', 'Last ned', 'Download'], 'download.busy': ['Lager filen …', 'Lagar fila …', 'Making the file …'],
  'download.done': ['Filen er lastet ned. Pass på hvem som kan åpne den.', 'Fila er lasta ned. Pass på kven som kan opne ho.',
    'The file has been downloaded. Mind who can open it.'],
  'download.incomplete': ['Filen er lastet ned, men noe mangler. Nederst i filen står det hva. Prøv gjerne igjen.',
    'Fila er lasta ned, men noko manglar. Nedst i fila står det kva. Prøv gjerne igjen.',
    'The file has been downloaded, but something is missing. The end of the file says what. You may try again.'],
  'download.failed': ['Filen kunne ikke lages nå. Prøv igjen litt senere.', 'Fila kunne ikkje lagast no. Prøv igjen litt seinare.',
    'The file could not be made now. Try again a little later.'],
})
