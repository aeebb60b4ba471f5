/** What the page around a panel can do for it: a portal gives what it has, and a panel leaves out what is not given. */
import { createContext, useContext } from 'react'
import type { Change, DataStatus } from './panel.ts'

/** The data of the service at the end of a day, or why there is none. */
interface PastData {
  status: DataStatus
  data?: unknown
  /** A part of it is not open to the reader. */
  partial: boolean
}

export interface Surroundings {
  /** Name and birth date of the person, for paper. Never a number. */
  person?: string
  /** When the reader's organisation last registered something about the person, before today: ISO 8601 or a FHIR date. */
  lastHere?: string
  /** The panel as it was at the end of a day (`2026-01-15`). */
  pastOf?: (service: string, day: string) => Promise<PastData | 'failed'>
  /** What changed in the records of the service, newest first. */
  changesOf?: (service: string) => Promise<readonly Change[] | 'failed'>
  /** The properties of a link to the panel of another service. */
  linkTo?: (service: string) => { href: string; onClick?: (event: React.MouseEvent) => void }
}

const Context = createContext<Surroundings>({})

export const SurroundingsProvider = Context.Provider

export function useSurroundings(): Surroundings {
  return useContext(Context)
}
