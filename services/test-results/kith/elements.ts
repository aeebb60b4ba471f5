/**
 * What becomes of the elements of Svarrapport that the mapper reads no value of: each is kept as a note, except those named here with the
 * reason. docs/services/test-results.md has the list; elements.test.ts compares it with the schemas of 1.3 and 1.4.
 */

type Reason = 'identity' | 'attachment' | 'transport' | 'place' | 'repeats'

/** Names of elements whose content is left out, with everything below them. */
export const leftOut: Readonly<Record<Reason, readonly string[]>> = {
  /** Who the patient is stands in the person register; a sender's copy of it is not stored. */
  identity: [
    'Name',
    'OffId',
    'TypeOffId',
    'AdditionalId',
    'Address',
    'DateOfBirth',
    'DateOfDeath',
    'Sex',
    'TeleAddress',
    'IdByServProvider',
  ],
  /** May hold personal data that nobody has checked; the report says how many there are. */
  attachment: ['RefDoc'],
  /** How the message travels, and who gets it. */
  transport: ['Ack', 'ComMethod', 'CopyDestRole', 'ActComMethod', 'MsgType', 'MsgVersion', 'MIGversion'],
  /** What the element means stands in where it is: a requester has the role of a requester. */
  place: ['Role', 'TypeId', 'Id', 'Type'],
  /** The requisition repeats the kind of the report. */
  repeats: ['ServReq/ServType', 'ServReq/MsgDescr'],
}

type Parent = 'Message' | 'ServReport' | 'ServReq' | 'ResultItem' | 'AnalysedSubject'

/** Where what is left out stands, from the element that the path begins in. Under the same name elsewhere it is kept. */
const places: Readonly<Record<Parent, RegExp>> = {
  Message: /^(?:Type|MsgVersion|MIGversion)$/,
  ServReport: /^(?:RefDoc|Ack|(?:ServProvider|Requester)\/ComMethod|CopyDest\/(?:ComMethod|CopyDestRole))$/,
  ServReq: /^(?:Ack|ServType|MsgDescr)$/,
  ResultItem: /^RelServProv\/Role$/,
  AnalysedSubject: /^RelServProv\/Role$/,
}

/** Elements about a person or organisation: their numbers, roles and addresses are read by parties.ts. */
const PARTY = '/(?:HCP/(?:(?:Inst|Dept|HCProf|HCPerson)/)*)?(?<last>\\w+)$'
const parties = {
  ofReport: new RegExp(`^(?:ServProvider|Requester|RelServProv|CopyDest|Patient/ResponsibleHcp)${PARTY}`),
  others: new RegExp(`^(?:PaymentResponsible|Patient/AdmLocation)/HCP${PARTY}`),
  ofPart: new RegExp(`^RelServProv${PARTY}`),
}

/** A party has one of each; those that nobody has read are a second one. */
const NAMED: readonly string[] = ['Name', 'Id']
const OF_PARTY = [...leftOut.identity, ...leftOut.place].filter((name) => !NAMED.includes(name))

/** Whether an element is left out on purpose, with everything below it. `parent` is where the path begins. */
export function isLeftOut(parent: Parent): (path: string) => boolean {
  return (path) => {
    if (places[parent].test(path)) return true
    const party = parent === 'ServReport' ? (parties.ofReport.exec(path) ?? parties.others.exec(path)) : parties.ofPart.exec(path)
    if (party) return OF_PARTY.includes(party.groups?.['last'] ?? '')
    const [first, name = '', ...more] = path.split('/')
    return parent === 'ServReport' && first === 'Patient' && more.length === 0 && leftOut.identity.includes(name)
  }
}

/** What a clinician calls the elements that are often kept. */
const words: ReadonlyMap<string, string> = new Map([
  ['RequestedPrioReport', 'Prioritet'],
  ['PaymentCat', 'Betalingskategori'],
  ['ReqComment', 'Kommentar fra rekvirent'],
  ['CollectorComment', 'Kommentar fra prøvetaker'],
  ['CollectorCommentCoded', 'Kommentar fra prøvetaker'],
  ['Logistics', 'Logistikk'],
  ['PreservMaterial', 'Konservering'],
  ['SampleCollInd', 'Prøvetaking'],
  ['SampleCollProc', 'Prøvetakingsmetode'],
  ['SampleHandling', 'Håndtering av prøven'],
  ['Number', 'Antall'],
  ['Relation', 'Relasjon'],
  ['Accredited', 'Akkreditert'],
  ['Reservation', 'Reservasjon'],
  ['Permission', 'Samtykke'],
])

/** The text of a note: what the element is called, and what it states. */
export function keptText({ path, value }: { path: string; value: string }): string {
  const name = path.split('/').at(-1) ?? path
  return `${words.get(name) ?? path}: ${value === 'true' ? 'ja' : value === 'false' ? 'nei' : value}`
}
