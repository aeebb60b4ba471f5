/** What is wrong with a line, in the words of the other reference files, and no identity number in any of it. */
import type { z } from 'zod'
import { redactIdentityNumbers } from '../../values/identity-number.ts'

export interface LineFault {
  column?: string
  rule: string
  remedy: string
}

/** The message of each check in a schema is what is expected, in words. */
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
  const told = typeof found === 'string' || typeof found === 'number' ? `"${redactIdentityNumbers(shortened(String(found)))}"` : 'The value'
  return code === 'invalid_value' ? `${told} is not one of the values allowed.` : `${told} has the wrong form.`
}

/** As in `authorizations[1].until`. */
function columnOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, name) => (typeof name === 'number' ? `${text}[${name}]` : `${text}${text && '.'}${String(name)}`), '')
}

/** As much as fits on a line, and nothing that a terminal would obey. */
function shortened(text: string): string {
  const plain = text.replace(/\p{Cc}/gu, '?')
  return plain.length > 60 ? `${plain.slice(0, 60)}…` : plain
}
