/**
 * POST /fhir/municipal-services/$okt-event: the JSON of the OKT prototype (KS and NHN) as a transaction of EpisodeOfCare. An OktEvent is
 * one personIdentifier and one OktMessage for each service. All faults are found in one pass, each with its place in the JSON. What the
 * message does not state is left out (an empty text counts as missing), and what had to be assumed is a flag. No field is dropped without
 * notice except iplosCodeLevel and iplosParentCode, which the code system knows.
 */

import { endsBeforeStart, hasEnded } from '@helsevev/clinical/period'
import type { Adapter } from '@helsevev/kernel/fhir/service'
import { type Issue, problemWith } from '@helsevev/kernel/problem/problem'
import { parseIdentityNumber } from '@helsevev/kernel/values/identity-number'
import type { Bundle, EpisodeOfCare, Extension, Identifier } from '@medplum/fhirtypes'
import { isDay } from '../model/day.ts'
import { IPLOS_SYSTEM } from '../model/iplos.ts'
import { FLAG_SYSTEM, type Flag, refusal } from '../model/rules.ts'
import { STAY_TYPE_SYSTEM, stayTypeOf } from '../model/stay-type.ts'
import { hoursFromText, ratioOf, WEEKLY_EXTENT_URL } from '../model/weekly-extent.ts'
import { businessKeyOf } from './episode-of-care.ts'
import { DESCRIPTION_URL, municipalServiceProfile, NEEDS_CAPTION_URL, SERVICE_LEVEL_URL } from './profile.ts'

const eventFields = ['personIdentifier', 'oktMessages', 'resourceType']
const messageFields = [
  'startDate',
  'endDate',
  'iplosCode',
  'needsCaption',
  'serviceDescription',
  'serviceLevel',
  'stayType',
  'temporaryCessation',
  'weeklyExtent',
  'resourceType',
]
/** Fields that no other format has. */
const ownFields = ['personIdentifier', 'oktMessages', 'iplosCode', 'weeklyExtent', 'temporaryCessation']
const codeFields = ['iplosCodeLevel', 'iplosCodeValue', 'iplosParentCode', 'iplosCodeDescription']

export const oktEvent = {
  name: 'okt-event',
  summary: 'Takes the OktEvent JSON of the OKT prototype: one personIdentifier and an array of oktMessages.',
  // A lone OktMessage is recognised too, so that the sender learns to put it in an event.
  recognises: (body) => isObject(body) && ownFields.some((field) => field in body),
  convert(body, { now }) {
    const issues: Issue[] = []
    const services = readEvent(body, now, issues)
    return issues.length > 0 ? problemWith('invalid-resource', issues) : transactionOf(services)
  },
} satisfies Adapter

type Fields = Record<string, unknown>

function readEvent(body: unknown, now: Date, issues: Issue[]): EpisodeOfCare[] {
  if (!isObject(body)) {
    issues.push(refusal('event-not-object', '$this'))
    return []
  }
  if (body['resourceType'] === 'Binary') {
    issues.push(refusal('event-wrapped', '$this'))
    return []
  }
  // A lone OktMessage states the service but not the person: two faults show what is missing, and its fields are not faults of the event.
  const lone = !('oktMessages' in body) && 'startDate' in body
  if (!lone) refuseUnknownFields(body, eventFields, '', issues)
  const identifier = readPerson(body['personIdentifier'], issues)
  const messages = body['oktMessages']
  if (!Array.isArray(messages) || messages.length === 0) {
    issues.push(refusal('event-without-messages', 'oktMessages', lone ? 'This is one OktMessage alone: put it in the array.' : undefined))
    return []
  }
  const read = messages.map((message, index) => readMessage(message, `oktMessages[${index}]`, now, issues))
  return foldDuplicates(read, issues).map((service) => ({ ...service, patient: { identifier: identifier ?? {} } }))
}

