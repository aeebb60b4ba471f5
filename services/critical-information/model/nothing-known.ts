/**
 * Statements that nothing is known, which are no critical entries: codes of SNOMED CT and of IPS (absent-unknown-uv-ips 1.1), and the same
 * in words. Next to an entry they would contradict it, and alone they would raise the alert that they deny. Only a text that says so as a
 * whole is one: "Ingen kjente allergier utenom penicillin" is an allergy.
 */
import type { Codes } from '@helsevev/kernel/codes/codes'
import type { CodeableConcept, Coding } from '@medplum/fhirtypes'

const SNOMED_CT = 'http://snomed.info/sct'
/** The code system of IPS 1.1, under its address before 1.0 and its OID too. */
const ABSENT = /^(?:https?:\/\/hl7\.org\/fhir\/uv\/ips\/CodeSystem\/absent-unknown(?:-uv-ips)?|urn:oid:2\.16\.840\.1\.113883\.5\.1150\.1)$/
/** Its codes, which no other list has: they say the same under another address, or none. */
const ABSENT_CODES = /^no-(?:(?:allergy|medication|problem|procedure|device|immunization)-info|known-[a-z-]{1,40})$/
/** Why a value is absent: such a code names nothing. */
const REASONS = /^https?:\/\/terminology\.hl7\.org\/CodeSystem\/(?:data-absent-reason|v3-NullFlavor)$/

/**
 * No known allergy, drug allergy, food allergy, environmental allergy, latex allergy (of the international and the US edition) and insect
 * allergy; no current problems; patient not asked; no known allergies as it was before it was retired.
 */
// biome-ignore format: a list, as it is read
const negated: ReadonlySet<string> = new Set([
  '716186003', '409137002', '429625007', '428607008', '1003774007', '716184000', '428197003', '160245001', '1631000175102',
  '160244002',
])

/** The parts of a phrase, in Norwegian (nb, nn), English, Swedish and Danish. */
const NO = '(?:ingen|inga|inget|inte|ikke|ikkje|inkje|ej|no|not|nil|none|negativ)'
const KNOWN =
  '(?:kjente?|kjende?|påviste?|registrerte?|opplyste?|dokumenterte?|kända?|känt|kendte?|påvisade?|known|documented|recorded|reported)'
const AND = '(?: ?/ ?| (?:og|eller|and|or|och|samt) )'
const ALLERGY = '(?:allergi(?:a|ar|er|en|ene)?|allerg(?:y|ies|ic)|allergisk[et]?)'
const SENSITIVE = 'overfølsomhet(?:er)?|overfølsemd(?:er)?|overfølsomhed(?:er)?|överkänslighet(?:er)?|hypersensitivit(?:y|ies)'
const INTOLERANCE = `(?:${SENSITIVE}|intoleran(?:se[rn]?|sar|s(?:er)?|ces?))`
const MEDICINE = 'legemiddel|medikament|medisin|medicin|läkemedels|lægemiddel|drug|medication|medicine'
const OTHER_KIND = 'mat|matvare|mad|føde|latex|lateks|kontakt|insekt|food|environmental|insect|contact'
const KIND = `(?:${MEDICINE}|${OTHER_KIND}|other|andre|andra|current|aktuelle|significant)`
/** With any word before it, as in penicillinallergi. */
const THING = `(?:${KIND}(?:${AND}${KIND})* )?[\\p{L}-]{0,30}(?:${ALLERGY}|${INTOLERANCE})`
const THINGS = `${THING}(?:${AND}${THING})?`
const REACTIONS = '(?:(?:allergiske|allergic|allergiska) )?(?:reaksjoner|reaksjonar|reactions|reaktioner)'
/** What it is not: one word, or words joined. */
const AGAINST = '(?:mot|overfor|for|to|mod|over for)(?: (?:andre|other|any|noen))?'
const OF = `(?: ${AGAINST} [\\p{L}-]{1,40}(?:${AND}(?:(?:andre|other|any) )?[\\p{L}-]{1,40})?)`
const NOW = '(?: (?:per i dag|pr i dag|i dag|for tiden|for tida|at present|so far|så langt|så vidt vites|så vidt kjent))'
const CRITICAL = '(?:cave|kritiske? (?:informasjon|opplysninger|opplysningar)|critical information|varningar?|alerts?)'
const LABEL = `(?:${CRITICAL}|${KIND}?-?${ALLERGY}|(?:${KIND} )?${ALLERGY}(?:${AND}${INTOLERANCE})?|${INTOLERANCE})`
const INFORMATION = '(?:opplysninger|opplysningar|informasjon|information|info|uppgifter|oplysninger|data)'
const WHO =
  '(?:(?:pasienten|pasient|patienten|the patient|patient|pas\\.?|pat\\.?|pt\\.?)? ?(?:har|has|er|is|är) |(?:pasienten|patienten|patient) )?'
