/**
 * The persons that files name: registers them as an operator would, or puts made-up persons in their place. Files whose numbers are no
 * identity numbers, or that name the patient in the sender's own way, can so be tried on a server that refuses them. In an XML message,
 * the patient is read: `OffId` of a KITH message, `Patient` of MsgHead, or `Fnr`. Made-up numbers are put into what lies in it as base64
 * too.
 */
import { createHash } from 'node:crypto'
import { identityNumberSystems, kindOfSystem, makeIdentityNumber, parseIdentityNumber } from '@helsevev/kernel/values/identity-number'
import { isObject, type SentFile } from '@helsevev/replay/files'
import type { NewPerson } from '../people/file.ts'

/** Elements that name the patient of a resource. */
const patientElements = ['patient', 'subject']

/** The people that the files are about, each once, as far as they are named by a national identifier. */
export function peopleOf(files: readonly SentFile[]): NewPerson[] {
  const people = new Map<string, NewPerson>()
  const note = (person: NewPerson | undefined) => person && people.set(`${person.system}|${person.number}`, person)
  for (const { content, octets, text } of files) {
    if (octets) note(messagePerson(text))
    for (const resource of resourcesOf(content)) {
      note(eventPerson(resource))
      if (resource['resourceType'] === 'Patient') for (const identifier of listOf(resource['identifier'])) note(identified({ identifier }))
      for (const element of patientElements) note(identified(resource[element]))
      for (const contained of listOf(resource['contained'])) {
        if (contained['resourceType'] === 'Patient')
          for (const identifier of listOf(contained['identifier'])) note(identified({ identifier }))
      }
    }
  }
  return [...people.values()]
}

/**
 * The same files about made-up persons, and those persons: the same person in two files is the same made-up one. Throws, naming the file,
 * where a number would be left.
 */
export function asSynthetic(files: readonly SentFile[]): { files: SentFile[]; people: NewPerson[] } {
  const people = new Map<string, NewPerson>()
  const patient = (name: string): string => {
    const person = madeUp(name)
    people.set(person.number, person)
    return person.number
  }
  const changed = files.map((file) => {
    if (file.octets) return withPatient(file, patient)
    if (!isObject(file.content)) return withoutNumbers(file, patient)
    const content = structuredClone(file.content)
    const inBundle = patientsIn(content)
    for (const one of new Set(inBundle.values())) one['identifier'] = numbersIn(one, patient)
    for (const resource of resourcesOf(content)) {
      if ('oktMessages' in resource || 'personIdentifier' in resource)
        resource['personIdentifier'] = patient(String(resource['personIdentifier']))
      for (const element of patientElements) {
        if (isObject(resource[element]) && !inBundle.has(String(resource[element]['reference'])))
          resource[element] = { identifier: { system: identityNumberSystems.FNR, value: patient(nameOf(resource[element])) } }
      }
      for (const performer of listOf(resource['performer'])) {
        if (isObject(performer['identifier']) && personNumber(performer['identifier'])) {
          performer['identifier'] = { system: identityNumberSystems.FNR, value: madeUp(nameOf(performer)).number }
        }
      }
    }
    const made = new Set(people.keys())
    return withoutNumbers({ ...file, content, text: JSON.stringify(content) }, patient, made)
  })
  return { files: changed, people: [...people.values()] }
}

/** What stands elsewhere in JSON: in texts, in other elements, and in documents that lie in it as base64. */
function withoutNumbers(file: SentFile, patient: (name: string) => string, made: ReadonlySet<string> = new Set()): SentFile {
  const text = withoutOriginals(file.name, file.text, (number) => (made.has(number) ? number : patient(number)))
  if (text === file.text) return file
  return { ...file, text, content: isObject(file.content) ? JSON.parse(text) : file.content }
}

type Fields = Record<string, unknown>

/** The Patients of a Bundle, by what its entries call them: they are who its other entries are about. */
function patientsIn(content: Fields): Map<string, Fields> {
  if (content['resourceType'] !== 'Bundle') return new Map()
  return new Map(
    listOf(content['entry']).flatMap(({ fullUrl, resource }): [string, Fields][] =>
      isObject(resource) && resource['resourceType'] === 'Patient'
        ? [
            [String(fullUrl), resource],
            [`Patient/${resource['id']}`, resource],
          ]
        : [],
    ),
  )
}

/** A number of a person becomes a made-up one, and a number of the sender's own stays. */
function numbersIn({ identifier }: Fields, patient: (name: string) => string): Fields[] {
  return listOf(identifier).map((one) =>
    personNumber(one) ? { system: identityNumberSystems.FNR, value: patient(String(one['value'])) } : one,
  )
}

function resourcesOf(content: unknown): Fields[] {
  if (!isObject(content)) return []
  return content['resourceType'] === 'Bundle' ? listOf(content['entry']).flatMap(({ resource }) => resourcesOf(resource)) : [content]
}

function eventPerson({ personIdentifier }: Fields): NewPerson | undefined {
  const kind = typeof personIdentifier === 'string' ? parseIdentityNumber(personIdentifier)?.kind : undefined
  return kind && { number: String(personIdentifier), system: kind }
}

