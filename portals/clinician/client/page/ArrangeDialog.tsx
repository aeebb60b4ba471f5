/** The order of the panels and the compact view, as the person wants them: by buttons, so that it works by keyboard and is read aloud. */

import Button from '@helsenorge/designsystem-react/components/Button'
import { useServiceName } from '@helsevev/portal/client/service-names.ts'
import { useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { keepCompact, keepOrder, useArrangement } from '../panel-order.ts'
import { moved } from '../urgent-first.ts'

export function ArrangeDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('clinician')
  const nameOf = useServiceName()
  const { views, isOwn, compact } = useArrangement()
  const dialog = useRef<HTMLDialogElement>(null)
  /** The button that was pressed: a panel that moves in the list takes the focus from it. */
  const pressed = useRef<HTMLButtonElement>(null)
  /** Stands in the dialog: what is behind it is not read aloud. */
  const [said, setSaid] = useState('')
  const id = useId()
  useEffect(() => {
    dialog.current?.showModal()
  }, [])
  const services = views.map(({ service }) => service)
  // biome-ignore lint/correctness/useExhaustiveDependencies: after each new order
  useEffect(() => pressed.current?.focus(), [views])

  function move(service: string, by: -1 | 1) {
    const next = moved(services, service, by)
    const kept = next === services || keepOrder(next)
    const place = next.indexOf(service) + 1
    setSaid(kept ? t('arrange.moved', { title: nameOf(service), place, count: next.length }) : t('arrange.notKept'))
  }

  function reset() {
    pressed.current = null
    setSaid(t(keepOrder([]) ? 'arrange.urgent' : 'arrange.notKept'))
  }

  return (
    <dialog ref={dialog} className="dialog" aria-labelledby={`${id}-title`} onClose={onClose}>
      <div className="dialog__form">
        <h2 id={`${id}-title`}>{t('arrange.title')}</h2>
        <p>{t(isOwn ? 'arrange.own' : 'arrange.urgent')}</p>
        <Places
          services={services}
          onMove={(service, by, button) => {
            pressed.current = button
            move(service, by)
          }}
        />
        <p className="visually-hidden" role="status">
          {said}
        </p>
        <label className="tick">
          <input
            type="checkbox"
            checked={compact}
            aria-describedby={`${id}-help`}
            onChange={({ target }) => setSaid(keepCompact(target.checked) ? '' : t('arrange.notKept'))}
          />
          <span>{t('arrange.compact')}</span>
        </label>
        <p className="field__help" id={`${id}-help`}>
          {t('arrange.compactHelp')} {t('arrange.kept')}
        </p>
        <div className="dialog__actions">
          <Button variant="outline" onClick={() => dialog.current?.close()}>
            {t('word.close')}
          </Button>
          {isOwn && (
            <Button variant="borderless" onClick={reset}>
              {t('arrange.reset')}
            </Button>
          )}
        </div>
      </div>
    </dialog>
  )
}

interface PlacesProps {
  services: readonly string[]
  onMove: (service: string, by: -1 | 1, button: HTMLButtonElement) => void
}

function Places({ services, onMove }: PlacesProps) {
  const { t } = useTranslation('clinician')
  const nameOf = useServiceName()
  return (
    <ol className="arrange">
      {services.map((service, index) => (
        <li key={service}>
          <span className="arrange__name">
            {index + 1}. {nameOf(service)}
          </span>
          {([-1, 1] as const).map((by) => (
            <button
              key={by}
              type="button"
              className="link-button arrange__move"
              aria-label={t(by < 0 ? 'arrange.up' : 'arrange.down', { title: nameOf(service) })}
              aria-disabled={moved(services, service, by) === services ? true : undefined}
              onClick={({ currentTarget }) => onMove(service, by, currentTarget)}
            >
              {t(by < 0 ? 'arrange.upShort' : 'arrange.downShort')}
            </button>
          ))}
        </li>
      ))}
    </ol>
  )
}
