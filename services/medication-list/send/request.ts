/** The Parameters of $sendMedication, as one value or with every fault. What was sent may be any JSON. */
import { identifierValue, idText, MESSAGE_ID, PLL_ID, RESEPT_ID } from '@helsevev/clinical/e-prescription-fhir/systems'
import { LOOK_UP_HOURS, MOST_LINES } from '@helsevev/clinical/medicines/sending-limits'
import { volven } from '@helsevev/clinical/systems'
import { type Issue, problemWith, type Result } from '@helsevev/kernel/problem/problem'
import { instant } from '@helsevev/kernel/values/dates'
import { holdsIdentityNumber, kindOfSystem } from '@helsevev/kernel/values/identity-number'
import type { Bundle, Coding, MedicationStatement, Parameters, ParametersParameter, Resource } from '@medplum/fhirtypes'
import { note, type Refusal, refuse } from './words.ts'

/** VibGodkjenning/TypeGodkjenning of the national format of exports. */
const reconciliationTypes = ['Admission', 'PreliminaryAdmission', 'Discharge', 'AfterChange', 'Other'] as const

/** A line as it was sent, and where. */
export interface SentLine {
  statement: MedicationStatement
  expression: string
}

export interface AskedRecall {
  prescription: string
  /** A code of list 7500. */
  reason: Coding & { code: string }
  note: string | undefined
  expression: string
}

interface Handled {
  lines: string[]
  code: Coding
  note: string | undefined
  expression: string
}

export interface SendRequest {
  patient: { system: string; value: string }
  lines: SentLine[]
  /** The version that the sender has read; empty where no list was known. */
  basedOn: string
  readAt: Date
  recalls: AskedRecall[]
  handled: Handled[]
  /** What kind of reconciliation it was, which sources were used, and who took part. */
  basis: string | undefined
  sources: string[]
  with: string[]
  /** createPLL is false: an empty list is meant. */
  isEmptied: boolean
  /** What was sent and is no line. */
  flags: Issue[]
}

const MOST_ENTRIES = 2000
const MOST_OTHERS = 300
const LONGEST = 2000
const OLDEST = LOOK_UP_HOURS * 60 * 60_000
/** Clocks of two machines differ. */
const MINUTE = 60_000
const STANDS_IN = 'http://helsevev.no/fhir/StructureDefinition/medication-stands-in'

/** Where a prescription was seen (ItemSource of the national format for export of medicines). */
const itemSources = ['Rf', 'Kj', 'Epj', 'Utl', 'Utl/KJ', 'P/Utl', 'M25/Rf', 'M25/Kj', 'M25', 'Ukjent'] as const
const recallReasons = ['1', '2', '3', '4', '5'] as const

const once = ['medication', 'listVersion', 'readAt', 'createPLL', 'basis']
const many = ['recall', 'handled', 'source', 'with']

class Reader {
  readonly faults: Issue[] = []
  readonly #parameters: readonly ParametersParameter[]

