/** What an agreement is called: its service and its parties, never its id. */
import type { Counterpart, Organization } from '@helsevev/kernel/control/contract'
import { useWords } from './words.ts'

interface Named {
  service: string
  controller: Pick<Organization, 'name'>
  receiver: Pick<Counterpart, 'name'>
}

export function useAgreementName(): (agreement: Named) => string {
  const { t, service } = useWords()
  return (one) => t('agreement.name', { service: service(one.service), controller: one.controller.name, receiver: one.receiver.name })
}