const OFF_ID = /(<(?:\w+:)?OffId\s*>)\s*(\w+)\s*(<)/
/** The number in Patient of MsgHead, and the person that a query of e-prescription is about. */
const ID = /<(?:\w+:)?Id>\s*(\w+)\s*</
const FNR = /<(?:\w+:)?Fnr>\s*(\w+)\s*</
const TYPE_OFF_ID = /(<(?:\w+:)?TypeOffId\s[^<>]*\bV=")(\w+)(")/

function messagePerson(text: string): NewPerson | undefined {
  const number = numberIn(text) ?? ''
  const kind = parseIdentityNumber(number)?.kind
  return kind && { number, system: kind }
}

function numberIn(text: string): string | undefined {
  const patient = text.search(/<(?:\w+:)?Patient>/)
  const ofHead = patient < 0 ? undefined : ID.exec(text.slice(patient, patient + text.slice(patient).search(/<\/(?:\w+:)?Patient>/)))?.[1]
  return OFF_ID.exec(text)?.[2] ?? ofHead ?? FNR.exec(text)?.[1]
}

/** Octet by octet, so that the encoding stays what it was. A message that names nobody goes on doing so. */
function withPatient(file: SentFile, patient: (name: string) => string): SentFile {
  if (file.text.includes('\0'))
    throw new Error(`${file.name} is UTF-16, in which numbers are not replaced. Send it as UTF-8, or without --as synthetic.`)
  const names = [...new Set(messagesIn(file.text).flatMap((text) => numberIn(text) ?? []))]
  const made = new Map(names.map((name) => [name, patient(name)]))
  const text = withoutOriginals(file.name, file.text, (number) => made.get(number) ?? madeUp(number).number, names)
  return { ...file, text, octets: Buffer.from(text, 'latin1') }
}

/** Base64 of some length, with breaks of lines: whole signed messages lie so in M9.6, M9.12, M7 and M25. */
const BASE64 = /[A-Za-z0-9+/=\s]{40,}/g

/** The message and those that lie in it. */
function messagesIn(text: string): string[] {
  const inner = [...text.matchAll(BASE64)].flatMap(([run]) => documentIn(run) ?? [])
  return [text, ...inner.flatMap(messagesIn)]
}

/** XML or JSON in base64; undefined for something else. */
function documentIn(run: string): string | undefined {
  const decoded = Buffer.from(run, 'base64').toString('latin1')
  return /^(?:\xef\xbb\xbf)?\s*[<{[]/.test(decoded) ? decoded : undefined
}

const ELEVEN = /(?<!\d)\d{11}(?!\d)/g

/**
 * Every number of `names`, and every other identity number, is what `replaced` makes of it, in documents in base64 too. One that lies in
 * another encoding cannot be replaced, and is refused.
 */
function withoutOriginals(file: string, text: string, replaced: (number: string) => string, names: readonly string[] = []): string {
  const numbers = messagesIn(text).flatMap((one) =>
    [...one.matchAll(ELEVEN)].flatMap(([number]) => (parseIdentityNumber(number) ? number : [])),
  )
  const originals = new Map([...new Set([...names, ...numbers])].map((number) => [number, replaced(number)]))
  const made = new Set(originals.values())
  const result = inAllOf(text, originals)
  const left = messagesIn(result)
    .concat([...result.matchAll(BASE64)].map(([run]) => Buffer.from(run, 'base64').toString('latin1')))
    .some((one) => [...originals.keys()].some((number) => !made.has(number) && /^\d{11}$/.test(number) && one.includes(number)))
  if (left) throw new Error(`${file} has a number in it that cannot be replaced. Remove the attachment, or send it without --as synthetic.`)
  return result
}

function inAllOf(text: string, originals: ReadonlyMap<string, string>): string {
  const nested = text.replace(BASE64, (run) => {
    const inner = documentIn(run)
    const changed = inner === undefined ? undefined : inAllOf(inner, originals)
    return inner === undefined || changed === undefined || changed === inner ? run : Buffer.from(changed, 'latin1').toString('base64')
  })
  return nested.replace(TYPE_OFF_ID, '$1FNR$3').replace(/\w+/g, (word) => originals.get(word) ?? word)
}

function identified(reference: unknown): NewPerson | undefined {
  return isObject(reference) && isObject(reference['identifier']) ? personNumber(reference['identifier']) : undefined
}

function personNumber({ system, value }: Fields): NewPerson | undefined {
  const kind = kindOfSystem(String(system))
  return kind && typeof value === 'string' && value ? { number: value, system: kind } : undefined
}

/** What the sender calls a person: a number, or a reference. */
function nameOf(reference: Fields): string {
  const identifier = isObject(reference['identifier']) ? reference['identifier'] : {}
  return String(identifier['value'] ?? reference['reference'] ?? '')
}

/** Always the same for the same name; born between 1930 and 1990. */
function madeUp(name: string): NewPerson {
  const digest = createHash('sha256').update(name).digest()
  const birthDate = new Date(Date.UTC(1930, 0, 1 + (digest.readUInt32BE(0) % 21_900))).toISOString().slice(0, 10)
  return { number: makeIdentityNumber({ birthDate, series: 200 + (digest.readUInt16BE(4) % 150) }), birthDate }
}

function listOf(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}
