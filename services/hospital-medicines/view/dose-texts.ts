/** What both panels call a dose and a medicine. */
import { texts } from '@helsevev/ui/texts.ts'

// biome-ignore format: a table, one row to a text
export const doseTexts = texts({
  nameless: ['Navn er ikke oppgitt', 'Namn er ikkje oppgitt', 'No name is given'],
  noDose: ['Mengde er ikke oppgitt', 'Mengd er ikkje oppgitt', 'No amount is given'],
  error: ['Feilregistrert, ble ikke gitt', 'Feilregistrert, vart ikkje gitt', 'Entered in error, was not given'],
})
