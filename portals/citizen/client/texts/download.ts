/** The page where people fetch their own copy. */
import type { Texts } from '@helsevev/ui/i18n.ts'

const nb = {
  download: {
    lead: 'Ta med deg det som er registrert om deg. Nedlastingen blir logget, og du ser den under Hvem har sett.',
    leadOther: 'Ta med det som er registrert om {{name}}. Nedlastingen blir logget i ditt navn.',
    format: 'Hva vil du laste ned?',
    pdf: { label: 'Sammendrag til å lese (PDF)', text: 'Det viktigste i vanlige ord. Kan skrives ut, eller vises til lege på reise.' },
    summary: {
      label: 'Sammendrag til et annet system (FHIR)',
      text: 'Det samme sammendraget, i en form som likner International Patient Summary. Inneholder fødselsnummer.',
    },
    fhir: {
      label: 'Alt (FHIR)',
      text: 'Alle opplysninger som vises for deg, slik de ble sendt inn. For systemer. Inneholder fødselsnummer.',
    },
    number: 'Ta med fødselsnummer i PDF-en',
    go: 'Last ned',
    busy: 'Lager filen …',
    done: 'Filen er lastet ned. Pass på hvem som kan åpne den der du lagrer den.',
    incomplete: 'Filen er lastet ned, men noe mangler. Nederst i filen står det hva. Prøv gjerne igjen.',
    failed: 'Filen kunne ikke lages nå. Prøv igjen litt senere.',
  },
}

const nn: typeof nb = {
  download: {
    lead: 'Ta med deg det som er registrert om deg. Nedlastinga blir logga, og du ser ho under Kven har sett.',
    leadOther: 'Ta med det som er registrert om {{name}}. Nedlastinga blir logga i ditt namn.',
    format: 'Kva vil du laste ned?',
    pdf: { label: 'Samandrag til å lese (PDF)', text: 'Det viktigaste i vanlege ord. Kan skrivast ut, eller visast til lege på reise.' },
    summary: {
      label: 'Samandrag til eit anna system (FHIR)',
      text: 'Det same samandraget, i ei form som liknar International Patient Summary. Inneheld fødselsnummer.',
    },
    fhir: {
      label: 'Alt (FHIR)',
      text: 'Alle opplysningar som er viste for deg, slik dei vart sende inn. For system. Inneheld fødselsnummer.',
    },
    number: 'Ta med fødselsnummer i PDF-fila',
    go: 'Last ned',
    busy: 'Lagar fila …',
    done: 'Fila er lasta ned. Pass på kven som kan opne ho der du lagrar ho.',
    incomplete: 'Fila er lasta ned, men noko manglar. Nedst i fila står det kva. Prøv gjerne igjen.',
    failed: 'Fila kunne ikkje lagast no. Prøv igjen litt seinare.',
  },
}

const en: typeof nb = {
  download: {
    lead: 'Take along what is registered about you. The download is logged, and you see it under Who has looked.',
    leadOther: 'Take along what is registered about {{name}}. The download is logged in your name.',
    format: 'What do you want to download?',
    pdf: {
      label: 'Summary to read (PDF)',
      text: 'What matters most in plain words. Can be printed, or shown to a doctor when travelling.',
    },
    summary: {
      label: 'Summary for another system (FHIR)',
      text: 'The same summary, in the shape of the International Patient Summary. Holds the national identity number.',
    },
    fhir: {
      label: 'Everything (FHIR)',
      text: 'All information that is shown to you, as it was sent in. For systems. Holds the national identity number.',
    },
    number: 'Include the national identity number in the PDF',
    go: 'Download',
    busy: 'Making the file …',
    done: 'The file has been downloaded. Mind who can open it where you keep it.',
    incomplete: 'The file has been downloaded, but something is missing. The end of the file says what. You may try again.',
    failed: 'The file could not be made now. Try again a little later.',
  },
}

export const downloadTexts: Texts = { nb, nn, en }
