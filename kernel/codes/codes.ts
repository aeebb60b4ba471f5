/**
 * Code systems as the services see them: one canonical URI per system whatever spelling arrived, the displays of the lists in
 * use, and which codes of different systems mean the same. Loaded from reference tables at start (kernel/codes/load.ts).
 */
export interface Codes {
  /** The canonical URI of a system: `urn:oid:2.16.578.1.12.4.1.1.9151` for any of its spellings; unknown systems come back unchanged. */
  canonical(system: string): string
  /** Display of a code in a list, or undefined when the list or code is unknown. */
  display(system: string, code: string): string | undefined
  /** Whether the list is loaded at all. */
  known(system: string): boolean
  /** The code and all its equivalents in other systems, itself first; systems canonical. */
  equivalents(system: string, code: string): { system: string; code: string }[]
}
