/** Disciplines of Volven 8202 as Pasientens prøvesvar groups them (NILAR 1.5: main-expertise, expertise, typeof-diagnostic-report). */
import { volven } from '@helsevev/clinical/systems'

export const DISCIPLINE_SYSTEM = volven(8202)

export type MainDiscipline = 'LAB' | 'PAT' | 'BLD'

/** Main discipline and expertise that each kind of report belongs to. */
const disciplines: Readonly<Record<string, { main: MainDiscipline; expertise: string }>> = {
  LAB: { main: 'LAB', expertise: 'CLIN' },
  CLIN: { main: 'LAB', expertise: 'CLIN' },
  AN: { main: 'LAB', expertise: 'CLIN' },
  MBIO: { main: 'LAB', expertise: 'MBIO' },
  MGEN: { main: 'LAB', expertise: 'MGEN' },
  FARM: { main: 'LAB', expertise: 'FARM' },
  IMTR: { main: 'LAB', expertise: 'IMTR' },
  PAT: { main: 'PAT', expertise: 'PAT' },
  HIST: { main: 'PAT', expertise: 'PAT' },
  CYTO: { main: 'PAT', expertise: 'PAT' },
  MORS: { main: 'PAT', expertise: 'PAT' },
  OBD: { main: 'PAT', expertise: 'PAT' },
  MPAT: { main: 'PAT', expertise: 'PAT' },
  BLD: { main: 'BLD', expertise: 'RAD' },
  RAD: { main: 'BLD', expertise: 'RAD' },
  RTG: { main: 'BLD', expertise: 'RAD' },
  CT: { main: 'BLD', expertise: 'RAD' },
  MR: { main: 'BLD', expertise: 'RAD' },
  MA: { main: 'BLD', expertise: 'RAD' },
  UL: { main: 'BLD', expertise: 'RAD' },
  SCI: { main: 'BLD', expertise: 'NUK' },
  NUK: { main: 'BLD', expertise: 'NUK' },
}

/** An unknown code counts as laboratory: nine of ten reports are. */
export function disciplineOf(code: string | undefined): { main: MainDiscipline; expertise: string; known: boolean } {
  const found = code !== undefined && Object.hasOwn(disciplines, code) ? disciplines[code] : undefined
  return found ? { ...found, known: true } : { main: 'LAB', expertise: 'CLIN', known: false }
}
