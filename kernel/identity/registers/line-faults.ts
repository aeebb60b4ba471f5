/** The faults of a line, in the words of the other reference files. No fault holds an identity number. */
import type { z } from 'zod'
import { redactIdentityNumbers } from '../../values/identity-number.ts'

export interface LineFault {
  column?: string
  rule: string
  remedy: string
}

/** Makes faults from the issues of a schema; the message of each check is the expected value in words. */
export function faultsOf({ issues }: z.ZodError, value: unknown): LineFault[] {
  return issues.flatMap((issue): LineFault[] => {
    const column = columnOf(issue.path)
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        column: redactIdentityNumbers([...(column ? [column] : []), shortened(key)].join('.')),
        rule: 'There is no such member.',
        remedy: 'Use the names in the documentation, or leave it out.',
      }))
    }
    const found = issue.path.reduce<unknown>((at, name) => (at as Record<PropertyKey, unknown> | undefined)?.[name], value)
    const rule =
      found === undefined
        ? 'The value is missing.'
        : issue.path.at(-1) === 'identityNumber'
          ? 'The number is wrong.'
          : ruleAbout(found, issue)
    return [{ ...(column && { column }), rule, remedy: `Give ${issue.message}.` }]
  })
}

function ruleAbout(found: unknown, { code }: { code: string }): string {
  const value =
    typeof found === 'string' || typeof found === 'number' ? `"${redactIdentityNumbers(shortened(String(found)))}"` : 'The value'
  return code === 'invalid_value' ? `${value} is not one of the values allowed.` : `${value} has the wrong form.`
}

/** The path as text, such as `authorizations[1].until`. */
function columnOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, name) => (typeof name === 'number' ? `${text}[${name}]` : `${text}${text && '.'}${String(name)}`), '')
}

/** As much of the text as fits on a line, without characters that control a terminal. */
function shortened(text: string): string {
  const plain = text.replace(/\p{Cc}/gu, '?')
  return plain.length > 60 ? `${plain.slice(0, 60)}…` : plain
}
