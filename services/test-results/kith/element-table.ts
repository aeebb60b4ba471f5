/**
 * Where each element of Svarrapport goes, found by the mapper itself: a message in which every element of the schema has a value of its own
 * is converted, and the values are looked for in what comes out. docs/services/svarrapport-elements.md is this table.
 */
import { isProblem } from '@helsevev/kernel/problem/problem'
import { convertKithReport } from './convert.ts'
import { leftOut } from './elements.ts'
import { schemaElements } from './schema-elements.ts'

/** Elements whose value chooses something, such as a status, and does not stand in the output itself; with what they choose. */
const chooses: Readonly<Record<string, string>> = {
  'ServReport/ServType': '`DiagnosticReport.status`',
  'ServReport/Status': '`DiagnosticReport.status`',
  'ServReport/Patient/ResultItem/ServType': '`Observation.status`',
  'ServReport/Patient/ResultItem/StatusInvestigation': '`Observation.status`',
  'ServReport/Patient/ResultItem/RefAnalysedSubject': '`Observation.specimen`',
  'ServReport/Patient/ResultItem/RefIdResultItem': '`Observation.hasMember` of the other',
  'ServReport/Patient/ResultItem/NumResult/ArithmeticComp': '`Observation.value`, `comparator`, or words',
  'ServReport/Patient/TypeOffId': "chooses the kind of the patient's identifier",
  'ServReport/Patient/OffId': '`subject.identifier`',
  'ServReport/Patient/Name': 'compared with the register: flag `patient-differs`; not stored',
  'ServReport/Patient/DateOfBirth': 'compared with the identity number and the register: flag `patient-differs`; not stored',
  'ServReport/Patient/Sex': 'compared with the identity number and the register: flag `patient-differs`; not stored',
  Type: 'the kind of message; only a Svarrapport is read',
  Status: '`TEST` is refused in production; elsewhere `DiagnosticReport`: the flag `test-message`',
  GenDate: '`DiagnosticReport.issued`',
  MsgId: 'breaks ties between versions of the same time',
  'ServReport/Patient/AdditionalId/Id': "the patient's number where OffId is empty; not stored otherwise",
  'ServReport/Patient/AdditionalId/Type': 'chooses among the numbers',
}

const reasons: Readonly<Record<keyof typeof leftOut, string>> = {
  identity: 'not stored: who the patient or party is stands elsewhere',
  attachment: 'not stored: flag `attachment-left-out`',
  transport: 'not stored: how the message travels',
  place: 'not stored: stands in the place of the element',
  repeats: 'not stored: repeats the report',
}

export interface ElementRow {
  path: string
  /** `Observation.note`, or why the element is not stored. Undefined: the value was lost. */
  place: string | undefined
}

interface Node {
  name: string
  value?: { text: string; attributes: string; token: string }
  children: Node[]
}

/** A row for each element of the schema. `patient` is a valid identity number. */
export function elementTable(patient: string): ElementRow[] {
  const places = new Map<string, string>()
  // A result has one value: each kind of value is sent in a message of its own.
  for (const kind of ['NumResult', 'TextResult', 'DateResult', 'Interval', 'none']) {
    const { xml, tokens } = message(kind, patient)
    const set = convertKithReport(Buffer.from(xml), {})
    if (isProblem(set) || set.kind !== 'record-set') throw new Error(`The message is not read: ${JSON.stringify(set)}`)
    for (const [path, token] of tokens) {
      const found = set.entries.map(({ resource }) => placeOf(resource, token, resource.resourceType)).find((place) => place !== undefined)
      if (found !== undefined && !places.has(path)) places.set(path, found)
    }
  }
  return schemaElements.map(({ path }) => ({ path, place: chooses[path] ?? named(places.get(path)) ?? reasonOf(path) }))
}

function named(place: string | undefined): string | undefined {
  return place && `\`${place}\``
}

function reasonOf(path: string): string | undefined {
  const names = path.split('/')
  const reason = (Object.keys(leftOut) as (keyof typeof leftOut)[]).find((one) =>
    names.some((name, index) => leftOut[one].includes(name) || leftOut[one].includes(names.slice(index).join('/'))),
  )
  return reason && reasons[reason]
}