  constructor(sent: unknown) {
    const { resourceType, parameter } = isObject(sent) ? (sent as unknown as Parameters) : ({} as Partial<Parameters>)
    const isSound = resourceType === 'Parameters' && Array.isArray(parameter) && parameter.every(isObject)
    this.#parameters = isSound ? parameter : []
    if (!isSound) this.fault('parameters-expected', 'Parameters')
    for (const [index, { name }] of this.#parameters.slice(0, MOST_OTHERS).entries())
      if (!once.includes(name) && !many.includes(name)) this.fault('parameter-unknown', `Parameters.parameter[${index}].name`)
    if (this.#parameters.length > MOST_OTHERS) this.fault('parameters-expected', 'Parameters.parameter')
  }

  fault(code: Refusal, expression: string): void {
    this.faults.push(refuse(code, expression))
  }

  all(name: string): { parameter: ParametersParameter; expression: string }[] {
    const placed = this.#parameters.map((parameter, index) => ({ parameter, expression: `Parameters.parameter[${index}]` }))
    return placed.filter(({ parameter }) => parameter.name === name).slice(0, MOST_OTHERS)
  }

  one(name: string): { parameter: ParametersParameter; expression: string } | undefined {
    const [first, second] = this.all(name)
    if (second) this.fault('parameter-repeated', second.expression)
    return first
  }

  /** The value of a parameter as text; a value of another type is a fault. */
  text(name: string, element: 'valueInstant' | 'valueCode', parameter = this.one(name)): string | undefined {
    if (!parameter) return undefined
    const value: unknown = parameter.parameter[element]
    if (typeof value === 'string') return value
    this.fault('parameter-unknown', `${parameter.expression}.${element}`)
    return undefined
  }
}

/** All faults at once, as `invalid-resource`. */
export function readRequest(sent: unknown, now: Date, faultsOf: (resource: Resource) => Issue[]): Result<SendRequest> {
  const reader = new Reader(sent)
  const { lines, patients, flags, isBundle } = linesIn(reader)
  for (const line of lines) reader.faults.push(...shapeFaults(line, faultsOf))
  const [patient, other] = patients
  if (isBundle && !patient) reader.fault('patient-not-named', 'Parameters.parameter.resource')
  if (other) reader.fault('patients-differ', 'Parameters.parameter.resource')
  const readAt = readAtOf(reader, now)
  const standing = lines.filter(({ statement }) => statement.status !== 'entered-in-error')
  const isEmptied = checkCreate(reader, { sent: lines.length, standing: standing.length })
  const basis = reader.text('basis', 'valueCode')
  if (basis !== undefined && !(reconciliationTypes as readonly string[]).includes(basis)) reader.fault('code-unknown', 'basis.valueCode')
  const request = {
    lines,
    basedOn: versionIn(reader),
    recalls: recallsIn(reader),
    handled: handledIn(reader),
    basis,
    sources: reader.all('source').flatMap((one) => sourceOf(reader, one) ?? []),
    with: reader
      .all('with')
      .flatMap(({ parameter, expression }) => textOf(reader, parameter.valueString, `${expression}.valueString`) ?? []),
    isEmptied,
    flags,
  }
  if (!patient || !readAt || reader.faults.length > 0) return problemWith('invalid-resource', reader.faults)
  return { ...request, patient, readAt }
}

/** What follows works with sound resources. The sender's own address of the patient is not stored. */
function shapeFaults({ statement, expression }: SentLine, faultsOf: (resource: Resource) => Issue[]): Issue[] {
  const found = faultsOf(statement).filter((issue) => issue.expression !== 'MedicationStatement.subject.reference')
  return found.map((issue) => ({ ...issue, expression: `${expression}${(issue.expression ?? '').replace('MedicationStatement', '')}` }))
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function linesIn(reader: Reader): Pick<SendRequest, 'lines' | 'flags'> & { patients: SendRequest['patient'][]; isBundle: boolean } {
  const none = { lines: [], flags: [], patients: [], isBundle: false }
  const sent = reader.one('medication')
  const bundle: unknown = sent?.parameter.resource
  if (!sent || !isObject(bundle) || bundle['resourceType'] !== 'Bundle' || bundle['type'] !== 'document') {
    reader.fault('parameters-expected', sent ? `${sent.expression}.resource` : 'Parameters.parameter')
    return none
  }
  const entries = (bundle as unknown as Bundle).entry ?? []
  const place = (index: number) => `${sent.expression}.resource.entry[${index}].resource`
  if (!Array.isArray(entries) || entries.length > MOST_ENTRIES) {
    reader.fault('too-many-lines', `${sent.expression}.resource.entry`)
    return none
  }
  const placed = entries.map((entry: unknown, index) => ({
    resource: isObject(entry) ? entry['resource'] : undefined,
    expression: place(index),
  }))
  const isResource = (value: unknown) => isObject(value) && typeof value['resourceType'] === 'string'
  for (const { resource, expression } of placed) if (!isResource(resource)) reader.fault('parameters-expected', expression)
  const resources = placed.flatMap(({ resource, expression }) =>
    isResource(resource) ? [{ resource: resource as Resource, expression }] : [],
  )
  const statements = resources.flatMap(({ resource, expression }) =>
    resource.resourceType === 'MedicationStatement' ? [{ statement: resource, expression }] : [],
  )
  // What a pharmacy proposes is shown with the list, and is no line of it before it is taken in.
  const lines = statements.filter(({ statement }) => !isProposed(statement))
  if (lines.length > MOST_LINES) reader.fault('too-many-lines', `${sent.expression}.resource.entry`)
  const read: ReadonlySet<string> = new Set([
    'Composition',
    'MedicationStatement',
    'List',
    'AllergyIntolerance',
    'MedicationDispense',
    'MedicationRequest',
  ])
  const others = resources.filter(({ resource }) => !read.has(resource.resourceType))
  return {
    lines: lines.length > MOST_LINES ? [] : lines,
    flags: others.map(({ expression }) => note('resource-not-taken', expression)),
    patients: patientsOf(resources.map(({ resource }) => resource)),
    isBundle: true,
  }
}

function isProposed({ extension }: MedicationStatement): boolean {
  return Array.isArray(extension) && extension.some((one) => isObject(one) && one['url'] === STANDS_IN)
}

/** The persons that the document and its lines are about. */
function patientsOf(resources: readonly Resource[]): SendRequest['patient'][] {
  const found = new Map<string, SendRequest['patient']>()
  for (const resource of resources) {
    if (resource.resourceType !== 'Composition' && resource.resourceType !== 'MedicationStatement') continue
    const subject: unknown = resource.subject
    const identifier = isObject(subject) ? subject['identifier'] : undefined
    if (!isObject(identifier)) continue
    const { system, value } = identifier
    if (typeof system === 'string' && typeof value === 'string' && kindOfSystem(system))
      found.set(value.trim(), { system, value: value.trim() })
  }
  return [...found.values()]
}

function versionIn(reader: Reader): string {
  const sent = reader.one('listVersion')
  const value: unknown = sent?.parameter.valueIdentifier?.value
  if (!sent) return ''
  if (typeof value === 'string' && value !== '' && identifierValue(MESSAGE_ID, [sent.parameter.valueIdentifier]) !== undefined)
    return idText(value)
  reader.fault('parameter-unknown', `${sent.expression}.valueIdentifier`)
  return ''
}

/** A look-up that is exactly four hours old may still be sent on. */
function readAtOf(reader: Reader, now: Date): Date | undefined {
  const sent = reader.one('readAt')
  const text = reader.text('readAt', 'valueInstant', sent)
  if (!sent) reader.fault('look-up-missing', 'Parameters.parameter')
  if (text === undefined) return undefined
  const at = instant(text)
  const age = at ? now.getTime() - at.getTime() : undefined
  if (age !== undefined && age <= OLDEST && age >= -MINUTE) return at
  reader.fault('look-up-too-old', `${sent?.expression}.valueInstant`)
  return undefined
}

/** Whether an empty list is meant. */
function checkCreate(reader: Reader, count: { sent: number; standing: number }): boolean {
  const sent = reader.one('createPLL')
  const value: unknown = sent?.parameter.valueBoolean
  if (sent && typeof value !== 'boolean') reader.fault('parameter-unknown', `${sent.expression}.valueBoolean`)
  if (value === false && count.standing > 0) reader.fault('list-not-empty', `${sent?.expression}.valueBoolean`)
  if (value !== false && count.sent === 0 && reader.faults.length === 0) reader.fault('list-empty', 'Parameters.parameter')
  return value === false
}

type Part = Record<string, unknown>

function partsOf({ part }: ParametersParameter, name: string): Part[] {
  return Array.isArray(part) ? part.flatMap((one) => (isObject(one) && one['name'] === name ? [one as Part] : [])) : []
}

function codingIn(part: Part | undefined): (Coding & { code: string }) | undefined {
  const stated: unknown = part?.['valueCoding'] ?? (typeof part?.['valueCode'] === 'string' ? { code: part['valueCode'] } : undefined)
  if (!isObject(stated) || typeof stated['code'] !== 'string' || stated['code'].trim() === '') return undefined
  const { system, code, display } = stated
  return {
    ...(typeof system === 'string' ? { system } : {}),
    code,
    ...(typeof display === 'string' ? { display } : {}),
  }
}

function textOf(reader: Reader, value: unknown, expression: string): string | undefined {
  if (value === undefined) return undefined
  if (typeof value !== 'string' || value.trim() === '') reader.fault('parameter-unknown', expression)
  else if (value.length > LONGEST) reader.fault('text-too-long', expression)
  // A note goes into a message, in which nobody finds a number any more.
  else if (holdsIdentityNumber(value)) reader.fault('text-holds-number', expression)
  else return value
  return undefined
}

function idIn(part: Part | undefined, system: string): string | undefined {
  const identifier: unknown = part?.['valueIdentifier']
  if (!isObject(identifier) || typeof identifier['value'] !== 'string' || identifier['value'].length > 200) return undefined
  return identifier['system'] === undefined || identifier['system'] === system ? idText(identifier['value']) : undefined
}

function recallsIn(reader: Reader): AskedRecall[] {
  return reader.all('recall').flatMap(({ parameter, expression }) => {
    const prescription = idIn(partsOf(parameter, 'prescription')[0], RESEPT_ID)
    const reason = codingIn(partsOf(parameter, 'reason')[0])
    const isOfList = reason?.system === undefined || reason.system === volven(7500)
    const words = textOf(reader, partsOf(parameter, 'note')[0]?.['valueString'], `${expression}.part`)
    if (prescription && reason && isOfList && (recallReasons as readonly string[]).includes(reason.code))
      return [{ prescription, reason: { ...reason, system: volven(7500) }, note: words, expression }]
    reader.fault('recall-incomplete', expression)
    return []
  })
}

function handledIn(reader: Reader): Handled[] {
  return reader.all('handled').flatMap(({ parameter, expression }) => {
    const lines = partsOf(parameter, 'line').flatMap((part) => idIn(part, PLL_ID) ?? [])
    const code = codingIn(partsOf(parameter, 'code')[0])
    const words = textOf(reader, partsOf(parameter, 'note')[0]?.['valueString'], `${expression}.part`)
    if (code && (lines.length === 1 || lines.length === 2)) return [{ lines, code, note: words, expression }]
    reader.fault('handled-incomplete', expression)
    return []
  })
}

function sourceOf(reader: Reader, { parameter, expression }: { parameter: ParametersParameter; expression: string }): string | undefined {
  const value: unknown = parameter.valueCode
  if (typeof value === 'string' && (itemSources as readonly string[]).includes(value)) return value
  reader.fault('code-unknown', `${expression}.valueCode`)
  return undefined
}
