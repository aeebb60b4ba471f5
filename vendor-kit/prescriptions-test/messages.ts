/** The messages that a mediator takes, as far as it must understand them, and those that it writes. */
import { childrenOf, codeAt, type Element, escaped, find, parseXml, textAt, writeXml } from './xml.ts'

const MSG_HEAD = 'http://www.kith.no/xmlstds/msghead/2006-05-24'
const ERESEPT = 'http://www.kith.no/xmlstds/eresept'

/** By the element that it is found by. */
const kinds = { Resept: 'M1', Tilbakekalling: 'M5', M95: 'M9.5', Utleveringsrapport: 'M10' } as const

type IncomingKind = (typeof kinds)[keyof typeof kinds]
export type OutgoingKind = 'AppRec' | 'M5.2' | 'M6' | 'M7' | 'M8' | 'M9.6'

export interface Incoming {
  kind: IncomingKind
  /** MsgId; ReseptId of an M1. */
  id: string
  /** GenDate, as sent. */
  time: string
  /** National identity number; absent for those who have none. */
  patient?: string
  body: Element
  /** Organisation that sends. */
  sender: Element | undefined
  /** As it came. */
  text: string
}

/** Undefined for what is none of them. */
export function readMessage(text: string): Incoming | undefined {
  const root = parseXml(text)
  const info = find(root, 'MsgInfo')
  const body = childrenOf(find(root, 'Document/RefDoc/Content'))[0]
  const id = textAt(info, 'MsgId')
  const time = textAt(info, 'GenDate')
  if (!body || !Object.hasOwn(kinds, body.name) || id === undefined || time === undefined) return undefined
  const national = childrenOf(find(info, 'Patient'), 'Ident').find((one) => /^(FNR|DNR)$/.test(codeAt(one, 'TypeId') ?? ''))
  const patient = textAt(national, 'Id')
  const kind = kinds[body.name as keyof typeof kinds]
  return { kind, id, time, ...(patient === undefined ? {} : { patient }), body, sender: find(info, 'Sender/Organisation'), text }
}

export interface Head {
  id: string
  time: string
  patient?: string | undefined
  /** The MsgId that is answered. */
  parent?: string | undefined
  receiver: Element | undefined
}

const DECLARATION = '<?xml version="1.0" encoding="utf-8"?>'

function element(name: string, text: string): string {
  return `<${name}>${escaped(text)}</${name}>`
}

const mediator = party('Sender', '<OrganisationName>Reseptformidleren (test)</OrganisationName>')

function party(name: 'Sender' | 'Receiver', content: string): string {
  return `<${name}><Organisation>${content}</Organisation></${name}>`
}

function msgHead(type: string, { id, time, patient, parent, receiver }: Head, body: string, attached: readonly string[] = []): string {
  const conversation =
    parent === undefined
      ? ''
      : `<ConversationRef>${['RefToParent', 'RefToConversation'].map((name) => element(name, parent)).join('')}</ConversationRef>`
  const about =
    patient === undefined
      ? ''
      : `<Patient><Ident><Id>${escaped(patient)}</Id><TypeId V="${Number(patient[0]) > 3 ? 'DNR' : 'FNR'}"/></Ident></Patient>`
  const to = receiver
    ? `<Receiver>${writeXml(receiver, MSG_HEAD)}</Receiver>`
    : party('Receiver', '<OrganisationName>Ukjent</OrganisationName>')
  const document = (content: string, connection = '') =>
    `<Document>${connection}<RefDoc><MsgType V="XML" DN="XML-instans"/><Content>${content}</Content></RefDoc></Document>`
  const attachments = attached.map((text) =>
    document(
      `<Base64Container xmlns="http://www.kith.no/xmlstds/base64container">${Buffer.from(text).toString('base64')}</Base64Container>`,
      '<DocumentConnection V="V"/>',
    ),
  )
  const info = [
    `<Type V="${type}"/><MIGversion>v1.2 2006-05-24</MIGversion><GenDate>${time}</GenDate><MsgId>${escaped(id)}</MsgId>`,
    conversation,
    mediator,
    to,
    about,
  ]
  const documents = [document(body), ...attachments].join('')
  return `${DECLARATION}<MsgHead xmlns="${MSG_HEAD}"><MsgInfo>${info.join('')}</MsgInfo>${documents}</MsgHead>`
}

