/** A stored line as the search of double prescriptions compares it. The panel, $getMedication and the indicators all take it from here. */
import { drugCodesOf } from '@helsevev/clinical/e-prescription-fhir/drug-codes'
import { identifierValue, PLL_ID, RESEPT_ID } from '@helsevev/clinical/e-prescription-fhir/systems'
import { treatmentOf } from '@helsevev/clinical/medicines/double-use'
import type { HandledWarning, Medication } from '@helsevev/clinical/medicines/duplicates'
import { volven } from '@helsevev/clinical/systems'
import type { Medication as DrugResource, List, MedicationStatement } from '@medplum/fhirtypes'
import { partOf, standingWarnings } from '../fhir/systems.ts'
import { presenceOf, standingOf } from './standing.ts'

const states = { 'in-use': 'active', 'not-started': 'not-started', over: 'course-over', stopped: 'stopped' } as const

export function treatmentOfLine(one: MedicationStatement, now: Date): Medication {
  const medication = one.contained?.find((each) => each.resourceType === 'Medication') ?? namedBy(one)
  const use = one.category?.coding?.find(({ system }) => system === volven(9101))?.code
  const presence = presenceOf(one)
  const { from, until } = presence === 'never' ? {} : presence
  const lineId = identifierValue(PLL_ID, one.identifier)
  return treatmentOf(drugCodesOf(medication), medication?.code?.text, use, {
    ...(lineId === undefined ? {} : { lineId }),
    prescriptionIds: (one.basedOn ?? []).flatMap(({ identifier }) => (identifier?.system === RESEPT_ID ? (identifier.value ?? []) : [])),
    state: states[standingOf(one, now)],
    ...(from ? { from: from.toISOString() } : {}),
    ...(until ? { to: until.toISOString() } : {}),
    ...(one.dateAsserted === undefined ? {} : { lastChanged: one.dateAsserted }),
  })
}

/** The marks of a list that hold: two lines that a prescriber intends. */
export function handledIn(list: List | undefined): HandledWarning[] {
  return (list ? standingWarnings(list) : []).map((warning) => {
    const time = partOf(warning, 'time')?.valueDateTime
    const note = partOf(warning, 'note')?.valueString
    return {
      lines: (warning.extension ?? []).flatMap(({ url, valueIdentifier }) => (url === 'line' ? (valueIdentifier?.value ?? []) : [])),
      ...(time === undefined ? {} : { time }),
      ...(note === undefined ? {} : { note }),
    }
  })
}

/** A line may name its drug by a code of its own. */
function namedBy({ medicationCodeableConcept: code }: MedicationStatement): DrugResource | undefined {
  return code && { resourceType: 'Medication', code }
}
