/** Leads to one entry of a service, which is remembered on the way: no id stands in the address. */
import type { ReactNode } from 'react'
import { entrySoon } from './entry-soon.ts'
import { PageLink } from './PageLink.tsx'

export function EntryLink({ service, id, children }: { service: string; id: string; children: ReactNode }) {
  return (
    <span onClickCapture={() => entrySoon(id)}>
      <PageLink page="service" parameters={{ service }}>
        {children}
      </PageLink>
    </span>
  )
}
