/**
 * The answer to a writer who has read another version than the one that stands: an issue for each line that differs, with what was changed
 * there, who changed it and when, and what the writer has changed. It is made from what the writer may read alone.
 */
import { identifierOf, PLL_ID } from '@helsevev/clinical/e-prescription-fhir/systems'
import { type DoseDelta, dailyWords, doseDelta } from '@helsevev/clinical/medicines/dose-delta'
import type { Records } from '@helsevev/kernel/fhir/service'
import type { Issue } from '@helsevev/kernel/problem/problem'
import { instant } from '@helsevev/kernel/values/dates'
import type { Extension, List, MedicationStatement } from '@medplum/fhirtypes'
import { extensionUrls } from '../fhir/systems.ts'
import type { SendRequest } from './request.ts'
import { type Standing, standingAt } from './standing.ts'
import { differencesOf, discontinuationOf, drugOf, lineIdOf, nameOf } from './statement.ts'
import { conflictRules } from './words.ts'

interface Difference {
  kind: 'added' | 'changed' | 'ended' | 'resumed' | 'removed'
  elements: readonly string[]
  /** Where the drug or its dose changed. */
  dose?: DoseDelta
}

/** Versions of the list that are looked up to find who changed a line. */
const MOST_LOOKED_UP = 20

export async function conflictIssues(records: Records, standing: Standing, request: SendRequest): Promise<Issue[]> {
  const then = await standingAt(records, request.readAt)
  // Without the version that was read, it is not known who changed what: what stands is compared with what was sent.
  const none = { lines: new Map<string, MedicationStatement>() }
  const known = request.basedOn === '' ? none : then.version === request.basedOn ? then : undefined
  const sent = new Map(request.lines.flatMap((line) => pairOf(line.statement, line)))
  const ids = new Set([...standing.lines.keys(), ...sent.keys(), ...(known?.lines.keys() ?? [])])
  const found = [...ids].flatMap((id) => {
    const [now, own, before] = [standing.lines.get(id), sent.get(id), known?.lines.get(id)]
    const there = known ? differenceOf(before, now) : differenceOf(own?.statement, now)
    const here = known ? differenceOf(before, own && (own.statement.status === 'entered-in-error' ? undefined : own.statement)) : undefined
    return there || here
      ? [{ id, there, here, now, name: nameOf(now ?? own?.statement ?? before ?? nothing), expression: own?.expression }]
      : []
  })
  const authors = await authorsOf(
    records,
    found.flatMap(({ there, now }) => (there && now ? [changedAt(now)] : [])),
  )
  return found.map((one) => issueOf(one, (one.now && authors.get(changedAt(one.now))) ?? standing.list))
}

const nothing: MedicationStatement = { resourceType: 'MedicationStatement', status: 'unknown', subject: {} }

function pairOf<T>(statement: MedicationStatement, value: T): [string, T][] {
  const id = lineIdOf(statement)
  return id === undefined ? [] : [[id, value]]
}

function differenceOf(before: MedicationStatement | undefined, after: MedicationStatement | undefined): Difference | undefined {
  if (!before) return after && { kind: 'added', elements: [] }
  if (!after) return { kind: 'removed', elements: [] }
  const elements = differencesOf(before, after)
  if (elements.length === 0) return undefined
  const [stopBefore, stopAfter] = [discontinuationOf(before), discontinuationOf(after)]
  const isDose = elements.some((element) => element === 'drug' || element === 'dose')
  return {
    kind: !stopBefore && stopAfter ? 'ended' : stopBefore && !stopAfter ? 'resumed' : 'changed',
    elements,
    ...(isDose ? { dose: doseDelta(drugOf(before), drugOf(after)) } : {}),
  }
}

function changedAt({ meta }: MedicationStatement): string {
  return meta?.lastUpdated ?? ''
}

/** The version of the list that a line was last changed with says who sent it. */
async function authorsOf(records: Records, times: readonly string[]): Promise<Map<string, List>> {
  const found = new Map<string, List>()
  for (const time of [...new Set(times)].slice(0, MOST_LOOKED_UP)) {
    const at = instant(time)
    const list = at && (await standingAt(records, at)).list
    if (list) found.set(time, list)
  }
  return found
}

interface Found {
  id: string
  name: string
  there: Difference | undefined
  here: Difference | undefined
  now: MedicationStatement | undefined
  expression: string | undefined
}

function issueOf({ id, name, there, here, expression }: Found, list: List | undefined): Issue {
  const code = there && here ? 'line-changed-in-both' : there ? 'line-changed-there' : 'line-changed-here'
  const [who, when] = there ? [senderName(list), list?.date] : []
  const words = [
    ...(there
      ? [`${there.kind} there${listed(there)}${who === undefined ? '' : ` by ${who}`}${when === undefined ? '' : `, ${when}`}`]
      : []),
    ...(here ? [`${here.kind} here${listed(here)}`] : []),
  ]
  const parts: Extension[] = [
    { url: 'line', valueIdentifier: identifierOf(PLL_ID, id) },
    ...(there ? [{ url: 'there', valueCode: there.kind }] : []),
    ...(there?.elements.map((element) => ({ url: 'there-element', valueString: element })) ?? []),
    ...doseParts('there', there),
    ...(here ? [{ url: 'here', valueCode: here.kind }] : []),
    ...(here?.elements.map((element) => ({ url: 'here-element', valueString: element })) ?? []),
    ...doseParts('here', here),
    ...(who === undefined ? [] : [{ url: 'by', valueString: who }]),
    ...(when === undefined ? [] : [{ url: 'at', valueDateTime: when }]),
  ]
  return {
    severity: 'error',
    type: 'conflict',
    code,
    text: `${name}: ${conflictRules[code]} ${words.join('; ')}.`,
    ...(expression === undefined ? {} : { expression }),
    extension: [{ url: extensionUrls.sentLine, extension: parts }],
  }
}

function listed({ elements, dose }: Difference): string {
  const words = dose && `dose of a day ${doseWords(dose)}`
  const all = [elements.join(', '), words].filter(Boolean).join('; ')
  return all === '' ? '' : ` (${all})`
}

/** What cannot be compared is shown as unknown: the words of two doses may be the same, and the drug stronger. */
function doseWords({ before, after, change }: DoseDelta): string {
  return before && after && change !== 'unknown' ? `${dailyWords(before)} → ${dailyWords(after)}` : 'unknown'
}

function doseParts(side: 'there' | 'here', difference: Difference | undefined): Extension[] {
  const { dose } = difference ?? {}
  return dose ? [{ url: `${side}-dose`, valueString: [...new Set([dose.change, doseWords(dose)])].join(': ') }] : []
}

function senderName(list: List | undefined): string | undefined {
  const sender = list?.contained?.find((one) => one.resourceType === 'PractitionerRole' && one.id === 'sender')
  if (sender?.resourceType !== 'PractitionerRole') return undefined
  return [sender.practitioner?.display, sender.organization?.display].filter(Boolean).join(', ') || undefined
}
