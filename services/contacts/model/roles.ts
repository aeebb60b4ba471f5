/** The role that a participant of the team has for the patient. */
import { hl7, volven } from '@helsevev/clinical/systems'

/** Our own system: no national list has a code for the first contact in the municipality. */
const RESPONSIBLE_ROLE_SYSTEM = 'http://helsevev.no/fhir/CodeSystem/responsible-role'

export type Role = 'primary-contact' | 'gp'

const SERVICE_TYPES = volven(8663)

/** `KA01` of Volven 8663 is the regular GP (fastlege); `PCP` is the primary care physician of HL7. */
export function roleOf({ system, code }: { system?: string | undefined; code?: string | undefined }): Role | undefined {
  if (system === RESPONSIBLE_ROLE_SYSTEM && code === 'primary-contact') return 'primary-contact'
  // The list has several spellings, all of which end in its number.
  if ((system === SERVICE_TYPES || /no-kodeverk-8663$/.test(system ?? '')) && code === 'KA01') return 'gp'
  return system === hl7('v3-ParticipationFunction') && code === 'PCP' ? 'gp' : undefined
}
