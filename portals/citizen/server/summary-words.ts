/** Words of the PDF. Sections are known by their LOINC codes (kernel/fhir/summary-sections.ts). */
const nb = {
  title: 'Sammendrag av helseopplysninger',
  born: 'Født {date}',
  number: 'Fødselsnummer {number}',
  made: 'Laget {time}',
  nameless: 'Navn er ikke registrert',
  lead: [
    'Dette er et utvalg av det som er registrert hos dem som deler opplysninger gjennom Helsevev.',
    'Det er ikke hele journalen, og det kan finnes mer andre steder.',
    'Den som er oppgitt som kilde, svarer for innholdet.',
  ],
  page: 'Side {page} av {pages}',
  section: {
    '104605-1': 'Det helsepersonell må ta hensyn til (varsler)',
    '48765-2': 'Det du ikke tåler (allergi og overfølsomhet)',
    '10160-0': 'Legemidler',
    '11450-4': 'Tilstander som er viktige å kjenne (kritiske medisinske tilstander)',
    '47519-4': 'Behandling og inngrep',
    '46264-8': 'Implantater og utstyr',
    '30954-2': 'Prøvesvar',
    '8716-3': 'Målinger (vitale tegn)',
    '18776-5': 'Tjenester fra kommunen',
  },
  note: {
    none: 'Ingenting er registrert hos dem som deler.',
    unknown: 'Ingen har delt slike opplysninger. Det betyr ikke at det ikke finnes.',
    'no-service': 'Slike opplysninger deles ikke her ennå. Det sier ikke noe om hva som finnes.',
    'not-asked': 'Dette er ikke hentet.',
    more: 'Det finnes mer enn det som står her.',
    withheld: 'Noe er ikke tatt med, fordi det ikke vises for den som hentet sammendraget.',
    'withheld-by-patient': 'Noe er ikke tatt med, fordi den det gjelder har valgt det.',
    unavailable: 'Dette kunne ikke hentes.',
  },
}

const nn: typeof nb = {
  title: 'Samandrag av helseopplysningar',
  born: 'Fødd {date}',
  number: 'Fødselsnummer {number}',
  made: 'Laga {time}',
  nameless: 'Namn er ikkje registrert',
  lead: [
    'Dette er eit utval av det som er registrert hos dei som deler opplysningar gjennom Helsevev.',
    'Det er ikkje heile journalen, og det kan finnast meir andre stader.',
    'Den som er oppgitt som kjelde, svarer for innhaldet.',
  ],
  page: 'Side {page} av {pages}',
  section: {
    '104605-1': 'Det helsepersonell må ta omsyn til (varsel)',
    '48765-2': 'Det du ikkje toler (allergi og overfølsemd)',
    '10160-0': 'Legemiddel',
    '11450-4': 'Tilstandar som er viktige å kjenne (kritiske medisinske tilstandar)',
    '47519-4': 'Behandling og inngrep',
    '46264-8': 'Implantat og utstyr',
    '30954-2': 'Prøvesvar',
    '8716-3': 'Målingar (vitale teikn)',
    '18776-5': 'Tenester frå kommunen',
  },
  note: {
    none: 'Ingenting er registrert hos dei som deler.',
    unknown: 'Ingen har delt slike opplysningar. Det betyr ikkje at det ikkje finst.',
    'no-service': 'Slike opplysningar blir ikkje delte her enno. Det seier ikkje noko om kva som finst.',
    'not-asked': 'Dette er ikkje henta.',
    more: 'Det finst meir enn det som står her.',
    withheld: 'Noko er ikkje teke med, fordi det ikkje er å sjå for den som henta samandraget.',
    'withheld-by-patient': 'Noko er ikkje teke med, fordi den det gjeld har valt det.',
    unavailable: 'Dette kunne ikkje hentast.',
  },
}

const en: typeof nb = {
  title: 'Summary of health information',
  born: 'Born {date}',
  number: 'National identity number {number}',
  made: 'Made {time}',
  nameless: 'Name is not registered',
  lead: [
    'This is a selection of what is registered by those who share information through Helsevev.',
    'It is not the whole record, and there may be more elsewhere.',
    'The organisation that is named as the source is responsible for the content.',
  ],
  page: 'Page {page} of {pages}',
  section: {
    '104605-1': 'What health personnel must take into account (alerts)',
    '48765-2': 'What you do not tolerate (allergies and intolerances)',
    '10160-0': 'Medicines',
    '11450-4': 'Conditions that matter (critical medical conditions)',
    '47519-4': 'Treatments and procedures',
    '46264-8': 'Implants and devices',
    '30954-2': 'Test results',
    '8716-3': 'Measurements (vital signs)',
    '18776-5': 'Services from the municipality',
  },
  note: {
    none: 'Nothing is registered by those who share.',
    unknown: 'Nobody has shared such information. That does not mean that there is none.',
    'no-service': 'Such information is not shared here yet. That says nothing about what there is.',
    'not-asked': 'This was not fetched.',
    more: 'There is more than what is shown here.',
    withheld: 'Something is left out, because the person who fetched the summary may not see it.',
    'withheld-by-patient': 'Something is left out, because the person has chosen so.',
    unavailable: 'This could not be fetched.',
  },
}

export const summaryWords = { nb, nn, en }
export type SectionCode = keyof typeof nb.section
