/** Which page is shown: what the address says, once it is known for whom the person acts. */
import { Account } from '@helsevev/portal/client/Account'
import { Gate } from '@helsevev/portal/client/Gate'
import { Shell } from '@helsevev/ui/Shell'
import { useTranslation } from 'react-i18next'
import type { Acting } from '../contract.ts'
import { ChooseOrganization } from '../pages/ChooseOrganization.tsx'
import { Home } from '../pages/Home.tsx'

export function App() {
  const { t } = useTranslation('controller')
  return (
    <Gate<Acting>>
      {(me) => (
        <Shell portal={t('portal')} account={<Account name={me.name} />}>
          {me.organization ? (
            <Home name={me.name} organization={me.organization} />
          ) : (
            <ChooseOrganization organizations={me.organizations} />
          )}
        </Shell>
      )}
    </Gate>
  )
}
