/** Whom to sign in as in each portal, and what each shows best. Everyone is in docs/run/test-people.md. */
import type { Language } from '@helsevev/ui/format.ts'
import type { PortalName } from '../env.ts'

export interface ToTry {
  /** Id of the test person. */
  person: string
  text: Record<Language, string>
}

export const toTry: Record<PortalName, readonly ToTry[]> = {
  clinician: [
    {
      person: 'nurse-bergen',
      text: {
        nb: 'Åpne Astrid Haugland: alt som deles om henne på én side, og det som holdes tilbake.',
        nn: 'Opne Astrid Haugland: alt som blir delt om henne på éi side, og det som blir halde tilbake.',
        en: 'Open Astrid Haugland: all that is shared about her on one page, and what is withheld.',
      },
    },
    {
      person: 'nurse-bodo',
      text: {
        nb: 'Arbeider to steder, og velger hvor han er nå.',
        nn: 'Arbeider to stader, og vel kvar han er no.',
        en: 'Works in two places, and chooses where he is now.',
      },
    },
    {
      person: 'caseworker-oslo',
      text: {
        nb: 'Er ikke helsepersonell. Hun slipper ikke inn, og får vite hvorfor.',
        nn: 'Er ikkje helsepersonell. Ho slepp ikkje inn, og får vite kvifor.',
        en: 'Is not health personnel. She is not let in, and is told why.',
      },
    },
  ],
  citizen: [
    {
      person: 'citizen-liv',
      text: {
        nb: 'Se hva som er registrert, hvem som har sett, og velg hvem som skal få se.',
        nn: 'Sjå kva som er registrert, kven som har sett, og vel kven som skal få sjå.',
        en: 'See what is registered, who has looked, and choose who may look.',
      },
    },
    {
      person: 'citizen-hanne',
      text: {
        nb: 'Har fire barn. Hun ser for de to yngste; fra 12 år bestemmer barna mer selv.',
        nn: 'Har fire barn. Ho ser for dei to yngste; frå 12 år bestemmer barna meir sjølve.',
        en: 'Has four children. She sees for the two youngest; from 12 children decide more themselves.',
      },
    },
    {
      person: 'citizen-torbjorn',
      text: {
        nb: 'Har sperret opplysninger fra et sykehus. Se hva det betyr, og angre.',
        nn: 'Har sperra opplysningar frå eit sjukehus. Sjå kva det betyr, og angre.',
        en: 'Has restricted what a hospital knows. See what that means, and undo it.',
      },
    },
  ],
  controller: [
    {
      person: 'owner-bergen',
      text: {
        nb: 'Bestemmer for Bergen kommune: hvem som får se hva, og under hvilken avtale.',
        nn: 'Bestemmer for Bergen kommune: kven som får sjå kva, og under kva avtale.',
        en: 'Decides for the municipality of Bergen: who may see what, and under which agreement.',
      },
    },
    {
      person: 'privacy-officer-bergen',
      text: {
        nb: 'Følger med på oppslag, og svarer innbyggere som lurer på noe.',
        nn: 'Følgjer med på oppslag, og svarer innbyggjarar som lurer på noko.',
        en: 'Watches over look-ups, and answers citizens who wonder about something.',
      },
    },
    {
      person: 'reader-bergen',
      text: {
        nb: 'Leser oversikten, og kan ikke endre noe.',
        nn: 'Les oversikta, og kan ikkje endre noko.',
        en: 'Reads the overview, and can change nothing.',
      },
    },
  ],
}
