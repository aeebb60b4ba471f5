/**
 * Chains of prescriptions: which renews which. The older one names the newer one (NyReseptId of its recall, M5), or the newer one names the
 * older one; either is enough, so that the order of arrival changes nothing.
 */

export interface Chained {
  /** ReseptId */
  readonly number: string
  /** ReseptId of the one that it renews. */
  readonly previous?: string
  /** ReseptId of the one that renews it. */
  readonly next?: string
}

/** The numbers, and those of every prescription that renews one of them. */
export function renewalsOf(numbers: Iterable<string>, known: readonly Chained[]): Set<string> {
  const found = new Set(numbers)
  for (let before = -1; before < found.size; ) {
    before = found.size
    for (const { number, previous, next } of known) {
      if (previous !== undefined && found.has(previous)) found.add(number)
      if (next !== undefined && found.has(number)) found.add(next)
    }
  }
  return found
}

/** The numbers, and those of every prescription that one of them renews. */
function renewedBy(numbers: Iterable<string>, known: readonly Chained[]): Set<string> {
  const turned = known.map(({ number, previous, next }): Chained => ({ number, ...reversed(previous, next) }))
  return renewalsOf(numbers, turned)
}

function reversed(previous: string | undefined, next: string | undefined): Omit<Chained, 'number'> {
  return { ...(next === undefined ? {} : { previous: next }), ...(previous === undefined ? {} : { next: previous }) }
}

/** Open prescriptions that `named` does not hold: themselves, one that they renew, or one that renews them. */
export function openWithoutLine<P extends Chained & { readonly isOpen: boolean }>(named: Iterable<string>, known: readonly P[]): P[] {
  const lines = [...named]
  const ofLines = new Set([...renewalsOf(lines, known), ...renewedBy(lines, known)])
  return known.filter(({ isOpen, number }) => isOpen && !ofLines.has(number))
}

/** Without those that another of them renews, so that a chain counts once. `known`: all that may lie between them. */
export function newestOfChains<P extends Chained>(open: readonly P[], known: readonly Chained[]): P[] {
  return open.filter(({ number }) => {
    const later = renewalsOf([number], known)
    // Two that name each other do not hide each other.
    return !open.some((other) => other.number !== number && later.has(other.number) && !renewalsOf([other.number], known).has(number))
  })
}