/** Receipts of KITH: `1` accepted, `2` refused, with the reason in words. */
export function appRec({ id, time, receiver }: Head, original: { id: string; time: string; kind: IncomingKind }, fault?: string): string {
  const type = { M1: 'ERM1', M5: 'ERM5', 'M9.5': 'ERM95', M10: 'ERM10' }[original.kind]
  const inst = (name: string) => `<HCP><Inst><Name>${escaped(name)}</Name><Id>0</Id><TypeId V="HER"/></Inst></HCP>`
  const status = fault === undefined ? '<Status V="1" DN="OK"/>' : `<Status V="2" DN="Avvist"/><Error V="E10" DN="${escaped(fault)}"/>`
  const to = textAt(receiver, 'OrganisationName') ?? 'Ukjent'
  const parts = [
    `<MsgType V="APPREC"/><MIGversion>1.0 2004-11-21</MIGversion><GenDate>${time}</GenDate>${element('Id', id)}`,
    `<Sender>${inst('Reseptformidleren (test)')}</Sender><Receiver>${inst(to)}</Receiver>${status}`,
    `<OriginalMsgId><MsgType V="${type}"/>${element('IssueDate', original.time)}${element('Id', original.id)}</OriginalMsgId>`,
  ]
  return `${DECLARATION}<AppRec xmlns="http://www.kith.no/xmlstds/apprec/2004-11-21">${parts.join('')}</AppRec>`
}

/** M5.2: `1` recalled, `2` under dispensing (list 7503). */
export function recallAnswer(head: Head, prescription: string, status: '1' | '2'): string {
  const parts = `${element('ReseptId', prescription)}<Status V="${status}"/>`
  return msgHead('ERM52', head, `<KvitteringTilbakekalling xmlns="${ERESEPT}/m52/2013-12-01">${parts}</KvitteringTilbakekalling>`)
}

/** M6 to the prescriber or M8 to the general practitioner: what the M10 has, and its id. */
export function dispenseReport(kind: 'M6' | 'M8', head: Head, dispensing: Element, m10: string): string {
  const [name, version] = kind === 'M6' ? ['UtleveringsrapportRekvirent', 'm6/2013-10-08'] : ['UtleveringsrapportFastlege', 'm8/2013-10-08']
  const namespace = `${ERESEPT}/${version}`
  const body = `<${name} xmlns="${namespace}">${writeXml(dispensing, namespace)}<ReferanseM10>${escaped(m10)}</ReferanseM10></${name}>`
  return msgHead(kind === 'M6' ? 'ERM6' : 'ERM8', head, body)
}

/** M7, with the M5 that it carries out. */
export function deletion(head: Head, recall: string): string {
  return msgHead('ERM7', head, `<SlettetReseptRF xmlns="${ERESEPT}/m7/2008-05-01"><Tidspunkt>${head.time}</Tidspunkt></SlettetReseptRF>`, [
    recall,
  ])
}

export interface Listed {
  id: string
  /** List 7408. */
  state: string
  /** Why it was recalled (7500), and when. */
  recall?: { reason: string; time: string } | undefined
  next?: string | undefined
  previous?: string | undefined
  /** The M1. */
  text: string
}

/** M9.6: the prescriptions that were asked for, with their M1. `hasLocked`: there are locked ones whose number was not stated. */
export function prescriptionsFound(head: Head, patient: string, hasLocked: boolean, listed: readonly Listed[]): string {
  const listedAs = ({ id, state, recall, next, previous }: Listed) => {
    const recalled = recall
      ? `<Tilbakekalling><Tidspunkt>${recall.time}</Tidspunkt><Arsak V="${escaped(recall.reason)}"/></Tilbakekalling>`
      : ''
    const renewal = [
      ...(next === undefined ? [] : [`<NyReseptId>${escaped(next)}</NyReseptId>`]),
      ...(previous === undefined ? [] : [`<ForrigeReseptId>${escaped(previous)}</ForrigeReseptId>`]),
    ]
    const renewed = renewal.length > 0 ? `<Fornying>${renewal.join('')}</Fornying>` : ''
    return `<Listeelement><ReseptId>${escaped(id)}</ReseptId><Status V="${state}"/>${recalled}${renewed}</Listeelement>`
  }
  const none = listed.length === 0 ? '<StatusSok V="4"/>' : listed.map(listedAs).join('')
  const person = `<PasientInfo><Fnr>${escaped(patient)}</Fnr></PasientInfo>`
  const body = `<M96 xmlns="http://www.ehelse.no/xmlstds/eresept/m96/2021-02-01">${person}<LastResept>${hasLocked}</LastResept>${none}</M96>`
  return msgHead(
    'ERM96',
    head,
    body,
    listed.map(({ text }) => text),
  )
}
