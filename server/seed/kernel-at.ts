/** The kernel as it was at another moment: what is stored with it has that time. */
import type { Kernel } from '@helsevev/kernel/fhir/exchange'

export function kernelAt(kernel: Kernel, at: Date): Kernel {
  return { ...kernel, clock: () => at }
}
