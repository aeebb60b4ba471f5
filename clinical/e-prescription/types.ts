/** The simple types of the messages: those of XML Schema, whose value is the text of an element, and KITH's, whose value is attribute V. */
import { instant } from '@helsevev/kernel/values/dates'
import { fhirDateTime } from '../kith/date.ts'
import type { Element } from '../kith/read-xml.ts'
import { volven } from '../systems.ts'
import { type Kind, noteAttributes, noteStated, type Place, type Type } from './fields.ts'

/** A code of a list (CS: the list is that of the element) or with its list (CV). At least one member is set. */
export interface Coded {
  /** V */
  code?: string
  /** S, the OID of the list, as sent. */
  system?: string
  /** DN */
  display?: string
  /** OT, what the sender calls it. */
  text?: string
}

/** PQ and MO: a number as written, such as `1.000`, with its unit or currency. The unit is free text. */
export interface Amount {
  value?: string
  unit?: string
}

/** A type whose value is the text of the element. */
function ofText<T>(kind: Kind, parse: (text: string, place: Place) => T | undefined): Type<T> {
  return {
    kind,
    read(element, place) {
      noteAttributes(element, place)
      noteInner(element, place)
      return element.text === '' ? undefined : parsed(element.text, parse, place)
    },
  }
}

/** A type whose value is attribute V. */
function ofAttribute<T>(kind: Kind, parse: (text: string, place: Place) => T | undefined): Type<T> {
  return {
    kind,
    read(element, place) {
      const value = valueIn(element, place, ['V'])
      return value['V'] === undefined ? undefined : parsed(value['V'], parse, place)
    },
  }
}

function parsed<T>(text: string, parse: (text: string, place: Place) => T | undefined, place: Place): T | undefined {
  const value = parse(text, place)
  if (value === undefined) place.note('wrong-type', text)
  return value
}

function noteInner(element: Element, place: Place): void {
  for (const inner of element.children) noteStated(inner, place.below(inner.name), 'unknown-element')
}

/** The attributes that are stated; everything else that the element states is noted. */
function valueIn(element: Element, place: Place, names: readonly string[]): Readonly<Record<string, string>> {
  noteAttributes(element, place, names)
  noteInner(element, place)
  if (element.text !== '') place.note('stray-text', element.text)
  const entries = names.map((name) => [name, element.attributes[name]?.trim() ?? ''] as const)
  return Object.fromEntries(entries.filter(([, value]) => value !== ''))
}

export const text = ofText('text', (value) => value)

export const boolean = ofText('boolean', (value) =>
  value === 'true' || value === '1' ? true : value === 'false' || value === '0' ? false : undefined,
)

export const integer = ofText('integer', (value) => {
  const number = /^[-+]?\d{1,15}$/.test(value) ? Number(value) : undefined
  return number
})

const DECIMAL = /^[-+]?(\d{1,15}(\.\d{0,15})?|\.\d{1,15})([eE][-+]?\d{1,3})?$/

/** As written: `1.000` stays `1.000`. */
export const decimal = ofText('decimal', (value) => (DECIMAL.test(value) ? value : undefined))

const ZONE = '(Z|[+-]\\d{2}:\\d{2})'
const DATE = new RegExp(`^(\\d{4}-\\d{2}-\\d{2})${ZONE}?$`)
const MOMENT = new RegExp(`^(\\d{4}-\\d{2}-\\d{2})T(\\d{2}:\\d{2}(?::\\d{2})?)(?:\\.\\d{1,9})?${ZONE}?$`)

function dateIn(value: string, place: Place): string | undefined {
  const [, day, zone] = DATE.exec(value) ?? []
  if (day !== undefined) {
    if (!instant(day)) return undefined
    if (zone !== undefined) place.note('date-with-zone', value)
    return day
  }
  const moment = MOMENT.test(value) ? fhirDateTime(value) : undefined
  const start = moment === undefined ? undefined : instant(moment)
  if (!start) return undefined
  place.note('time-in-date', value)
  return Temporal.Instant.fromEpochMilliseconds(start.getTime()).toZonedDateTimeISO('Europe/Oslo').toPlainDate().toString()
}

function momentIn(value: string, place: Place): string | undefined {
  const [, day = '', time = '', zone] = MOMENT.exec(value) ?? []
  const moment = fhirDateTime(value)
  if (day === '' || moment === undefined || zone !== undefined) return day === '' ? undefined : moment
  place.note('local-time', value)
  if (!isSingle(`${day}T${time}`)) place.note('no-single-time', value)
  // Midnight of UTC in Norway: 01:00 in winter and 02:00 in summer.
  const start = instant(moment)
  if (start && start.getTime() % 86_400_000 === 0) place.note('midnight-moved', value)
  return moment
}