const NONE = 'ingenting|intet|inkje|inget|inga|ingen|none|nil|nothing|null|no|nei|nej|neg|negativ[et]?|negative|n/?a|blank|tom|tomt'
const UNKNOWN = '(?:ukjent|ukjend|unknown|okänd|okänt|ukendt)'
const NOT_ASKED =
  '(?:ikke|ikkje|inte|not) (?:relevant|aktuelt?|applicable|stated|asked|spurt|oppgitt|oppgjeve|angitt|angivet|kjent|vurdert)'
const NO_REMARKS = `${NO}(?: ${KNOWN})? (?:${INFORMATION}|anmerkninger|merknader|remarks)`
const NOBODY_KNOWS = 'vet ikke|veit ikkje|vet ej|ved ikke|do not know|don.?t know'
/** A whole that is empty: it states nothing at all. */
const EMPTY = `[\\p{P}\\p{S} 0]{1,20}|${NONE}|${UNKNOWN}|${NO} ${KNOWN}${NOW}?|${NOT_ASKED}|${NO_REMARKS}|${NOBODY_KNOWS}`
const emptyText = new RegExp(`^(?:${EMPTY})$`, 'iu')

const DENIED = `(?:${NO}|benekter|nekter|nektar|denies|förnekar)`
/** No allergy, in words: of any, of one, after a name of allergies, and in the letters of a record. */
const NOTHING_KNOWN: readonly RegExp[] = [
  new RegExp(`^${WHO}(?:${LABEL} ?[:–-]? ?)?${DENIED}(?: ${KNOWN}(?: med)?)? ${THINGS}(?: ${KNOWN})?${OF}?${NOW}?$`, 'iu'),
  new RegExp(`^${WHO}${NO} ${KNOWN} (?:${REACTIONS}|${CRITICAL})${NOW}?$`, 'iu'),
  new RegExp(`^${WHO}${NO}(?: ${KNOWN})? ${CRITICAL}${NOW}?$`, 'iu'),
  new RegExp(`^${LABEL}(?: ?[:–-] ?| )(?:${EMPTY})$`, 'iu'),
  new RegExp(`^[\\p{L}-]{1,30}${ALLERGY}(?: ?[:–-] ?| )(?:ingen|none|nei|nej|no|neg|negativ)$`, 'iu'),
  new RegExp(`^${NO} ${INFORMATION} (?:om|about|on) ${THINGS}$`, 'iu'),
  new RegExp(`^(?:${LABEL} ?[:–-]? ?)?n\\.?k\\.?[dfml]?\\.?a$`, 'iu'),
]

type Said = 'nothing-known' | 'nothing' | 'something'

/** Whether a concept as a whole states that nothing is known, or states nothing. */
export function statesNothingKnown({ coding = [], text }: CodeableConcept, codes: Codes): boolean {
  const said = [...coding.map((one) => ofCoding(one, codes)), ...(text === undefined ? [] : [ofText(text)])]
  if (said.includes('nothing-known')) return true
  return said.includes('nothing') && !said.includes('something')
}

function ofCoding({ system = '', code = '', display }: Coding, codes: Codes): Said {
  if (ABSENT.test(system) || ABSENT_CODES.test(code)) return 'nothing-known'
  // The number counts where the code has more behind it, such as `716186003 |No known allergy|`.
  const [, number = ''] = /^\D{0,3}(\d{6,18})(?!\d)/.exec(plainSigns(code)) ?? []
  if ((system === '' || codes.canonical(system) === SNOMED_CT) && negated.has(number)) return 'nothing-known'
  if (REASONS.test(system)) return 'nothing'
  return display === undefined ? 'something' : ofText(display)
}