function placeOf(value: unknown, token: string, place: string): string | undefined {
  if (typeof value === 'string') return value.includes(token) ? place : undefined
  if (typeof value === 'number' || typeof value === 'boolean') return String(value) === token ? place : undefined
  if (typeof value !== 'object' || value === null) return undefined
  const url = 'url' in value && typeof value.url === 'string' ? value.url.split('/').at(-1) : undefined
  for (const [name, member] of Object.entries(value)) {
    const below = Array.isArray(value) ? place : url ? `${place} ${url}` : `${place}.${name}`
    const found = placeOf(member, token, below)
    if (found !== undefined) return withoutDatatype(found)
  }
  return undefined
}

const members = new Set(['text', 'coding', 'display', 'value', 'code'])

/** `Observation.code` for `Observation.code.coding.display`: the element, without the members of its datatype. */
function withoutDatatype(place: string): string {
  const parts = place.split('.')
  const from = parts.findIndex((part, at) => at > 0 && members.has(part) && parts.slice(at + 1).every((below) => /^\w+$/.test(below)))
  return from < 0 ? place : parts.slice(0, from).join('.')
}

function message(kind: string, patient: string): { xml: string; tokens: Map<string, string> } {
  const tokens = new Map<string, string>()
  const root: Node = { name: 'Message', children: [] }
  schemaElements.forEach(({ path, type }, index) => {
    if (/\/(NumResult|TextResult|DateResult|Interval)\//.test(path) && !path.includes(`/${kind}/`)) return
    // The answer `true` is looked for, and stands nowhere else.
    if (kind === 'DateResult' && path.endsWith('/Accredited')) return
    if (path.includes('StructuredInfo') && !/Type$/.test(path) && !path.includes(infos[kind] ?? '')) return
    const names = path.split('/')
    const leaf = names.reduce((node, name) => {
      const last = node.children.find((child) => child.name === name)
      if (last) return last
      const made: Node = { name, children: [] }
      node.children.push(made)
      return made
    }, root)
    leaf.value = madeValue(path, type, index, patient)
    tokens.set(path, leaf.value.token)
  })
  return { xml: written(root, ' xmlns="http://www.kith.no/xmlstds/labsvar/2012-02-15"'), tokens }
}

/** The kind of structured information that is sent with each kind of value. */
const infos: Readonly<Record<string, string>> = {
  NumResult: 'TextInfo',
  TextResult: 'CodedInfo',
  DateResult: 'BooleanInfo',
  Interval: 'PhysicalInfo',
  none: 'IntegerInfo',
}

const fixed: Readonly<Record<string, string>> = {
  'ServReport/ServType': 'N',
  'ServReport/Status': 'F',
  'ServReport/MsgDescr': 'CLIN',
  'ServReport/Patient/ResultItem/ServType': 'N',
  'ServReport/Patient/ResultItem/StatusInvestigation': '3',
  'ServReport/Patient/ResultItem/NumResult/ArithmeticComp': 'GT',
}

function madeValue(path: string, type: string, index: number, patient: string): NonNullable<Node['value']> {
  const token = `w${1000 + index}w`
  const code = fixed[path]
  if (path === 'ServReport/Patient/OffId') return { text: patient, attributes: '', token: patient }
  if (path === 'ServReport/Patient/TypeOffId') return { text: '', attributes: ' V="FNR"', token: 'FNR' }
  if (code !== undefined) return { text: '', attributes: ` V="${code}" DN="${token}"`, token }
  if (type === 'TS') {
    const day = new Date(Date.UTC(2001, 0, 1 + index)).toISOString().slice(0, 10)
    return { text: '', attributes: ` V="${day}"`, token: day }
  }
  if (path.endsWith('AnalysedSubject/Accredited')) return { text: '', attributes: ' V="false"', token: 'Akkreditert: nei' }
  if (type === 'BL') return { text: '', attributes: ' V="true"', token: 'true' }
  if (type === 'PQ') return { text: '', attributes: ` V="${1000 + index}" U="g/L"`, token: String(1000 + index) }
  if (type === 'INT') return { text: String(1000 + index), attributes: '', token: String(1000 + index) }
  if (type === 'CS' || type === 'CV') return { text: '', attributes: ` V="${token}" DN="${token}"`, token }
  return { text: token, attributes: '', token }
}

function written({ name, value, children }: Node, more = ''): string {
  return `<${name}${more}${value?.attributes ?? ''}>${value?.text ?? ''}${children.map((child) => written(child)).join('')}</${name}>`
}
