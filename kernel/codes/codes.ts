/**
 * Code systems as the services see them: one canonical URI for each system and all its spellings, the displays of the lists in use, and the
 * codes of different systems that mean the same. Loaded from reference tables at start (kernel/codes/load.ts).
 */
export interface Codes {
  /**
   * The canonical URI of a system: `urn:oid:2.16.578.1.12.4.1.1.9151` for any of its spellings. An unknown system is returned unchanged.
   */
  canonical(system: string): string
  /** Display of a code in a list, or undefined when the list or code is unknown. */
  display(system: string, code: string): string | undefined
  /** Whether codes of the list are loaded. */
  known(system: string): boolean
  /** The code itself and then its equivalents in other systems, all with the canonical URI of the system. */
  equivalents(system: string, code: string): { system: string; code: string }[]
}
