/**
 * What a panel may ask the API about the person or a person represented. The identity number goes into the body of a POST and nowhere else.
 */

import { readableBundle } from '@helsevev/kernel/fhir/validation/readable'
import type { PatientApi } from '@helsevev/panel/loader.ts'
import type { Api } from '@helsevev/portal/server'
import type { Bundle, Parameters } from '@medplum/fhirtypes'
import { type About, patientParameter } from './people.ts'

/** @throws ApiError from each call, for the panel to catch or pass on. */
export function patientApi(about: About, api: Api): PatientApi {
  const form = (parameters: Record<string, string> = {}) => new URLSearchParams({ ...parameters, ...patientParameter(about) })
  return {
    search: async (service, type, parameters) =>
      readableBundle((await api.post(`/fhir/${service}/${type}/_search`, form(parameters))) as Bundle),
    operation: async (service, operation, parameters) =>
      (await api.post(`/fhir/${service}/$${operation.replace(/^\$/, '')}`, form(parameters))) as Parameters,
  }
}
