/**
 * JSON Patch (RFC 6902), on a value that `parseJson` has read: decimals keep their digits. Operations are applied in order to a copy, and
 * all of them or none.
 */
import { copyJson, putMember } from './json.ts'

/** The most operations in one patch: each may copy a part of the resource. */
export const MOST_PATCH_OPERATIONS = 200

/**
 * What a patch may move and copy in all: characters, values, and items of a list that make room. A list that is copied into itself doubles
 * with each operation; this keeps a small patch from filling the memory.
 */
export const MOST_PATCH_WORK = 1_000_000

/** The most steps of a path. No resource is deeper. */
const MOST_STEPS = 64

/** The patched value, or the operation that cannot be applied, with what is wrong with it. */
export type Patched = { value: unknown } | { at: number; fault: string; isMalformed: boolean }

interface Place {
  holder: object
  key: string
}

class Fault extends Error {
  readonly isMalformed: boolean

  constructor(text: string, isMalformed = false) {
    super(text)
    this.isMalformed = isMalformed
  }
}

/** Applies the operations; `patch` is what was sent, as parsed. */
export function applyJsonPatch(document: unknown, patch: unknown): Patched {
  if (!Array.isArray(patch) || patch.length > MOST_PATCH_OPERATIONS)
    return { at: 0, fault: `A patch is a list of at most ${MOST_PATCH_OPERATIONS} operations.`, isMalformed: true }
  // The document stands in an object, so that the whole document is a member like any other.
  const root = { document: copyJson(document) }
  const work = { left: MOST_PATCH_WORK }
  for (const [at, operation] of patch.entries()) {
    try {
      apply(root, operation, work)
    } catch (error) {
      if (error instanceof Fault) return { at, fault: error.message, isMalformed: error.isMalformed }
      throw error
    }
  }
  return { value: root.document }
}

interface Work {
  left: number
}

function spend(work: Work, units: number): void {
  work.left -= units
  if (work.left < 0) throw new Fault('The patch copies or moves too much. Send the whole resource as an update.')
}

/** Counts what a copy would take, and stops when it is too much. */
function spendOn(work: Work, value: unknown): void {
  const waiting = [value]
  while (waiting.length > 0) {
    const one = waiting.pop()
    spend(work, typeof one === 'string' ? 1 + one.length : 1)
    if (isHolder(one)) for (const inner of Object.values(one)) waiting.push(inner)
  }
}

function apply(root: object, sent: unknown, work: Work): void {
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) throw new Fault('An operation is an object.', true)
  const operation = sent as Record<string, unknown>
  const path = pointer(operation, 'path')
  const value = () => {
    if (!Object.hasOwn(operation, 'value')) throw new Fault('The operation has no value.', true)
    return held({ holder: operation, key: 'value' })
  }
  switch (operation['op']) {
    case 'add':
      add(root, path, value(), work)
      return
    case 'remove':
      remove(root, path, work)
      return
    case 'replace':
      put(existing(root, path), value())
      return
    case 'move': {
      const from = pointer(operation, 'from')
      if (path.length > from.length && from.every((step, index) => step === path[index]))
        throw new Fault('A value is not moved into itself.')
      add(root, path, remove(root, from, work), work)
      return
    }
    case 'copy':
      add(root, path, heldOf(existing(root, pointer(operation, 'from')), work), work)
      return
    case 'test':
      if (!isEqual(memberAt(existing(root, path)), memberAt(value()))) throw new Fault('The value there is not the one that test states.')
      return
    default:
      throw new Fault('op is add, remove, replace, move, copy or test.', true)
  }
}

/** The steps of a JSON Pointer (RFC 6901), below the member that holds the document. */
function pointer(operation: Record<string, unknown>, name: 'path' | 'from'): string[] {
  const text = operation[name]
  if (typeof text !== 'string' || (text !== '' && !text.startsWith('/')) || /~(?![01])/.test(text))
    throw new Fault(`${name} is a JSON Pointer, such as /valueQuantity/value.`, true)
  const steps = text.split('/').slice(1)
  if (steps.length > MOST_STEPS) throw new Fault('There is nothing at the path.')
  return ['document', ...steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))]
}

/** Where a pointer ends. What holds the place exists; the place itself may be new. */
function placeOf(root: object, steps: readonly string[]): Place {
  let holder: unknown = root
  for (const step of steps.slice(0, -1)) {
    holder = isHolder(holder) && Object.hasOwn(holder, keyIn(holder, step)) ? memberAt({ holder, key: step }) : undefined
    if (!isHolder(holder)) throw new Fault('There is nothing at the path.')
  }
  const key = steps.at(-1) ?? ''
  if (!isHolder(holder) || key === '__proto__') throw new Fault('There is nothing at the path.')
  return { holder, key }
}

function existing(root: object, steps: readonly string[]): Place {
  const place = placeOf(root, steps)
  if (!Object.hasOwn(place.holder, keyIn(place.holder, place.key))) throw new Fault('There is nothing at the path.')
  return place
}

/** The index of a list is written without zeros in front. */
function keyIn(holder: object, step: string): string {
  return Array.isArray(holder) && !/^(?:0|[1-9]\d{0,8})$/.test(step) ? '' : step
}

function add(root: object, steps: readonly string[], from: Place, work: Work): void {
  const { holder, key } = placeOf(root, steps)
  if (!Array.isArray(holder)) {
    put({ holder, key }, from)
    return
  }
  const index = key === '-' ? holder.length : Number(keyIn(holder, key) || Number.NaN)
  if (!(index <= holder.length)) throw new Fault('The list has no such place.')
  spend(work, holder.length - index)
  // Numbers keep their digits by their place: those that follow move with them.
  for (let at = holder.length; at > index; at--) put({ holder, key: String(at) }, { holder, key: String(at - 1) })
  put({ holder, key: String(index) }, from)
}

/** Takes the value away; the result holds it. */
function remove(root: object, steps: readonly string[], work: Work): Place {
  const place = existing(root, steps)
  const { holder, key } = place
  const taken = heldOf(place, work)
  if (Array.isArray(holder)) {
    spend(work, holder.length - Number(key))
    for (let at = Number(key); at < holder.length - 1; at++) put({ holder, key: String(at) }, { holder, key: String(at + 1) })
    holder.length -= 1
  } else Reflect.deleteProperty(holder, key)
  return taken
}

/** A copy of a member of the document, which may be large. */
function heldOf(place: Place, work: Work): Place {
  spendOn(work, memberAt(place))
  return held(place)
}

/** A copy of a member, alone. */
function held({ holder, key }: Place): Place {
  const own: Record<string, unknown> = {}
  putMember(own, 'value', [holder, key])
  const copy = copyJson(own)
  return { holder: copy, key: 'value' }
}

function put(to: Place, from: Place): void {
  putMember(to.holder, to.key, [from.holder, from.key])
}

function memberAt({ holder, key }: Place): unknown {
  return (holder as Record<string, unknown>)[key]
}

function isHolder(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

/** Equality of RFC 6902 section 4.6: members in any order, numbers by their value. */
function isEqual(one: unknown, other: unknown): boolean {
  if (!isHolder(one) || !isHolder(other)) return one === other
  if (Array.isArray(one) !== Array.isArray(other)) return false
  const keys = Object.keys(one)
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && isEqual(memberAt({ holder: one, key }), memberAt({ holder: other, key })))
  )
}
