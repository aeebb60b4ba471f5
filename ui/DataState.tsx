/**
 * The states that every data view has, made once: loading, the four kinds of nothing (none, unknown, withheld, unavailable), refused,
 * failed, partial and stale. Partial and stale stand above what is shown, so that a partial answer never looks complete; the others replace
 * it. Each has its own icon and words: colour is never the only difference.
 */
import Button from '@helsenorge/designsystem-react/components/Button'
import Icon from '@helsenorge/designsystem-react/components/Icon'
import AlertSignStroke from '@helsenorge/designsystem-react/components/Icons/AlertSignStroke'
import CheckOutline from '@helsenorge/designsystem-react/components/Icons/CheckOutline'
import ErrorSignStroke from '@helsenorge/designsystem-react/components/Icons/ErrorSignStroke'
import HelpSign from '@helsenorge/designsystem-react/components/Icons/HelpSign'
import Hourglass from '@helsenorge/designsystem-react/components/Icons/Hourglass'
import Lock from '@helsenorge/designsystem-react/components/Icons/Lock'
import NoAccess from '@helsenorge/designsystem-react/components/Icons/NoAccess'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

export type ViewState = 'some' | 'none' | 'unknown' | 'withheld' | 'unavailable' | 'loading' | 'refused' | 'failed' | 'partial' | 'stale'

interface DataStateProps {
  state: ViewState
  /** Replaces the general heading with one that knows the case. */
  title?: string
  /** Replaces the general explanation: which organisation has stated it, and what to do. */
  text?: ReactNode
  /** Offered in failed, unavailable and stale. */
  onRetry?: () => void
  /** The data; drawn in some, partial and stale only. */
  children?: ReactNode
}

const icons = {
  none: CheckOutline,
  unknown: HelpSign,
  withheld: Lock,
  unavailable: AlertSignStroke,
  refused: NoAccess,
  failed: ErrorSignStroke,
  partial: AlertSignStroke,
  stale: Hourglass,
} as const

const shows: Record<ViewState, boolean> = {
  some: true,
  partial: true,
  stale: true,
  none: false,
  unknown: false,
  withheld: false,
  unavailable: false,
  refused: false,
  failed: false,
  loading: false,
}

const retryable = new Set<ViewState>(['failed', 'unavailable', 'stale'])

export function DataState({ state, title, text, onRetry, children }: DataStateProps) {
  const { t } = useTranslation('ui')
  if (state === 'some') return <>{children}</>
  if (state === 'loading') {
    return (
      <div className="data-state data-state--loading" data-state="loading" aria-busy="true">
        <span className="data-state__pulse" aria-hidden="true" />
        <p className="data-state__title">{title ?? t('state.loading.title')}</p>
      </div>
    )
  }
  const notice = (
    <div className={`data-state data-state--${state}`} data-state={state}>
      <Icon svgIcon={icons[state]} size={38} className="data-state__icon" />
      <div className="data-state__words">
        <p className="data-state__title">{title ?? t(`state.${state}.title`)}</p>
        <div className="data-state__text">{text ?? t(`state.${state}.text`)}</div>
        {onRetry && retryable.has(state) && (
          <Button variant="outline" onClick={onRetry} wrapperClassName="data-state__retry">
            {t('retry')}
          </Button>
        )}
      </div>
    </div>
  )
  return shows[state] ? (
    <>
      {notice}
      {children}
    </>
  ) : (
    notice
  )
}
