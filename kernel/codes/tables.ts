/**
 * The reference tables of codes as plain rows, and the look-ups made from them. Rows come from the database (load.ts) or, for unit tests,
 * from the files that ship with Helsevev (data.ts).
 */
import type { Codes } from './codes.ts'

export interface CodeTables {
  aliases: readonly { alias: string; system: string }[]
  codes: readonly { system: string; code: string; display: string }[]
  /** Rows with the same concept mean the same measurement. */
  equivalences: readonly { concept: string; system: string; code: string }[]
}

/** The look-ups on the tables. Each is one or two reads of a Map, for every spelling of the system. */
export function codesOf(tables: CodeTables): Codes {
  const aliases = new Map(tables.aliases.map(({ alias, system }) => [alias, system]))
  const canonical = (system: string) => aliases.get(system) ?? system

  const lists = new Map<string, Map<string, string>>()
  for (const { system, code, display } of tables.codes) entry(lists, system, () => new Map()).set(code, display)

  const byConcept = new Map<string, { system: string; code: string }[]>()
  const conceptsOf = new Map<string, string[]>()
  for (const { concept, system, code } of tables.equivalences) {
    const coding = { system: canonical(system), code }
    entry(byConcept, concept, () => []).push(coding)
    entry(conceptsOf, key(coding), () => []).push(concept)
  }

  return {
    canonical,
    display: (system, code) => lists.get(canonical(system))?.get(code),
    known: (system) => lists.has(canonical(system)),
    equivalents(system, code) {
      const itself = { system: canonical(system), code }
      const same = (conceptsOf.get(key(itself)) ?? []).flatMap((concept) => byConcept.get(concept) ?? [])
      return [itself, ...same.filter((coding) => key(coding) !== key(itself))]
    },
  }
}

function key({ system, code }: { system: string; code: string }): string {
  return `${system}|${code}`
}

function entry<K, V>(map: Map<K, V>, at: K, make: () => V): V {
  const known = map.get(at)
  if (known !== undefined) return known
  const made = make()
  map.set(at, made)
  return made
}