function readPerson(value: unknown, issues: Issue[]): Identifier | undefined {
  if (isMissing(value)) {
    issues.push(refusal('person-identifier-missing', 'personIdentifier'))
    return undefined
  }
  // The form shows which of the three number series it is; the check digits are checked where it is stored.
  const number = typeof value === 'string' ? parseIdentityNumber(value.trim()) : undefined
  if (!number) issues.push(refusal('person-identifier-form', 'personIdentifier'))
  return number && typeof value === 'string' ? { system: number.system, value: value.trim() } : undefined
}

type Service = Omit<EpisodeOfCare, 'patient'>

function readMessage(message: unknown, at: string, now: Date, issues: Issue[]): Service | undefined {
  if (!isObject(message)) {
    issues.push(refusal('event-field-type', at, 'Expected an object.'))
    return undefined
  }
  const field = new MessageFields(message, at, issues)
  refuseUnknownFields(message, messageFields, `${at}.`, issues)
  const start = field.day('startDate')
  if (isMissing(message['startDate'])) issues.push(refusal('start-date-missing', `${at}.startDate`))
  const end = field.day('endDate')
  if (endsBeforeStart(start, end)) issues.push(refusal('end-before-start', `${at}.endDate`))
  const onHold = field.truth('temporaryCessation') ?? false
  const flags: Flag[] = []
  const type = [...readCode(message['iplosCode'], `${at}.iplosCode`, issues), ...readStayType(field)]
  const extension = [...readExtent(message['weeklyExtent'], `${at}.weeklyExtent`, flags, issues), ...readTexts(field)]
  return {
    resourceType: 'EpisodeOfCare',
    meta: {
      profile: [municipalServiceProfile.url],
      ...(flags.length > 0 ? { tag: flags.map((code) => ({ system: FLAG_SYSTEM, code })) } : {}),
    },
    ...(extension.length > 0 ? { extension } : {}),
    // The message has no status: a service that is over is finished, whatever the message states about a pause.
    status: hasEnded(end, now) ? 'finished' : onHold ? 'onhold' : 'active',
    ...(type.length > 0 ? { type } : {}),
    period: { ...(start ? { start } : {}), ...(end ? { end } : {}) },
  }
}

function readCode(value: unknown, at: string, issues: Issue[]): NonNullable<EpisodeOfCare['type']> {
  if (isMissing(value)) return []
  if (!isObject(value)) {
    issues.push(refusal('event-field-type', at, 'Expected an object with iplosCodeValue.'))
    return []
  }
  refuseUnknownFields(value, codeFields, `${at}.`, issues)
  // Some systems send an object of empty texts when there is no code.
  if (codeFields.every((name) => isMissing(value[name]))) return []
  const field = new MessageFields(value, at, issues)
  const [code, display] = [field.text('iplosCodeValue'), field.text('iplosCodeDescription')]
  for (const name of ['iplosCodeLevel', 'iplosParentCode']) field.text(name)
  if (isMissing(value['iplosCodeValue'])) issues.push(refusal('iplos-value-missing', `${at}.iplosCodeValue`))
  return code ? [{ coding: [{ system: IPLOS_SYSTEM, code, ...(display ? { display } : {}) }] }] : []
}

function readStayType(field: MessageFields): NonNullable<EpisodeOfCare['type']> {
  const text = field.text('stayType')
  if (!text) return []
  const code = stayTypeOf(text)
  if (!code) field.refuse('stay-type-unknown', 'stayType')
  return code ? [{ coding: [{ system: STAY_TYPE_SYSTEM, code }] }] : []
}

