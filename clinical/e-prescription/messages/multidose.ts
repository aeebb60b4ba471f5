/** Who is responsible for the multidose of a patient: M27.1 registers the doctor, M27.2 answers, M28 notifies the doctor of a change. */
import { group, optional, required } from '../fields.ts'
import { boolean, coded, date } from '../types.ts'
import { multidoseDoctor, multidosePharmacy } from './common.ts'

/** M27.1 M271 */
export const multidoseRegistration = group('M271', {
  /** Status 7496: R registration, A deregistration. */
  status: required('Status', coded(7496)),
  /** GjelderFra */
  from: required('GjelderFra', date),
})

/** M27.2 M272 */
export const multidoseRegistrationAnswer = group('M272', {
  /** RegistrertEndring: whether the change was registered. */
  isRegistered: required('RegistrertEndring', boolean),
  /** Multidoselege: who was responsible. */
  doctor: optional('Multidoselege', multidoseDoctor),
  /** Multidoseapotek */
  pharmacy: optional('Multidoseapotek', multidosePharmacy),
})

/** M28 */
export const multidoseChange = group('M28', {
  /** AktivFra */
  from: required('AktivFra', date),
  /** Multidoselege: who is responsible from then. */
  doctor: required('Multidoselege', multidoseDoctor),
})
