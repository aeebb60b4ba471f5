/** What the panel draws, as plain JSON: made on the portal's server by load.ts, read in the browser by Panel.tsx. */
import type { Controller } from '@helsevev/panel/controllers.ts'
import type { Standing } from '../fhir/entry.ts'
import type { CategoryCode } from '../model/categories.ts'

/** One fact. Entries that say the same are one, with several sources (fhir/facts.ts). */
export interface ShownEntry {
  /** That of its first source. */
  id: string
  type: string
  category: CategoryCode
  categoryNames: { nb: string; nn: string; en: string }
  label: string
  standing: Exclude<Standing, 'entered-in-error'>
  /** List 7521, and the corresponding words of FHIR. */
  certainty: 'confirmed' | 'presumed' | 'unconfirmed'
  /** What was sent for a reaction (list 7520); entries of the other categories are always serious. */
  isSerious: boolean
  /** What happened: reactions of list 7497, or the consequence of list 7513. */
  consequences: string[]
  notes: string[]
  validFrom?: string
  validUntil?: string
  /** Who states it; the one that registered it first in front. */
  sources: [Source, ...Source[]]
}

/** One entry of a fact: an organisation that registered it. */
export interface Source {
  id: string
  recorded?: string
  recorder?: string
  updated?: string
  updater?: string
  /** When this version came here, ISO 8601. */
  reported?: string
  controller: Controller
}

export interface CriticalInformationData {
  /** Active first, and the most dangerous before others. */
  entries: ShownEntry[]
}
