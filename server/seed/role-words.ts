/** What each made-up person is, in the three languages of the pages that offer them. Bokmål is the text of the registers. */
interface Said {
  nb: string
  nn: string
  en: string
}

// biome-ignore format: a table, one row to a text
const table: readonly (readonly [nb: string, nn: string, en: string])[] = [
  ['sykepleier, Bergen legevakt', 'sjukepleiar, Bergen legevakt', 'nurse, out-of-hours clinic of Bergen'],
  ['sykepleier, hjemmetjenesten i Oslo', 'sjukepleiar, heimetenesta i Oslo', 'nurse, home care in Oslo'],
  ['fastlege, Sandvika legesenter', 'fastlege, Sandvika legesenter', 'general practitioner, Sandvika legesenter'],
  ['sykehuslege, Nordlandssykehuset', 'sjukehuslege, Nordlandssykehuset', 'hospital doctor, Nordlandssykehuset'],
  ['sykepleier i Bodø kommune og ved Nordlandssykehuset', 'sjukepleiar i Bodø kommune og ved Nordlandssykehuset',
    'nurse in Bodø kommune and at Nordlandssykehuset'],
  ['sykepleier, Stavanger legevakt', 'sjukepleiar, Stavanger legevakt', 'nurse, out-of-hours clinic of Stavanger'],
  ['sykehuslege, Haukeland universitetssjukehus', 'sjukehuslege, Haukeland universitetssjukehus',
    'hospital doctor, Haukeland universitetssjukehus'],
  ['sykepleier i Omsorg Øst, som gir hjemmetjenester for Oslo', 'sjukepleiar i Omsorg Øst, som gir heimetenester for Oslo',
    'nurse in Omsorg Øst, which gives home care for Oslo'],
  ['psykolog, Nordlandssykehuset', 'psykolog, Nordlandssykehuset', 'psychologist, Nordlandssykehuset'],
  ['tidligere sykepleier uten gyldig autorisasjon, Bergen kommune', 'tidlegare sjukepleiar utan gyldig autorisasjon, Bergen kommune',
    'former nurse without a valid authorisation, Bergen kommune'],
  ['saksbehandler uten HPR-nummer, Oslo kommune', 'saksbehandlar utan HPR-nummer, Oslo kommune',
    'case officer without an HPR number, Oslo kommune'],
  ['kommunalsjef, Bergen kommune', 'kommunalsjef, Bergen kommune', 'municipal director, Bergen kommune'],
  ['systemeier, Bergen kommune', 'systemeigar, Bergen kommune', 'system owner, Bergen kommune'],
  ['personvernombud, Bergen kommune', 'personvernombod, Bergen kommune', 'privacy officer, Bergen kommune'],
  ['rådgiver, Bergen kommune', 'rådgivar, Bergen kommune', 'adviser, Bergen kommune'],
  ['helsedirektør, Oslo kommune', 'helsedirektør, Oslo kommune', 'director of health, Oslo kommune'],
  ['systemeier, Helse Vest', 'systemeigar, Helse Vest', 'system owner, Helse Vest'],
  ['innbygger', 'innbyggjar', 'citizen'],
  ['innbygger med opplysninger fra fire dataansvarlige', 'innbyggjar med opplysningar frå fire dataansvarlege',
    'citizen with information from four data controllers'],
  ['innbygger, mor til barn på 5, 11, 12 og 14 år', 'innbyggjar, mor til barn på 5, 11, 12 og 14 år',
    'citizen, mother of children of 5, 11, 12 and 14'],
  ['innbygger, far med foreldreansvar og annen adresse', 'innbyggjar, far med foreldreansvar og annan adresse',
    'citizen, father with parental responsibility and another address'],
  ['innbygger, 14 år med samtykke fra mor', 'innbyggjar, 14 år med samtykke frå mor', "citizen of 14, with her mother's consent"],
  ['innbygger, 15 år uten samtykke', 'innbyggjar, 15 år utan samtykke', 'citizen of 15, without consent'],
  ['innbygger, 16 år', 'innbyggjar, 16 år', 'citizen of 16'],
  ['innbygger, mor til ungdommer på 15, 16 og 17 år', 'innbyggjar, mor til ungdommar på 15, 16 og 17 år',
    'citizen, mother of youths of 15, 16 and 17'],
  ['innbygger, far til barn på 8 år som ingen forelder bor sammen med', 'innbyggjar, far til barn på 8 år som ingen forelder bur saman med',
    'citizen, father of a child of 8 whom no parent lives with'],
  ['innbygger, mor til barn på 7 år i fosterhjem', 'innbyggjar, mor til barn på 7 år i fosterheim',
    'citizen, mother of a child of 7 in a foster home'],
  ['innbygger, fostermor med tillatelse fra barnevernet', 'innbyggjar, fostermor med løyve frå barnevernet',
    'citizen, foster mother with permission from the child welfare service'],
  ['innbygger, verge i personlige forhold', 'innbyggjar, verje i personlege forhold', 'citizen, guardian in personal matters'],
  ['innbygger, verge i økonomiske forhold', 'innbyggjar, verje i økonomiske forhold', 'citizen, guardian in financial matters'],
  ['innbygger, datter med fullmakt for digitale helsetjenester', 'innbyggjar, dotter med fullmakt for digitale helsetenester',
    'citizen, daughter with a power of attorney for digital health services'],
  ['innbygger, sønn med fullmakt for et annet område', 'innbyggjar, son med fullmakt for eit anna område',
    'citizen, son with a power of attorney for another area'],
  ['innbygger med strengt fortrolig adresse, mor til barn på 6 år', 'innbyggjar med strengt fortruleg adresse, mor til barn på 6 år',
    'citizen with a strictly confidential address, mother of a child of 6'],
  ['innbygger som har reservert seg mot NEWS2', 'innbyggjar som har reservert seg mot NEWS2', 'citizen who has opted out of NEWS2'],
  ['innbygger som har sperret opplysninger fra Helse Vest', 'innbyggjar som har sperra opplysningar frå Helse Vest',
    'citizen who has restricted information from Helse Vest'],
  ['innbygger som har blokkert en sykepleier', 'innbyggjar som har blokkert ein sjukepleiar', 'citizen who has blocked a nurse'],
  ['innbygger som har sperret og gitt samtykke', 'innbyggjar som har sperra og gitt samtykke',
    'citizen who has restricted and consented'],
]

/** Throws for a role that has no row. */
export function roleWords(role: string): Said {
  const row = table.find(([nb]) => nb === role)
  if (!row) throw new RangeError(`“${role}” has no row in role-words.ts.`)
  const [nb, nn, en] = row
  return { nb, nn, en }
}
