/** What an answer means to the sender: accepted, accepted with flags, or refused and why. */
import type { ApiResponse } from '@helsevev/sdk'
import { isObject } from './files.ts'

export interface Outcome {
  /** `failed`: the server answered 5xx. */
  verdict: 'accepted' | 'accepted with flags' | 'refused' | 'failed'
  status: number
  /** Names of the flags. */
  flags: string[]
  faults: Fault[]
}

export interface Fault {
  code: string
  /** FHIRPath, or the path in the sender's own format. */
  element: string
  text: string
}

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
  const verdict = worst >= 500 ? 'failed' : worst >= 400 ? 'refused' : flags.length > 0 ? 'accepted with flags' : 'accepted'
  return { verdict, status: worst, flags, faults }
}

/** `accepted` says that there is nothing to flag. */
function isFlag({ severity, code }: Issue): boolean {
  return (severity === 'warning' || severity === 'information') && code !== 'accepted'
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
