/** A status as an icon and a word, so that colour is never the only sign. */

import Icon from '@helsenorge/designsystem-react/components/Icon'
import CheckOutline from '@helsenorge/designsystem-react/components/Icons/CheckOutline'
import Hourglass from '@helsenorge/designsystem-react/components/Icons/Hourglass'
import Lock from '@helsenorge/designsystem-react/components/Icons/Lock'
import XOutline from '@helsenorge/designsystem-react/components/Icons/XOutline'
import type { AgreementSummary, CellStatus } from '@helsevev/kernel/control/contract'
import { useTranslation } from 'react-i18next'

const icons = { open: CheckOutline, closed: Lock, pending: Hourglass, ended: XOutline } as const

export function Status({ status, words }: { status: CellStatus; words?: string }) {
  const { t } = useTranslation('controller')
  return (
    <span className={`status status--${status}`}>
      <Icon svgIcon={icons[status]} size={38} className="status__icon" />
      <span>{words ?? t(`status.${status}`)}</span>
    </span>
  )
}

const statusOf: Record<AgreementSummary['standing'], CellStatus> = {
  'in-force': 'open',
  closed: 'closed',
  pending: 'pending',
  'not-begun': 'pending',
  ended: 'ended',
  expired: 'ended',
  superseded: 'ended',
}

/** The status of one version of an agreement. */
export function Standing({ standing }: { standing: AgreementSummary['standing'] }) {
  const { t } = useTranslation('controller')
  return <Status status={statusOf[standing]} words={t(`standing.${standing}`)} />
}
