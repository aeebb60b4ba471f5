/** What the signed-in person may do for the organisation, asked once; pages offer nothing else. The API refuses the rest in any case. */
import type { Me, Permission } from '@helsevev/kernel/control/contract'
import { LoadedView } from '@helsevev/portal/client/loaded'
import { createContext, type ReactNode, useContext } from 'react'
import { useFetched } from './ask.ts'

const Context = createContext<Me | undefined>(undefined)

export function useRole(): Me & { may: (permission: Permission) => boolean } {
  const me = useContext(Context)
  if (!me) throw new Error('useRole is used inside RoleProvider')
  return { ...me, may: (permission) => me.permissions.includes(permission) }
}

export function RoleProvider({ children }: { children: ReactNode }) {
  const role = useFetched<Me>('role')
  return <LoadedView loaded={role}>{(me) => <Context value={me}>{children}</Context>}</LoadedView>
}
