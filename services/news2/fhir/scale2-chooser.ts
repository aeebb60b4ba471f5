/**
 * The person who chose saturation scale 2: an extension on the score, or on its scale 2 sub-score. Health personnel are identified by HPR
 * number.
 */
import { identifierSystems } from '@helsevev/clinical/systems'
import type { Observation, Reference } from '@medplum/fhirtypes'

export const scale2ChosenBy = 'http://helsevev.no/fhir/StructureDefinition/news2-scale2-chosen-by'

/** Only an HPR number and a name are copied, so that no national identity number is. */
export function readScale2Chooser(observation: Observation): Reference | undefined {
  const extensions = [...(observation.extension ?? []), ...(observation.component ?? []).flatMap(({ extension }) => extension ?? [])]
  const sent = extensions.find(({ url }) => url === scale2ChosenBy)?.valueReference
  const { system, value } = sent?.identifier ?? {}
  const identifier = system === identifierSystems.HPR && value ? { identifier: { system, value } } : {}
  const display = sent?.display ? { display: sent.display } : {}
  const chosenBy = { ...identifier, ...display }
  return Object.keys(chosenBy).length > 0 ? chosenBy : undefined
}
