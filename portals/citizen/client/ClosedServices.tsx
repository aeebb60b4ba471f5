/** Which services are closed, and why, in words. Services that are closed for the same reason share one sentence. */

import { useServiceName } from '@helsevev/portal/client/service-names.ts'
import { formatList } from '@helsevev/ui/format.ts'
import { useTranslation } from 'react-i18next'
import type { ClosedReason, ServiceAccess } from '../contract.ts'

export function ClosedServices({ services }: { services: readonly ServiceAccess[] }) {
  const { t, i18n } = useTranslation('citizen')
  const closed = services.filter(({ open }) => !open)
  const nameOf = useServiceName()
  const byReason = new Map<ClosedReason, string[]>()
  for (const { id, reason = 'nothing-registered' } of closed) byReason.set(reason, [...(byReason.get(reason) ?? []), nameOf(id)])
  return (
    <ul className="closed">
      {[...byReason].map(([reason, names]) => (
        <li key={reason}>
          {names.length < services.length && <strong>{formatList(names, i18n.language)}: </strong>}
          {t(`closed.${reason}`)}
        </li>
      ))}
    </ul>
  )
}
