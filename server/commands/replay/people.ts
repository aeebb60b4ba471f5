/**
 * The persons that files name: registers them as an operator would, or puts made-up persons in their place. Files whose numbers are no
 * identity numbers, or that name the patient in the sender's own way, can so be tried on a server that refuses them. In an XML message,
 * the patient is read: `OffId` of a KITH message, `Patient` of MsgHead, or `Fnr`; not what lies in it as base64.
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

/** The same files about made-up persons, and those persons: the same person in two files is the same made-up one. */
export function asSynthetic(files: readonly SentFile[]): { files: SentFile[]; people: NewPerson[] } {
  const people = new Map<string, NewPerson>()
  const patient = (name: string): string => {
    const person = madeUp(name)
    people.set(person.number, person)
    return person.number
  }
  const changed = files.map((file) => {
    if (file.octets) return withPatient(file, patient)
    if (!isObject(file.content)) return file
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
    return { ...file, content, text: JSON.stringify(content) }
  })
  return { files: changed, people: [...people.values()] }
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
  const name = numberIn(file.text)
  if (name === undefined) return file
  const number = patient(name)
  const text = file.text.replace(TYPE_OFF_ID, '$1FNR$3').replaceAll(name, number)
  return { ...file, text, octets: Buffer.from(text, 'latin1') }
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
