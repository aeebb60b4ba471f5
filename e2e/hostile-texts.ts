/**
 * Resources and messages in which every text that the API takes holds a script. Which texts those are nobody lists: each kind of text in a
 * made-up patient's history is tried, and what is refused is left as it was.
 */
import { messages, transactions, world } from '@helsevev/server/seed/index'
import { clientOf, supplierOf } from '@helsevev/server/seed/sign-in'
import { numberOf } from './clinician-pages.ts'
import type { TestSystem } from './test-system.ts'

/** Short, so that it fits where names and units do; an element when anybody takes it for HTML. */
export const script = '<img src=x onerror=hit()>'

/** Texts that are no texts: codes, addresses, times, numbers, references. */
const isWords = (key: string, value: string): boolean =>
  !/^(resourceType|system|url|reference|code|status|fullUrl|method|profile|type|use|unit)$/.test(key) &&
  /\p{L}{2}/u.test(value) &&
  !/^\d{4}-|^urn:|^https?:|^[A-Z]+\/|^[a-z]+(-[a-z]+)*$/.test(value)

/** Kinds of text in a value: `entry.resource.note.text`. */
function kindsIn(value: unknown, path = ''): Set<string> {
  const kinds = new Set<string>()
  if (typeof value !== 'object' || value === null) return kinds
  for (const [key, inner] of Object.entries(value)) {
    const name = Array.isArray(value) ? path : `${path}.${key}`
    if (typeof inner === 'string' && isWords(key, inner)) kinds.add(name)
    else for (const kind of kindsIn(inner, name)) kinds.add(kind)
  }
  return kinds
}

function withScript(value: unknown, kinds: ReadonlySet<string>, path = ''): unknown {
  if (typeof value === 'string') return kinds.has(path) ? script : value
  if (Array.isArray(value)) return value.map((inner) => withScript(inner, kinds, path))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withScript(inner, kinds, `${path}.${key}`)]))
}

const inXml = script.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** Elements and attributes of a message that hold words: `<Name>`, `DN=`. */
function kindsInXml(text: string): Set<string> {
  const elements = [...text.matchAll(/<(\w+)>([^<]*\p{L}{3}[^<]*)</gu)].map(([, name]) => `<${name}>`)
  const attributes = [...text.matchAll(/\s(\w+)="[^"]*\p{Ll}{3}[^"]*"/gu)]
    .map(([, name]) => `${name}=`)
    .filter((name) => !/^(xmlns|S|xsi)=/.test(name))
  return new Set([...elements, ...attributes])
}

function xmlWithScript(text: string, kinds: ReadonlySet<string>): string {
  return [...kinds].reduce(
    (changed, kind) =>
      kind.endsWith('=')
        ? changed.replace(new RegExp(`(\\s${kind})"[^"]*\\p{Ll}{3}[^"]*"`, 'gu'), `$1"${inXml}"`)
        : changed.replace(new RegExp(`${kind}[^<]*\\p{L}{3}[^<]*<`, 'gu'), `${kind}${inXml}<`),
    text,
  )
}

export interface Planted {
  service: string
  /** Kinds of text that hold the script now. */
  texts: string[]
}

/** Sends them about the patient, as the vendors of those who report about `like`; the newest of each service and controller. */
export async function plantScripts(it: TestSystem, patient: string, like = 'astrid'): Promise<Planted[]> {
  const now = new Date()
  const newest = new Map<string, (number: string, attempt: number, kinds: Set<string>) => Promise<number>>()
  const kindsOf = new Map<string, Set<string>>()
  const vendor = (client: string, controller: string, service: string) =>
    it.vendor(client, supplierOf(controller) ? controller : undefined, [`helsevev:${service}/write`])

  const told = [...transactions(now)]
  // For a service to which nothing is reported about that person, what is reported about another one.
  const reportedOn = (service: string) =>
    told.some((one) => one.service === service && one.identityNumber === numberOf(like))
      ? numberOf(like)
      : told.find((one) => one.service === service)?.identityNumber
  for (const { service, controller, client, identityNumber, bundle } of told) {
    if (identityNumber !== reportedOn(service)) continue
    const api = vendor(client, controller, service)
    kindsOf.set(`${service} ${controller}`, kindsIn(bundle))
    newest.set(`${service} ${controller}`, async (number, attempt, kinds) => {
      const text = JSON.stringify(withScript(bundle, kinds)).replaceAll(identityNumber, number)
      const own = text.replace(
        /"identifier":\[\{"system":"([^"]+)","value":"([^"]+)"/g,
        `"identifier":[{"system":"$1","value":"$2-${attempt}"`,
      )
      return (await api.post(service, JSON.parse(own))).status
    })
  }
  for (const { service, controller, identityNumber, adapter, text } of messages(now)) {
    if (identityNumber !== numberOf(like)) continue
    const api = vendor(clientOf(controller), controller, service)
    kindsOf.set(`${service} ${controller}`, kindsInXml(text))
    newest.set(`${service} ${controller}`, async (number, attempt, kinds) => {
      const message = xmlWithScript(text.replaceAll(identityNumber, number), kinds).replace(/<MsgId>[^<]*</, `<MsgId>attack-${attempt}<`)
      return (await api.post(`${service}/$${adapter}`, message, { 'content-type': 'application/xml' })).status
    })
  }

  const planted: Planted[] = []
  for (const [name, send] of newest) {
    const taken = new Set<string>()
    // Each attempt is about another person, so that none is refused as reported before; the last is about the patient.
    const others = world()
      .patients.slice(30)
      .flatMap(({ identifiers }) => identifiers.at(-1)?.value ?? [])
    const takes = async (number: string, attempt: number, kinds: Set<string>) => (await send(number, attempt, kinds)) < 300
    if (!(await takes(others[0] ?? '', 0, taken))) throw new Error(`${name}: what is to be changed is refused as it is.`)
    for (const [index, kind] of [...(kindsOf.get(name) ?? [])].entries())
      if (await takes(others[index + 1] ?? '', index + 1, new Set([...taken, kind]))) taken.add(kind)
    if (!(await takes(numberOf(patient), 1000, taken))) throw new Error(`${name}: what was taken one by one is refused together.`)
    planted.push({ service: name.split(' ')[0] ?? '', texts: [...taken] })
  }
  return planted
}
