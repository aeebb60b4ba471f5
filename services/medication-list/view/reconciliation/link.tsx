/** The way from the panel to the reconciliation, where a portal has one. */
import { createContext, type MouseEvent, useContext } from 'react'
import { useTranslation } from 'react-i18next'

interface Way {
  href: string
  onClick?: (event: MouseEvent) => void
}

const Context = createContext<Way | undefined>(undefined)
export const ReconciliationWay = Context.Provider

/** Draws nothing where there is no portal around. */
export function ReconciliationLink() {
  const { t } = useTranslation('medication-list/reconciliation')
  const way = useContext(Context)
  return way ? (
    <p className="medication__reconcile">
      <a {...way}>{t('open')}</a>
    </p>
  ) : null
}
