/** What test files in one process share (tools/test-together.ts), and what a test file has for itself when it runs alone. */

export interface Shared<Value> {
  value: Value
  end(): Promise<void>
  /** From now on, a test file that closes the value does not end it. */
  whenShared(): void
}

let shared: Map<string, Promise<Shared<unknown>>> | undefined

/** Must be called before the files are imported. */
export function shareBetweenFiles(): void {
  shared = new Map()
}

/** Must be called when the tests of all files are done. */
export async function endShared(): Promise<void> {
  for (const made of shared?.values() ?? []) await (await made).end()
}

/** Makes a value once for all files. `usable` checks that the value still works, since another file may have broken it. */
export async function sharedByFiles<Value>(
  name: string,
  make: () => Promise<Shared<Value>>,
  usable: (value: Value) => boolean,
): Promise<Value> {
  if (!shared) return (await make()).value
  const kept = (await shared.get(name)) as Shared<Value> | undefined
  if (kept && usable(kept.value)) return kept.value
  const made = make()
  shared.set(name, made)
  const { value, whenShared } = await made
  whenShared()
  return value
}
