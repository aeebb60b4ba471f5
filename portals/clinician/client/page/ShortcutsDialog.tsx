/** The list of shortcuts, and the switch that turns them off. */

import Button from '@helsenorge/designsystem-react/components/Button'
import { useServiceName } from '@helsevev/portal/client/service-names.ts'
import { useEffect, useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useArrangement } from '../panel-order.ts'
import { commands, keys } from './shortcuts.ts'

interface ShortcutsDialogProps {
  on: boolean
  onTurn: (on: boolean) => void
  onClose: () => void
}

export function ShortcutsDialog({ on, onTurn, onClose }: ShortcutsDialogProps) {
  const { t } = useTranslation('clinician')
  const nameOf = useServiceName()
  const { views } = useArrangement()
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    dialog.current?.showModal()
  }, [])
  const rows = [
    ...commands.map((command) => [keys[command], t(`shortcuts.${command}`)] as const),
    ...views.map(({ service }, index) => [String(index + 1), t('shortcuts.panel', { title: nameOf(service) })] as const),
  ]
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby={`${id}-title`} onClose={onClose}>
      <div className="dialog__form">
        <h2 id={`${id}-title`}>{t('word.keyboard')}</h2>
        <p>{t('shortcuts.lead')}</p>
        <table className="shortcuts">
          <thead>
            <tr>
              <th scope="col">{t('shortcuts.key')}</th>
              <th scope="col">{t('shortcuts.does')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(([key, words]) => (
              <tr key={key}>
                <td>
                  <kbd>{key}</kbd>
                </td>
                <td>{words}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <label className="tick">
          <input type="checkbox" checked={on} aria-describedby={`${id}-help`} onChange={(event) => onTurn(event.target.checked)} />
          <span>{t('shortcuts.on')}</span>
        </label>
        <p className="field__help" id={`${id}-help`}>
          {t('shortcuts.onHelp')}
        </p>
        <div className="dialog__actions">
          <Button variant="outline" onClick={() => dialog.current?.close()}>
            {t('word.close')}
          </Button>
        </div>
      </div>
    </dialog>
  )
}