function readExtent(value: unknown, at: string, flags: Flag[], issues: Issue[]): Extension[] {
  if (isMissing(value)) return []
  if (typeof value !== 'string' && typeof value !== 'number') {
    issues.push(refusal('weekly-extent-free-text', at))
    return []
  }
  const extent = hoursFromText(String(value))
  if (!extent) return []
  if ('refused' in extent) {
    issues.push(refusal(extent.refused, at, extent.about))
    return []
  }
  // Whether zero hours deserves a remark is decided where every service is checked.
  flags.push(...extent.flags.filter((code) => code === 'weekly-extent-unit-assumed'))
  return [{ url: WEEKLY_EXTENT_URL, valueRatio: ratioOf(extent.hours) }]
}

function readTexts(field: MessageFields): Extension[] {
  const description = field.text('serviceDescription')
  const level = field.text('serviceLevel')
  const needsCaption = field.truth('needsCaption')
  return [
    ...(description ? [{ url: DESCRIPTION_URL, valueMarkdown: description }] : []),
    ...(level ? [{ url: SERVICE_LEVEL_URL, valueString: level }] : []),
    ...(needsCaption === undefined ? [] : [{ url: NEEDS_CAPTION_URL, valueBoolean: needsCaption }]),
  ]
}

/** The same message twice is one service; two that differ and have the same key cannot both be right. */
function foldDuplicates(read: (Service | undefined)[], issues: Issue[]): Service[] {
  const kept = new Map<string, { service: Service; index: number }>()
  for (const [index, service] of read.entries()) {
    if (!service) continue
    const key = businessKeyOf(service as EpisodeOfCare) ?? `without start ${index}`
    const first = kept.get(key)
    if (!first) kept.set(key, { service, index })
    else if (JSON.stringify(unflagged(first.service)) === JSON.stringify(unflagged(service))) {
      kept.set(key, { service: withFlag(first.service, 'duplicate-message'), index: first.index })
    } else issues.push(refusal('message-conflict', `oktMessages[${index}]`, `Compare oktMessages[${first.index}].`))
  }
  return [...kept.values()].map(({ service }) => service)
}

function unflagged(service: Service): Service {
  return { ...service, meta: {} }
}

function withFlag(service: Service, code: Flag): Service {
  const others = (service.meta?.tag ?? []).filter((tag) => tag.code !== code)
  return { ...service, meta: { ...service.meta, tag: [...others, { system: FLAG_SYSTEM, code }] } }
}

function transactionOf(services: EpisodeOfCare[]): Bundle {
  return {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: services.map((resource) => ({ resource, request: { method: 'POST', url: 'EpisodeOfCare' } })),
  }
}

/** Reads fields of one object, and records each field of the wrong kind. An empty text is a missing field. */
class MessageFields {
  readonly #fields: Fields
  readonly #at: string
  readonly #issues: Issue[]

  constructor(fields: Fields, at: string, issues: Issue[]) {
    this.#fields = fields
    this.#at = at
    this.#issues = issues
  }

  refuse(code: Parameters<typeof refusal>[0], name: string, about?: string): void {
    this.#issues.push(refusal(code, `${this.#at}.${name}`, about))
  }

  text(name: string): string | undefined {
    const value = this.#fields[name]
    if (isMissing(value)) return undefined
    if (typeof value === 'string') return value.trim()
    this.refuse('event-field-type', name, 'Expected a text.')
    return undefined
  }

  truth(name: string): boolean | undefined {
    const value = this.#fields[name]
    if (isMissing(value)) return undefined
    if (typeof value === 'boolean') return value
    this.refuse('event-field-type', name, 'Expected true or false.')
    return undefined
  }

  day(name: string): string | undefined {
    const text = this.text(name)
    if (text === undefined || isDay(text)) return text
    this.refuse('date-not-understood', name)
    return undefined
  }
}

function refuseUnknownFields(fields: Fields, known: readonly string[], at: string, issues: Issue[]): void {
  for (const name of Object.keys(fields)) {
    if (!known.includes(name))
      issues.push(
        refusal('event-field-unknown', `${at}${name}`, `Known fields: ${known.filter((field) => field !== 'resourceType').join(', ')}.`),
      )
  }
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
