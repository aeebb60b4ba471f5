/** What an answer means to the sender: accepted, accepted with flags, queued, or refused and why. */
import type { ApiResponse } from '@helsevev/sdk'
import { isObject } from './files.ts'

export interface Outcome {
  /** `queued`: kept, and not yet in the record of a patient. `failed`: the server answered 5xx. */
  verdict: 'accepted' | 'accepted with flags' | 'queued' | 'refused' | 'failed'
  status: number
  /** Names of the flags. */
  flags: string[]
  faults: Fault[]
  /** Set for a message that replaces its earlier version, or waits for a person to say who it is about. */
  message?: Message
}

export interface Message {
  /** What became of it (docs/api/adapter.md). */
  became: 'stored' | 'unchanged' | 'older' | 'queued'
  /** The sender's own name for what it is a version of. */
  key?: string
  /** The resource that stands for it here. */
  head?: string
  /** Why it waits. */
  reason?: string
}

interface Fault {
  code: string
  /** FHIRPath, or the path in the sender's own format. */
  element: string
  text: string
}

const SET_KEY_URL = 'http://helsevev.no/fhir/StructureDefinition/record-set-key'
const SET_HEAD_URL = 'http://helsevev.no/fhir/StructureDefinition/record-set-head'
const FLAG_SYSTEM = 'http://helsevev.no/fhir/CodeSystem/flag'

interface Issue extends Fault {
  severity: string
}

export function outcomeOf({ status, body }: ApiResponse): Outcome {
  const entries = entriesOf(body)
  const statuses = [status, ...entries.map((entry) => statusOf(entry))]
  const worst = Math.max(...statuses)
  const issues = [...issuesOf(body), ...entries.flatMap(({ response }) => issuesOf(isObject(response) ? response['outcome'] : undefined))]
  const resources = [body, ...entries.map(({ resource }) => resource)]
  const flags = [...new Set([...issues.filter(isFlag).map(({ code }) => code), ...resources.flatMap(flagsOf)])]
  const faults = issues
    .filter(({ severity }) => severity === 'error' || severity === 'fatal')
    .map(({ code, element, text }) => ({ code, element, text }))
  const message = messageOf(body, issues)
  const verdict = verdictOf(worst, flags.length > 0, message)
  return { verdict, status: worst, flags, faults, ...(message ? { message } : {}) }
}

function verdictOf(status: number, isFlagged: boolean, message: Message | undefined): Outcome['verdict'] {
  if (status >= 500) return 'failed'
  if (status >= 400) return 'refused'
  if (message?.became === 'queued') return 'queued'
  return isFlagged ? 'accepted with flags' : 'accepted'
}

/** `accepted` says that there is nothing to flag, and `message-…` what became of a message. */
function isFlag({ severity, code }: Issue): boolean {
  return (severity === 'warning' || severity === 'information') && code !== 'accepted' && !BECAME.test(code)
}

const BECAME = /^message-(stored|unchanged|older|queued)$/

function messageOf(body: unknown, issues: readonly Issue[]): Message | undefined {
  const about = issues.find(({ code }) => BECAME.test(code))
  const became = BECAME.exec(about?.code ?? '')?.[1] as Message['became'] | undefined
  if (!about || !became) return undefined
  const extensions = isObject(body) && Array.isArray(body['extension']) ? body['extension'].filter(isObject) : []
  const key = extensions.find(({ url }) => url === SET_KEY_URL)?.['valueString']
  const head = extensions.find(({ url }) => url === SET_HEAD_URL)?.['valueReference']
  return {
    became,
    ...(typeof key === 'string' ? { key } : {}),
    ...(isObject(head) && typeof head['reference'] === 'string' ? { head: head['reference'] } : {}),
    ...(became === 'queued' ? { reason: about.text } : {}),
  }
}

type Entry = Record<string, unknown>

/** Entries of a batch-response or transaction-response. */
function entriesOf(body: unknown): Entry[] {
  return isObject(body) && body['resourceType'] === 'Bundle' && Array.isArray(body['entry']) ? body['entry'].filter(isObject) : []
}

function statusOf({ response }: Entry): number {
  return Number.parseInt(isObject(response) ? String(response['status'] ?? '0') : '0', 10)
}

function issuesOf(outcome: unknown): Issue[] {
  if (!isObject(outcome) || outcome['resourceType'] !== 'OperationOutcome' || !Array.isArray(outcome['issue'])) return []
  return outcome['issue'].filter(isObject).map((issue) => {
    const details = isObject(issue['details']) ? issue['details'] : {}
    const [coding] = Array.isArray(details['coding']) ? details['coding'] : []
    const [element] = Array.isArray(issue['expression']) ? issue['expression'] : []
    return {
      severity: String(issue['severity']),
      code: String(isObject(coding) ? coding['code'] : issue['code']),
      element: String(element ?? ''),
      text: String(details['text'] ?? issue['diagnostics'] ?? ''),
    }
  })
}

function flagsOf(resource: unknown): string[] {
  const meta = isObject(resource) && isObject(resource['meta']) ? resource['meta'] : {}
  const tags = Array.isArray(meta['tag']) ? meta['tag'].filter(isObject) : []
  return tags.filter(({ system }) => system === FLAG_SYSTEM).map(({ code }) => String(code))
}
