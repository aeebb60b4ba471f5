/** Chooses the page that is shown: the page from the address, once the organisation and the role of the person are known. */
import { Account } from '@helsevev/portal/client/Account'
import { Gate } from '@helsevev/portal/client/Gate'
import { Shell } from '@helsevev/portal/client/Shell'
import type { SignedInAs } from '@helsevev/portal/contract'
import { DataState } from '@helsevev/ui/DataState'
import { type ComponentType, lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Acting } from '../contract.ts'
import { ChooseOrganization } from '../pages/ChooseOrganization.tsx'
import { Home } from '../pages/Home.tsx'
import type { Page } from '../routes.ts'
import { Navigation } from './Navigation.tsx'
import { useAddress, usePage } from './navigation.ts'
import { PaperHead } from './PaperHead.tsx'
import { ResultNoticeProvider } from './result-notice.tsx'
import { RoleProvider, SwitchButton, useRole } from './role.tsx'
import './controller.scss'

/** All pages except the first are fetched when they are opened. */
const pages: Record<Page, ComponentType> = {
  home: Home,
  sharing: lazy(async () => ({ default: (await import('../pages/Sharing.tsx')).Sharing })),
  propose: lazy(async () => ({ default: (await import('../pages/Propose.tsx')).Propose })),
  waiting: lazy(async () => ({ default: (await import('../pages/Waiting.tsx')).Waiting })),
  standard: lazy(async () => ({ default: (await import('../pages/Standard.tsx')).Standard })),
  cell: lazy(async () => ({ default: (await import('../pages/OneCell.tsx')).OneCell })),
  agreement: lazy(async () => ({ default: (await import('../pages/OneAgreement.tsx')).OneAgreement })),
  blockLifts: lazy(async () => ({ default: (await import('../pages/BlockLifts.tsx')).BlockLifts })),
  vendors: lazy(async () => ({ default: (await import('../pages/Vendors.tsx')).Vendors })),
  vendor: lazy(async () => ({ default: (await import('../pages/OneVendor.tsx')).OneVendor })),
  units: lazy(async () => ({ default: (await import('../pages/Units.tsx')).Units })),
  roles: lazy(async () => ({ default: (await import('../pages/Roles.tsx')).Roles })),
  followUps: lazy(async () => ({ default: (await import('../pages/FollowUps.tsx')).FollowUps })),
  misuseCases: lazy(async () => ({ default: (await import('../pages/MisuseCases.tsx')).MisuseCases })),
  misuseCase: lazy(async () => ({ default: (await import('../pages/OneMisuseCase.tsx')).OneMisuseCase })),
  questions: lazy(async () => ({ default: (await import('../pages/Questions.tsx')).Questions })),
  messages: lazy(async () => ({ default: (await import('../pages/Messages.tsx')).Messages })),
  refusals: lazy(async () => ({ default: (await import('../pages/Refusals.tsx')).Refusals })),
  use: lazy(async () => ({ default: (await import('../pages/Use.tsx')).Use })),
  adoption: lazy(async () => ({ default: (await import('../pages/Adoption.tsx')).Adoption })),
}

export function App() {
  return <Gate<Acting>>{(me) => <SignedInApp me={me} />}</Gate>
}

function SignedInApp({ me }: { me: SignedInAs<Acting> }) {
  const { t } = useTranslation('controller')
  const [switching, setSwitching] = useState(false)
  const { organization, organizations } = me
  const shell = { portal: t('portal'), account: <Account name={me.name} /> }
  if (!organization || switching) {
    return (
      <Shell {...shell}>
        <ChooseOrganization organizations={organizations} onChosen={() => setSwitching(false)} />
      </Shell>
    )
  }
  const onSwitch = organizations.length > 1 ? () => setSwitching(true) : undefined
  return (
    <Shell {...shell}>
      {/* Mounted again for another organisation: nothing about one is shown under the name of another. */}
      <RoleProvider key={organization.number} organization={organization.name} onSwitch={onSwitch}>
        <PaperHead />
        <ForWhom onSwitch={onSwitch} />
        <div className="desk">
          <Navigation />
          <ChosenPage />
        </div>
      </RoleProvider>
    </Shell>
  )
}

function ForWhom({ onSwitch }: { onSwitch: (() => void) | undefined }) {
  const { t } = useTranslation('controller')
  const { organization, role } = useRole()
  return (
    <section className="whom" aria-label={t('whom.label')}>
      <p>{t('whom.acts', { organization: organization.name, role: t(`role.${role}.name`) })}</p>
      {onSwitch && <SwitchButton onSwitch={onSwitch} />}
    </section>
  )
}

function ChosenPage() {
  const page = usePage()
  const address = useAddress()
  const Shown = pages[page]
  return (
    <div className="page">
      <ResultNoticeProvider page={address}>
        <Suspense fallback={<DataState state="loading" />}>
          <Shown key={address} />
        </Suspense>
      </ResultNoticeProvider>
    </div>
  )
}
