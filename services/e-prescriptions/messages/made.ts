import type { Communication, MedicationDispense, MedicationRequest, Task } from '@medplum/fhirtypes'

/** A record of this service. */
export type Made = MedicationRequest | MedicationDispense | Task | Communication
