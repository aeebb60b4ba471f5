/** The controllers that an operation names, and the one that is responsible for a resource. */
import type { Extension, Parameters } from '@medplum/fhirtypes'

export interface Controller {
  organization: string
  name: string
  phone?: string
}

const DATA_CONTROLLER = 'http://helsevev.no/fhir/StructureDefinition/data-controller'

export function controllersIn(answer: Parameters | undefined): Controller[] {
  return (answer?.parameter ?? [])
    .filter(({ name }) => name === 'controller')
    .map(({ part = [] }) => {
      const organization = part.find(({ name }) => name === 'organization')?.valueIdentifier?.value ?? ''
      const phone = part.find(({ name }) => name === 'phone')?.valueString
      return { organization, name: part.find(({ name }) => name === 'name')?.valueString ?? organization, ...(phone ? { phone } : {}) }
    })
}

/** The name of the controller of a resource as served; its number where no name is known. */
export function controllerOf(resource: { extension?: Extension[] }, known: readonly Controller[]): Controller {
  const organization = resource.extension?.find(({ url }) => url === DATA_CONTROLLER)?.valueIdentifier?.value ?? ''
  return known.find((controller) => controller.organization === organization) ?? { organization, name: organization }
}
