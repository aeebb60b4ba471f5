/** Which controllers have reported, as parameters of an operation: number, name, telephone. */
import type { ParametersParameter } from '@medplum/fhirtypes'
import type { Records } from './service.ts'

const ORGANIZATION_NUMBER = 'urn:oid:2.16.578.1.12.4.1.4.101'

export function controllerParameters(contributors: Awaited<ReturnType<Records['contributors']>>): ParametersParameter[] {
  return contributors.map(({ organization, name, phone, since }) => ({
    name: 'controller',
    part: [
      { name: 'organization', valueIdentifier: { system: ORGANIZATION_NUMBER, value: organization } },
      { name: 'name', valueString: name },
      ...(phone ? [{ name: 'phone', valueString: phone }] : []),
      { name: 'since', valueDateTime: since.toISOString() },
    ],
  }))
}
