/** Prints the patient's list: fetched when it is asked for. */
import { useSurroundings } from '@helsevev/panel/surroundings.ts'
import { usePaper } from '@helsevev/ui/paper.ts'
import { createElement, type ReactNode } from 'react'
import type { MedicationListData } from '../panel-data.ts'

export function usePatientsList(data: MedicationListData): { print: () => void; sheet: ReactNode } {
  const { person } = useSurroundings()
  return usePaper(async () => {
    const { PatientsList } = await import('./PatientsList.tsx')
    return () => createElement(PatientsList, { data, person })
  })
}
