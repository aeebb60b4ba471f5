/** What the front page says. */
import type { Language } from '@helsevev/ui/format.ts'
import type { PortalName } from '../env.ts'

export interface FrontTexts {
  title: string
  story: readonly string[]
  how: { title: string; points: readonly { title: string; text: string }[] }
  try: { title: string; text: string; as: string }
  portals: Record<PortalName, { title: string; text: string; open: string }>
  patients: { title: string; text: string; recordSystem: string }
  vendors: { title: string; text: string; each: string; service: string }
}

export const frontTexts: Record<Language, FrontTexts> = {
  nb: {
    title: 'Det viktige om pasienten, samlet når det trengs',
    story: [
      'En sykepleier på legevakten åpner en pasient. Pasienten får hjemmesykepleie i én kommune og ble nettopp skrevet ut fra et sykehus et annet sted. På én side ser hun det alle med avtale deler.',
      'Det hun ikke får se, vises ikke, og siden sier fra om det. Pasienten ser etterpå hvem som slo opp, hvor, når og hvorfor.',
    ],
    how: {
      title: 'Slik virker det',
      points: [
        {
          title: 'Den som har opplysningene, bestemmer',
          text: 'Kommunen eller sykehuset avgjør hvem som får se hva, tjeneste for tjeneste. Det kan endres når som helst, og gjelder straks.',
        },
        {
          title: 'Hvert oppslag avgjøres og logges',
          text: 'Den som slår opp, sier hvorfor. Ingenting vises før oppslaget står i loggen.',
        },
        {
          title: 'Pasienten ser og velger',
          text: 'Du kan se hvem som har sett, spørre om det, sperre, reservere deg og samtykke.',
        },
      ],
    },
    try: {
      title: 'Prøv det',
      text: 'Alle personer her er oppdiktet. Ett klikk logger deg inn som en av dem.',
      as: 'Logg inn som',
    },
    portals: {
      clinician: {
        title: 'For helsepersonell',
        text: 'Pasienten på én side, med kilde og tidspunkt for alt.',
        open: 'Åpne siden for helsepersonell',
      },
      citizen: {
        title: 'For innbyggere',
        text: 'Det som er registrert om deg, hvem som har sett det, og dine valg.',
        open: 'Åpne siden for innbyggere',
      },
      controller: {
        title: 'For dataansvarlige',
        text: 'Avtaler, oppslag og oppfølging for kommunen eller sykehuset.',
        open: 'Åpne siden for dataansvarlige',
      },
    },
    patients: {
      recordSystem: 'Eller åpne en pasient fra en oppdiktet journal',
      title: 'Pasienter du kan slå opp',
      text: 'Helsepersonell åpner en pasient med fødselsnummer. Disse er oppdiktet:',
    },
    vendors: {
      title: 'For leverandører',
      text: 'Grensesnittet er FHIR R4:',
      each: 'Hver tjeneste har sin egen beskrivelse under',
      service: 'tjeneste',
    },
  },
  nn: {
    title: 'Det viktige om pasienten, samla når det trengst',
    story: [
      'Ein sjukepleiar på legevakta opnar ein pasient. Pasienten får heimesjukepleie i éin kommune og blei nettopp skriven ut frå eit sjukehus ein annan stad. På éi side ser ho det alle med avtale deler.',
      'Det ho ikkje får sjå, blir ikkje vist, og sida seier frå om det. Pasienten ser etterpå kven som slo opp, kvar, når og kvifor.',
    ],
    how: {
      title: 'Slik verkar det',
      points: [
        {
          title: 'Den som har opplysningane, bestemmer',
          text: 'Kommunen eller sjukehuset avgjer kven som får sjå kva, teneste for teneste. Det kan endrast når som helst, og gjeld straks.',
        },
        {
          title: 'Kvart oppslag blir avgjort og logga',
          text: 'Den som slår opp, seier kvifor. Ingenting blir vist før oppslaget står i loggen.',
        },
        {
          title: 'Pasienten ser og vel',
          text: 'Du kan sjå kven som har sett, spørje om det, sperre, reservere deg og samtykkje.',
        },
      ],
    },
    try: {
      title: 'Prøv det',
      text: 'Alle personar her er oppdikta. Eitt klikk loggar deg inn som ein av dei.',
      as: 'Logg inn som',
    },
    portals: {
      clinician: {
        title: 'For helsepersonell',
        text: 'Pasienten på éi side, med kjelde og tidspunkt for alt.',
        open: 'Opne sida for helsepersonell',
      },
      citizen: {
        title: 'For innbyggjarar',
        text: 'Det som er registrert om deg, kven som har sett det, og vala dine.',
        open: 'Opne sida for innbyggjarar',
      },
      controller: {
        title: 'For dataansvarlege',
        text: 'Avtalar, oppslag og oppfølging for kommunen eller sjukehuset.',
        open: 'Opne sida for dataansvarlege',
      },
    },
    patients: {
      recordSystem: 'Eller opne ein pasient frå ein oppdikta journal',
      title: 'Pasientar du kan slå opp',
      text: 'Helsepersonell opnar ein pasient med fødselsnummer. Desse er oppdikta:',
    },
    vendors: {
      title: 'For leverandørar',
      text: 'Grensesnittet er FHIR R4:',
      each: 'Kvar teneste har si eiga skildring under',
      service: 'teneste',
    },
  },
  en: {
    title: 'What matters about the patient, gathered when it is needed',
    story: [
      'A nurse in an out-of-hours clinic opens a patient. He gets home care in one municipality and was just discharged from a hospital elsewhere. On one page she sees what all who have an agreement share.',
      'What she may not see is not shown, and the page says so. Afterwards the patient sees who looked, where, when and why.',
    ],
    how: {
      title: 'How it works',
      points: [
        {
          title: 'Whoever holds the information decides',
          text: 'The municipality or hospital decides who may see what, service by service. It can change that at any time, with effect at once.',
        },
        {
          title: 'Every look-up is decided and logged',
          text: 'Whoever looks says why. Nothing is shown before the look-up stands in the log.',
        },
        {
          title: 'The patient sees and chooses',
          text: 'You can see who has looked, ask about it, restrict, opt out and consent.',
        },
      ],
    },
    try: {
      title: 'Try it',
      text: 'Everyone here is made up. One click signs you in as one of them.',
      as: 'Sign in as',
    },
    portals: {
      clinician: {
        title: 'For health personnel',
        text: 'The patient on one page, with source and time of everything.',
        open: 'Open the pages for health personnel',
      },
      citizen: {
        title: 'For citizens',
        text: 'What is registered about you, who has seen it, and your choices.',
        open: 'Open the pages for citizens',
      },
      controller: {
        title: 'For data controllers',
        text: 'Agreements, look-ups and follow-up for the municipality or hospital.',
        open: 'Open the pages for data controllers',
      },
    },
    patients: {
      recordSystem: 'Or open a patient from a made-up record system',
      title: 'Patients you can look up',
      text: 'Health personnel open a patient by national identity number. These are made up:',
    },
    vendors: {
      title: 'For vendors',
      text: 'The interface is FHIR R4:',
      each: 'Each service has its own description under',
      service: 'service',
    },
  },
}
