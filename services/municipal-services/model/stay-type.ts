/** Stay type of a service, code system OktStayTypeCs of HL7 Norway's OKT guide; the system is not case sensitive. */
export const STAY_TYPE_SYSTEM = 'http://hl7.no/fhir/ig/okt/CodeSystem/OktStayTypeCs'

const stayTypes = ['dagopphold', 'korttidsopphold'] as const
export type StayType = (typeof stayTypes)[number]

/** The stay type as the code system writes it, or undefined when it has no such code. */
export function stayTypeOf(text: string): StayType | undefined {
  const lower = text.trim().toLowerCase()
  return stayTypes.find((known) => known === lower)
}
