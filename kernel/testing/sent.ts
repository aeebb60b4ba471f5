/** What a test sends: anything may stand in it, since a sender may write anything. */
import assert from 'node:assert/strict'

export type SentBody = Record<string, unknown>

/** A copy with members put at their paths, as in `scope.coding.0.code`; undefined takes a member out. */
export function changed(value: object, members: Readonly<SentBody>): SentBody {
  const copy = asHolder(structuredClone(value))
  for (const [path, member] of Object.entries(members)) {
    const names = path.split('.')
    const last = names.pop() ?? ''
    const holder = holderAt(copy, names)
    if (member === undefined) delete holder[last]
    else holder[last] = member
  }
  return copy
}

/** The object or list at that path, to be changed. A missing one is made. */
export function holderAt(value: object, names: readonly string[]): SentBody {
  let holder = asHolder(value)
  for (const name of names) {
    holder[name] ??= {}
    holder = asHolder(holder[name])
  }
  return holder
}

function asHolder(value: unknown): SentBody {
  assert.ok(isHolder(value), `Nothing can be put into ${JSON.stringify(value)}.`)
  return value
}

function isHolder(value: unknown): value is SentBody {
  return typeof value === 'object' && value !== null
}
