/** What `validate` prints of each file: who takes it, or what is wrong with it, one fault once with the places where it stands. */
import type { CheckedFile, Verdict } from '@helsevev/kernel/fhir/messages/check-file'
import type { Issue } from '@helsevev/kernel/problem/problem'
import { redactIdentityNumbers } from '@helsevev/kernel/values/identity-number'
import { wrapped } from '@helsevev/replay/table'
import { counted } from '../words.ts'

export interface CheckedName extends CheckedFile {
  name: string
}

/** No identity number is printed, not even of a file's name, and no character that a terminal would obey. */
export function report(files: readonly CheckedName[]): string {
  const taken = files.filter(({ taken }) => taken.length > 0).length
  const summary = `${counted(files.length, 'file')}: ${taken} taken, ${files.length - taken} not\n`
  return redactIdentityNumbers([...files.map(fileText), summary].join('\n').replaceAll(/[^\P{Cc}\n]/gu, ' '))
}

function fileText({ name, taken, nearest, unreadable }: CheckedName): string {
  if (taken.length > 0) return taken.map((verdict) => `${name}: taken by ${placeOf(verdict)}\n${faultsText(verdict.issues)}`).join('')
  if (nearest)
    return `${name}: not taken by ${placeOf(nearest)}${nearest.isMeant ? '' : ', which comes nearest'}\n${faultsText(nearest.issues)}`
  return `${name}: taken by no service\n${faultsText(unreadable)}`
}

function placeOf({ service, path }: Verdict): string {
  return path ? `${service}, POST /fhir/${service}/${path}` : `${service}, POST /fhir/${service}`
}

const INDENT = '  '
const words = { error: 'error', warning: 'flag', information: 'note' } as const

/** Errors first. The same fault at many places is printed once, with the first of them. */
function faultsText(issues: readonly Issue[]): string {
  const groups = Map.groupBy(issues, ({ severity, code, text }) => JSON.stringify([severity, code, text]))
  const sorted = [...groups.values()].sort(([a], [b]) => Number(b?.severity === 'error') - Number(a?.severity === 'error'))
  return sorted.map(faultText).join('')
}

function faultText(same: readonly Issue[]): string {
  const [first] = same
  if (!first) return ''
  const place = first.expression ? ` at ${first.expression}` : ''
  const more = same.length > 1 ? `, and ${counted(same.length - 1, 'place')} more` : ''
  return `${INDENT}${words[first.severity]} ${first.code}${place}${more}\n${INDENT}${INDENT}${wrapped(first.text, 120, INDENT + INDENT)}\n`
}
