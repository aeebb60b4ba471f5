/** The resources of the services' own examples, by service: what a sender may write, each of them right. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { InformationService, ResourceDeclaration } from '@helsevev/kernel/fhir/service'
import type { Validator } from '@helsevev/kernel/fhir/validation/validator'
import type { SentBody } from '@helsevev/kernel/testing/sent'
import type { Resource } from '@medplum/fhirtypes'

export interface Example {
  service: InformationService
  declaration: ResourceDeclaration
  /** The profile that it follows. */
  profile: ResourceDeclaration['profiles'][number]['profile']
  resource: Resource
}

const root = join(import.meta.dirname, '../..')

/** The examples without faults, with the patient that is given. */
export function examplesOf(service: InformationService, validator: Validator, identifier: { system: string; value: string }): Example[] {
  const folder = join(root, 'services', service.id, 'fhir/examples')
  const files = readdirSync(folder).filter((name) => name.endsWith('.json') && !name.includes('.answer.'))
  return files.flatMap((name) =>
    resourcesIn(JSON.parse(readFileSync(join(folder, name), 'utf8'))).flatMap((sent) => {
      const declaration = Object.hasOwn(service.resources, sent.resourceType) ? service.resources[sent.resourceType] : undefined
      if (!declaration?.interactions.includes('create')) return []
      const resource = { ...sent, [declaration.patientElement]: { identifier } } as Resource
      const profile = declaration.profiles.find(({ when }) => when?.(resource) ?? true)?.profile
      return profile && validator.validate(resource, profile).length === 0 ? [{ service, declaration, profile, resource }] : []
    }),
  )
}

/** The resources that stand in a file, those of a Bundle each by itself. */
function resourcesIn(value: unknown): Resource[] {
  if (typeof value !== 'object' || value === null) return []
  const { resourceType, entry } = value as SentBody
  if (resourceType === 'Bundle') return resourcesIn(entry)
  if (typeof resourceType === 'string') return [value as Resource]
  return Object.values(value).flatMap(resourcesIn)
}