/** Whether the clock in Norway shows a time once. */
function isSingle(local: string): boolean {
  try {
    Temporal.PlainDateTime.from(local).toZonedDateTime('Europe/Oslo', { disambiguation: 'reject' })
    return true
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

/** `YYYY-MM-DD`. */
export const date = ofText('date', dateIn)

/** A FHIR dateTime, with zone. Fractions end at the millisecond. */
export const dateTime = ofText('dateTime', (value, place) => {
  const moment = momentIn(value, place)
  if (moment !== undefined || !DATE.test(value)) return moment
  const day = dateIn(value, place)
  if (day !== undefined) place.note('time-missing', value)
  return day
})

/** A FHIR dateTime, to the year, month, day or second. */
export const timestamp = ofAttribute('TS', (value, place) => {
  if (MOMENT.test(value)) return momentIn(value, place)
  return DATE.test(value) ? dateIn(value, place) : fhirDateTime(value)
})

/** `HH:MM:SS`, in Norway. */
export const time = ofText('time', (value) => {
  const [, hours, seconds = ':00'] = /^([01]\d:[0-5]\d|2[0-3]:[0-5]\d)(:[0-5]\d)?(?:\.0+)?$/.exec(value) ?? []
  return hours === undefined ? undefined : `${hours}${seconds}`
})

export const url = ofAttribute('URL', (value) => value)

/** Base64 without line breaks. */
const base64In = (value: string) => {
  const octets = value.replaceAll(/\s/g, '')
  return /^[A-Za-z0-9+/]*={0,2}$/.test(octets) && octets.length % 4 === 0 ? octets : undefined
}

/** CS or CV: the lists are those that the element may have a code of, the first where the message names none. */
export function coded(...lists: readonly number[]): Type<Coded> {
  return {
    kind: 'coded',
    lists,
    read(element, place) {
      const { V: code, S: system, DN: display, OT: original } = valueIn(element, place, ['V', 'S', 'DN', 'OT'])
      const value: Coded = {
        ...(code === undefined ? {} : { code }),
        ...(system === undefined ? {} : { system }),
        ...(display === undefined ? {} : { display }),
        ...(original === undefined ? {} : { text: original }),
      }
      if (Object.keys(value).length === 0) return undefined
      noteCode(value, lists, place)
      return value
    },
  }
}

const VOLVEN = volven(0).slice('urn:oid:'.length, -1)

function noteCode({ code, system, display }: Coded, lists: readonly number[], place: Place): void {
  const words = [code, system, display].filter(Boolean).join(' ')
  const named = system?.startsWith(VOLVEN) ? Number(system.slice(VOLVEN.length)) : undefined
  if (system !== undefined && lists.length > 0 && !(named !== undefined && lists.includes(named))) place.note('other-list', words)
  const possible = (system === undefined ? lists : named === undefined ? [] : [named]).map(volven)
  if (code === undefined || possible.length === 0 || !possible.every((list) => place.codes.known(list))) return
  const names = possible.flatMap((list) => place.codes.display(list, code) ?? [])
  if (names.length === 0) place.note('unknown-code', words)
  else if (display !== undefined && !names.some((name) => isLike(name, display) || isLike(code, display))) place.note('other-name', words)
}

/** Whether one name has the other in it. Senders add to the names of lists, and shorten them. */
function isLike(name: string, display: string): boolean {
  const [one, other] = [name.toLowerCase(), display.toLowerCase()]
  return one.includes(other) || other.includes(one)
}

/** PQ or MO. */
export const amount: Type<Amount> = {
  kind: 'PQ',
  read(element, place) {
    const { V: value, U: unit } = valueIn(element, place, ['V', 'U'])
    const isNumber = value !== undefined && DECIMAL.test(value)
    if (value !== undefined && !isNumber) place.note('wrong-type', value)
    if (!isNumber && unit === undefined) return undefined
    return { ...(isNumber ? { value } : {}), ...(unit === undefined ? {} : { unit }) }
  },
}

/** A message, or a part of one, that lies inside as base64, often with a signature. */
export interface Opened<M> {
  /** As sent, so that the signature can still be checked. */
  base64: string
  /** Absent when it is no message of the kind that belongs there; a note says why. */
  message?: M
}

/** Base64 that holds a message of one of these kinds. */
export function opened<M extends { readonly kind: string }>(...kinds: readonly M['kind'][]): Type<Opened<M>> {
  const isExpected = (message: { readonly kind: string }): message is M => kinds.some((kind) => kind === message.kind)
  return {
    kind: 'opened',
    opens: kinds,
    read(element, place) {
      noteAttributes(element, place)
      noteInner(element, place)
      if (element.text === '') return undefined
      const base64 = parsed(element.text, base64In, place)
      if (base64 === undefined) return undefined
      const message = place.open(base64)
      if (message && !isExpected(message)) place.note('other-message', message.kind)
      return message && isExpected(message) ? { base64, message } : { base64 }
    },
  }
}
