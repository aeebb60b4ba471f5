/** What the front page says. */
import { texts } from '@helsevev/ui/texts.ts'

// biome-ignore format: a table, one row to a text
export const frontTexts = texts({
  title: ['Det viktige om pasienten, samlet når det trengs', 'Det viktige om pasienten, samla når det trengst',
    'What matters about the patient, gathered when it is needed'],
  'story.0': ['En sykepleier på legevakten åpner en pasient som får hjemmesykepleie i én kommune og ble skrevet ut fra et sykehus et ' +
    'annet sted. På én side ser hun alt som deles.', 'Ein sjukepleiar på legevakta opnar ein pasient som får heimesjukepleie i éin ' +
    'kommune og blei skriven ut frå eit sjukehus ein annan stad. På éi side ser ho alt som blir delt.', 'A nurse in an out-of-hours ' +
    'clinic opens a patient with home care in one municipality, discharged from a hospital elsewhere. On one page she sees all that is ' +
    'shared.'],
  'story.1': ['Det hun ikke får se, vises ikke, og siden sier fra om det. Pasienten ser etterpå hvem som slo opp, hvor, når og hvorfor.',
    'Det ho ikkje får sjå, blir ikkje vist, og sida seier frå om det. Pasienten ser etterpå kven som slo opp, kvar, når og kvifor.',
    'What she may not see is not shown, and the page says so. Afterwards the patient sees who looked, where, when and why.'],
  'how.title': ['Slik virker det', 'Slik verkar det', 'How it works'],
  'how.0.title': ['Den som har opplysningene, bestemmer', 'Den som har opplysningane, bestemmer', 'Those who hold the information decide'],
  'how.0.text': ['Kommunen eller sykehuset avgjør hvem som ser hva i hver tjeneste. Det kan endres når som helst, og gjelder straks.',
    'Kommunen eller sjukehuset avgjer kven som ser kva i kvar teneste. Det kan endrast når som helst, og gjeld straks.',
    'The municipality or hospital decides who sees what in each service. It can change that at any time, with effect at once.'],
  'how.1.title': ['Hvert oppslag avgjøres og logges', 'Kvart oppslag blir avgjort og logga', 'Every look-up is decided and logged'],
  'how.1.text': ['Den som slår opp, sier hvorfor. Oppslaget logges før noe vises.',
    'Den som slår opp, seier kvifor. Oppslaget blir logga før noko er vist.', 'A look-up states why. It is logged before anything shows.'],
  'how.2.title': ['Pasienten ser og velger', 'Pasienten ser og vel', 'The patient sees and chooses'],
  'how.2.text': ['Du kan se hvem som har sett opplysningene, spørre, sperre, reservere deg og samtykke.',
    'Du kan sjå kven som har sett opplysningane, spørje, sperre, reservere deg og samtykkje.',
    'You can see who has seen the information, ask about it, restrict, opt out and consent.'],
  'try.title': ['Prøv det', 'Prøv det', 'Try it'],
  'try.text': ['Alle personer her er oppdiktet. Ett klikk logger deg inn som en av dem.',
    'Alle personar her er oppdikta. Eitt klikk loggar deg inn som ein av dei.', 'Everyone is made up. One click signs you in as one of them.'],
  'try.as': ['Logg inn som', 'Logg inn som', 'Sign in as'],
  'portals.clinician.title': ['For helsepersonell', 'For helsepersonell', 'For health personnel'],
  'portals.clinician.text': ['Pasienten på én side, med kilde og tidspunkt for alt.',
    'Pasienten på éi side, med kjelde og tidspunkt for alt.', 'The patient on one page, with source and time of everything.'],
  'portals.clinician.open': ['Åpne siden for helsepersonell', 'Opne sida for helsepersonell', 'Open the pages for health personnel'],
  'portals.citizen.title': ['For innbyggere', 'For innbyggjarar', 'For citizens'],
  'portals.citizen.text': ['Det som er registrert om deg, hvem som har sett det, og dine valg.',
    'Det som er registrert om deg, kven som har sett det, og vala dine.',
    'What is registered about you, who has seen it, and your choices.'],
  'portals.citizen.open': ['Åpne siden for innbyggere', 'Opne sida for innbyggjarar', 'Open the pages for citizens'],
  'portals.controller.title': ['For dataansvarlige', 'For dataansvarlege', 'For data controllers'],
  'portals.controller.text': ['Avtaler, oppslag og oppfølging for kommuner og sykehus.',
    'Avtalar, oppslag og oppfølging for kommunar og sjukehus.', 'Agreements, look-ups and follow-up for municipalities and hospitals.'],
  'portals.controller.open': ['Åpne siden for dataansvarlige', 'Opne sida for dataansvarlege', 'Open the pages for data controllers'],
  'patients.recordSystem': ['Eller åpne en pasient fra en oppdiktet journal', 'Eller opne ein pasient frå ein oppdikta journal',
    'Or open a patient from a made-up record system'],
  'patients.title': ['Pasienter du kan slå opp', 'Pasientar du kan slå opp', 'Patients you can look up'],
  'patients.text': ['Helsepersonell åpner pasienter med fødselsnummer. Disse er oppdiktet:',
    'Helsepersonell opnar pasientar med fødselsnummer. Desse er oppdikta:', 'Patients are opened by identity number. Made-up ones:'],
  'vendors.title': ['For leverandører', 'For leverandørar', 'For vendors'],
  'vendors.text': ['Grensesnittet er FHIR R4:', 'Grensesnittet er FHIR R4:', 'The interface is FHIR R4:'],
  'vendors.each': ['Hver tjeneste har sin egen beskrivelse', 'Kvar teneste har si eiga skildring', 'Each service has its own description'],
  'vendors.service': ['tjeneste', 'teneste', 'service'],
})
