/** For commands that do what the server does: the kernel on a database, with a segment of the access log that is signed for at the end. */
import { logKey, newLogKeyText } from '@helsevev/kernel/audit/log-key'
import type { Kernel } from '@helsevev/kernel/fhir/exchange'
import { openKernel } from '@helsevev/kernel/fhir/open-kernel'
import type { InformationService } from '@helsevev/kernel/fhir/service'
import type { Database } from '@helsevev/kernel/store/database'
import type { Environment } from '../env.ts'
import { keptSecret } from '../kept-secret.ts'

export async function withKernel<T>(
  sql: Database['sql'],
  { logKey: keyText, dataDirectory, baseUrl = '' }: Environment,
  services: readonly InformationService[],
  work: (kernel: Kernel) => Promise<T>,
): Promise<T> {
  const key = logKey(keyText ?? (await keptSecret(dataDirectory, 'log-key', newLogKeyText)))
  const kernel = await openKernel({ sql, services, log: { key }, baseUrl })
  try {
    return await work(kernel)
  } finally {
    await kernel.log.close()
  }
}
