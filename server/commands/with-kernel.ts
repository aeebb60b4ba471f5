/**
 * For commands that do what the server does: the kernel on a database, with a segment of the access log that is opened with the first row
 * and signed for at the end.
 */

import { openKernel } from '@helsevev/kernel/areas/open-kernel'
import type { Kernel } from '@helsevev/kernel/fhir/exchange'
import type { InformationService } from '@helsevev/kernel/fhir/service'
import type { Database } from '@helsevev/kernel/store/database'
import type { Environment } from '../env.ts'
import { logKeyOf } from '../kept-secret.ts'

export async function withKernel<T>(
  sql: Database['sql'],
  environment: Environment,
  services: readonly InformationService[],
  work: (kernel: Kernel) => Promise<T>,
): Promise<T> {
  const kernel = await openKernel({
    sql,
    services,
    log: { key: await logKeyOf(environment), opens: 'with-first-row' },
    baseUrl: () => environment.baseUrl ?? '',
    production: environment.mode === 'production',
  })
  try {
    return await work(kernel)
  } finally {
    await kernel.log.close()
  }
}
