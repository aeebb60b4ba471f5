import type { PatientName } from '@helsevev/kernel/control/contract'
import { useWords } from './words.ts'

/** The patient in words, for readers who may know who it is. */
export function usePatientWords(): (patient: PatientName | undefined) => string {
  const { t, date } = useWords()
  return (patient) => {
    if (!patient) return t('patient.notTold')
    const name = patient.name || t('word.nameless')
    return patient.birthDate ? t('patient.born', { name, date: date(patient.birthDate) }) : name
  }
}
