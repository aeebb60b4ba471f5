/**
 * The healthcare service that an attestation names (ATT-34): the one that the unit is registered with; without that, the one that people of
 * that authorisation usually provide in such a place. List 8668 in hospitals, 8663 elsewhere (Tillitsrammeverk v1.1).
 */
import { volven } from '@helsevev/clinical/systems'
import type { Workplace } from './sessions.ts'

const municipal = volven(8663)
const specialist = volven(8668)

/** By authorisation, list 9060. */
const municipalServices: Record<string, string> = {
  LE: 'KP01', // Legetjeneste ved sykehjem mv.
  SP: 'KP02', // Sykepleietjeneste
  VP: 'KP02',
  JO: 'KF01', // Helsestasjons- og skolehelsetjeneste
  PS: 'KP05', // Psykolog, pleie og omsorg
  FT: 'KR01', // Fysioterapi, pleie og omsorg
  ET: 'KR02', // Ergoterapi, pleie og omsorg
}
const GENERAL_PRACTICE = 'KA01'
const NURSING = 'KP02'
/** Fellesfaglig avsenderadresse: states that it is a hospital, but not the field. */
const SPECIALIST = '4'

const hospitals = new Set(['health-trust', 'regional-health-trust'])

export function healthcareServiceOf(place: Workplace, authorization: string): { code: string; system: string } {
  if (hospitals.has(place.type)) return { code: place.healthcareService ?? SPECIALIST, system: specialist }
  if (place.healthcareService) return { code: place.healthcareService, system: municipal }
  if (place.type === 'general-practice') return { code: GENERAL_PRACTICE, system: municipal }
  return { code: municipalServices[authorization] ?? NURSING, system: municipal }
}
