/** Circles of a directed graph. */

/**
 * One circle of each strongly connected part (Tarjan, Depth-first search and linear graph algorithms, 1972), in the order of its arrows and
 * beginning with the first by name. A node with an arrow to itself is one too.
 */
export function circlesIn(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  return strongParts(graph)
    .filter((part) => part.length > 1 || graph.get(part[0] ?? '')?.includes(part[0] ?? ''))
    .map((part) => circleOf([...part].sort(), graph))
    .sort((one, other) => (one[0] ?? '').localeCompare(other[0] ?? ''))
}

function strongParts(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const found: string[][] = []
  const order = new Map<string, number>()
  const low = new Map<string, number>()
  const stack: string[] = []
  const onStack = new Set<string>()
  const visit = (node: string) => {
    const at = order.size
    order.set(node, at)
    low.set(node, at)
    stack.push(node)
    onStack.add(node)
    for (const next of graph.get(node) ?? []) {
      if (!order.has(next)) visit(next)
      if (onStack.has(next)) low.set(node, Math.min(low.get(node) ?? at, low.get(next) ?? at))
    }
    if (low.get(node) !== at) return
    const part = stack.splice(stack.indexOf(node))
    for (const one of part) onStack.delete(one)
    found.push(part)
  }
  for (const node of graph.keys()) if (!order.has(node)) visit(node)
  return found
}

/** The shortest way from the first node of a part back to itself. */
function circleOf(part: readonly string[], graph: ReadonlyMap<string, readonly string[]>): string[] {
  const [start = ''] = part
  const inside = new Set(part)
  const ways: string[][] = [[start]]
  const seen = new Set<string>()
  for (const way of ways) {
    for (const next of graph.get(way.at(-1) ?? '') ?? []) {
      if (next === start) return way
      if (!inside.has(next) || seen.has(next)) continue
      seen.add(next)
      ways.push([...way, next])
    }
  }
  return [start]
}
