/** The controllers that have reported, as parameters of an operation: number, name and telephone number. */
import type { ParametersParameter } from '@medplum/fhirtypes'
import { ORGANIZATION_SYSTEM } from '../codes/systems.ts'
import type { Records } from './service.ts'

export function controllerParameters(contributors: Awaited<ReturnType<Records['contributors']>>): ParametersParameter[] {
  return contributors.map(({ organization, name, phone, since }) => ({
    name: 'controller',
    part: [
      { name: 'organization', valueIdentifier: { system: ORGANIZATION_SYSTEM, value: organization } },
      { name: 'name', valueString: name },
      ...(phone ? [{ name: 'phone', valueString: phone }] : []),
      { name: 'since', valueDateTime: since.toISOString() },
    ],
  }))
}
