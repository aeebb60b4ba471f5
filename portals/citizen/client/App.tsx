/** Which page is shown: what the address says. */
import { Account } from '@helsevev/portal/client/Account'
import { Gate } from '@helsevev/portal/client/Gate'
import { Shell } from '@helsevev/ui/Shell'
import { useTranslation } from 'react-i18next'
import { Home } from '../pages/Home.tsx'

export function App() {
  const { t } = useTranslation('citizen')
  return (
    <Gate>
      {(me) => (
        <Shell portal={t('portal')} account={<Account name={me.name} />} footer={<p>{t('footer')}</p>}>
          <Home name={me.name} />
        </Shell>
      )}
    </Gate>
  )
}
