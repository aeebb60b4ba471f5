/** What a decision opens of the person register: the one person it is about. */
import type { Patient } from '@medplum/fhirtypes'
import type { Bind } from '../../fhir/rows.ts'
import { personResource } from './person-resource.ts'

export interface PersonRows {
  resource(): Promise<Patient>
}

export const personRows: Bind<PersonRows> = ({ sql }, { patient }) => ({
  resource: async () => await personResource(sql, patient),
})
