/** What test files that run in one process (tools/test-together.ts) share, and what each has for itself when it runs alone. */

export interface Shared<Value> {
  value: Value
  end(): Promise<void>
  /** From now on the one who closes it does not own it. */
  whenShared(): void
}

let shared: Map<string, Promise<Shared<unknown>>> | undefined

/** Called before the files are imported. */
export function shareBetweenFiles(): void {
  shared = new Map()
}

/** Called when the tests of all files are through. */
export async function endShared(): Promise<void> {
  for (const made of shared?.values() ?? []) await (await made).end()
}

/** `usable`: what another file left may have broken. */
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