/** The longest phrase that is looked at, in characters: a longer text says more. */
const LONGEST = 200

/** Letters of other alphabets that look like Latin ones, and those. */
const LOOK_ALIKE = 'АВЕНІЈКМОРСТУХЅаеіјкорсухѕԁһɡıΑΒΕΗΙΚΜΝΟΡΤΥΧΖαικνορτυχ'
const LATIN = 'ABEHIJKMOPCTYXSaeijkopcyxsdhgiABEHIKMNOPTYXZaikvoptux'
const latin: ReadonlyMap<string, string> = new Map([...LOOK_ALIKE].map((letter, at) => [letter, LATIN.charAt(at)]))

/** The text in Latin letters as it looks, without signs that cannot be seen. */
function plainSigns(text: string): string {
  const seen = text.normalize('NFKC').replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '')
  return seen.replace(/[\p{sc=Cyrillic}\p{sc=Greek}ɡı]/gu, (letter) => latin.get(letter) ?? letter)
}

/** Words that say that somebody asked, and those around them that say when and who. They name nothing. */
const ASKED = new Set(
  (
    'sjekket kontrollert bekreftet bekrefta verifisert oppdatert registrert gjennomgått avklart ' +
    'checked confirmed verified reviewed updated'
  ).split(' '),
)
const AROUND = new Set(
  'av by med with den on i in dag per pr pr. ved at innkomst innleggelse pasient pasienten pårørende lege sykepleier dato sist'.split(' '),
)
const DAY = /^\d{1,4}(?:[./-]\d{1,4}){0,2}\.?$/u
const MONTH =
  /^(?:jan(?:uar)?|feb(?:ruar)?|mars|apr(?:il)?|mai|juni|juli|aug(?:ust)?|sept?(?:ember)?|okt(?:ober)?|nov(?:ember)?|des(?:ember)?)\.?$/u

/** Where the words begin that say at the end of a text that, when and by which person it was asked; undefined where none do. */
function startOfAsking(text: string): number | undefined {
  const words = [...text.matchAll(/[^ ,:;()–]+/gu)].map(({ 0: word, index }) => ({ word: word.toLowerCase(), index }))
  const says = (word: string) => ASKED.has(word) || DAY.test(word) || MONTH.test(word)
  const last = words.findLastIndex(({ word }) => !says(word) && !AROUND.has(word))
  const tail = words.slice(last + 1)
  return tail.some(({ word }) => says(word)) ? tail[0]?.index : undefined
}

function ofText(text: string): Said {
  const whole = trimmed(plainSigns(text))
  if (whole.length > LONGEST) return 'something'
  const said = ofPhrases(whole)
  const asking = said === 'something' ? startOfAsking(whole) : undefined
  return asking ? ofPhrases(trimmed(whole.slice(0, asking).replace(/[ ,:;(–-]{1,4}$/u, ''))) : said
}

function ofPhrases(plain: string): Said {
  const said = ofPhrase(plain)
  if (said !== 'something') return said
  const phrases = plain
    .split(/[.,;\n]/u)
    .map(trimmed)
    .filter(Boolean)
    .map(ofPhrase)
  if (phrases.length < 2 || phrases.includes('something')) return 'something'
  return phrases.includes('nothing-known') ? 'nothing-known' : 'nothing'
}

function ofPhrase(phrase: string): Said {
  if (phrase === '' || emptyText.test(phrase)) return 'nothing'
  return NOTHING_KNOWN.some((one) => one.test(phrase)) ? 'nothing-known' : 'something'
}

/** Without the signs around it. */
function trimmed(text: string): string {
  const plain = text.replace(/[^\S\n]+/gu, ' ').trim()
  return plain.replace(/^["'«“(*[]{1,4} ?/u, '').replace(/ ?["'»”)*\].!:;]{1,4}$/u, '')
}
