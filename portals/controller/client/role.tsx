/** What the signed-in person may do for the organisation, loaded once; pages offer nothing else. The API refuses the rest in any case. */
import type { Me, Permission } from '@helsevev/kernel/control/contract'
import { LoadedView } from '@helsevev/portal/client/loaded'
import { PageTitle } from '@helsevev/portal/client/PageTitle'
import { createContext, type ReactNode, useContext } from 'react'
import { useTranslation } from 'react-i18next'
import { contract } from '../contract.ts'
import { useFetched } from './ask.ts'

const Context = createContext<Me | undefined>(undefined)

export function useRole(): Me & { may: (permission: Permission) => boolean } {
  const me = useContext(Context)
  if (!me) throw new Error('useRole is used inside RoleProvider')
  return { ...me, may: (permission) => me.permissions.includes(permission) }
}

interface RoleProviderProps {
  /** Name of the organisation. */
  organization: string
  /** For those who may act for other organisations too: when the role here has ended, they must be able to leave. */
  onSwitch: (() => void) | undefined
  children: ReactNode
}

export function RoleProvider({ organization, onSwitch, children }: RoleProviderProps) {
  const role = useFetched(contract.role)
  const stands = !role.answer && role.problem && !role.loading
  return (
    <div className={stands ? 'page' : undefined}>
      {stands && <PageTitle name={organization} />}
      <LoadedView loaded={role}>{(me) => <Context value={me}>{children}</Context>}</LoadedView>
      {stands && onSwitch && <SwitchButton onSwitch={onSwitch} />}
    </div>
  )
}

export function SwitchButton({ onSwitch }: { onSwitch: () => void }) {
  const { t } = useTranslation('controller')
  return (
    <button type="button" className="link-button" onClick={onSwitch}>
      {t('whom.switch')}
    </button>
  )
}
