/** For commands that do what the server does: the kernel on a database, with a segment of the access log that is signed for at the end. */

import { createFactsReader } from '@helsevev/kernel/access/facts'
import { afterAccess } from '@helsevev/kernel/areas/after-access'
import { openAccessLog } from '@helsevev/kernel/audit/access-log'
import { createActors } from '@helsevev/kernel/audit/actors'
import { createAttestations } from '@helsevev/kernel/audit/attestations'
import { logKey, newLogKeyText } from '@helsevev/kernel/audit/log-key'
import { loadCodes } from '@helsevev/kernel/codes/load'
import type { Kernel } from '@helsevev/kernel/fhir/exchange'
import type { InformationService } from '@helsevev/kernel/fhir/service'
import { createValidator } from '@helsevev/kernel/fhir/validation/validator'
import type { Database } from '@helsevev/kernel/store/database'
import { createIds } from '@helsevev/kernel/store/ids'
import type { Environment } from '../env.ts'
import { keptSecret } from '../kept-secret.ts'

export async function withKernel<T>(
  sql: Database['sql'],
  environment: Environment,
  services: readonly InformationService[],
  work: (kernel: Kernel) => Promise<T>,
): Promise<T> {
  const clock = () => new Date()
  const ids = createIds(clock)
  const codes = await loadCodes(sql)
  const validator = await createValidator(
    services.flatMap((service) => Object.keys(service.resources)),
    codes,
  )
  const key = logKey(environment.logKey ?? (await keptSecret(environment.dataDirectory, 'log-key', newLogKeyText)))
  const log = await openAccessLog(sql, { ids, clock, key })
  try {
    return await work({
      sql,
      services: new Map(services.map((service) => [service.id, service])),
      validator,
      codes,
      log,
      facts: createFactsReader(sql),
      afterAccess,
      actorId: createActors(sql),
      attestationId: createAttestations(sql),
      ids,
      clock,
      baseUrl: environment.baseUrl ?? '',
    })
  } finally {
    await log.close()
  }
}
