/** Navigation of one patient's page, in sight while it scrolls: its views, its panels, copy and print, and the keyboard. */

import { useServiceName } from '@helsevev/portal/client/service-names.ts'
import { useCallback, useEffect, useState } from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import type { SignedIn } from '../../contract.ts'
import { type View, views } from '../../panels.client.ts'
import { type PatientPage, patientPages, patientViews } from '../../routes.ts'
import { addressOf, go } from '../navigation.ts'
import { useLoadPanels } from '../panel-loading.ts'
import { useArrangement } from '../panel-order.ts'
import { ArrangeDialog } from './ArrangeDialog.tsx'
import { isPlain, jump, linkTo } from './jump.ts'
import { ShareDialog } from './ShareDialog.tsx'
import { ShortcutsDialog } from './ShortcutsDialog.tsx'
import { areOn, type Command, commandOf, takesText, turn } from './shortcuts.ts'
import { useHeading } from './useSections.ts'

/** Opens a view of the same patient; the overview starts at the patient's banner. */
function open(page: PatientPage): void {
  go(page)
  if (page === 'patient') requestAnimationFrame(() => document.querySelector<HTMLElement>('main h1')?.focus())
}

/** Runs the command of each key that is pressed, while shortcuts are on. */
function useShortcuts(on: boolean, shown: readonly View[], run: (command: Command) => void): void {
  useEffect(() => {
    if (!on) return
    function pressed(event: KeyboardEvent) {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return
      if (takesText(event.target) || document.querySelector('dialog[open]')) return
      const found = commandOf(event.key, shown.length)
      if (!found) return
      event.preventDefault()
      if ('command' in found) run(found.command)
      else jump(shown[found.panel]?.service ?? '')
    }
    document.addEventListener('keydown', pressed)
    return () => document.removeEventListener('keydown', pressed)
  }, [on, shown, run])
}

export function PatientBar({ me, page }: { me: SignedIn; page: PatientPage }) {
  const { t } = useTranslation('clinician')
  const nameOf = useServiceName()
  const load = useLoadPanels()
  const { views: ordered } = useArrangement()
  const [dialog, setDialog] = useState<'share' | 'shortcuts' | 'arrange'>()
  const [on, setOn] = useState(areOn)
  const [heading, setHeading] = useState<string[]>([])
  const headingOf = useHeading(me)
  useEffect(() => {
    // A print from the browser's own menu has the heading too, without a number. One from the dialog has set it.
    const prepare = () => flushSync(() => setHeading((asked) => (asked.length > 0 ? asked : headingOf())))
    const finish = () => setHeading([])
    window.addEventListener('beforeprint', prepare)
    window.addEventListener('afterprint', finish)
    return () => {
      window.removeEventListener('beforeprint', prepare)
      window.removeEventListener('afterprint', finish)
    }
  }, [headingOf])

  const run = useCallback(
    (command: Command) => {
      if (command === 'help') return setDialog('shortcuts')
      if (command === 'share') return setDialog('share')
      if (command === 'refresh') return void load(views.map(({ service }) => service))
      if (command === 'find') return go('find')
      open(command)
    },
    [load],
  )
  useShortcuts(on, ordered, run)

  return (
    <div className="patient-bar">
      <Views page={page} />
      {page === 'patient' && (
        <nav className="patient-bar__jump" aria-label={t('page.jump')}>
          <ul>
            {ordered.map(({ service }) => (
              <li key={service}>
                <a {...linkTo(service)}>{nameOf(service)}</a>
              </li>
            ))}
          </ul>
        </nav>
      )}
      <div className="patient-bar__tools">
        <button type="button" className="link-button" onClick={() => setDialog('share')}>
          {t('word.copy')}
        </button>
        {page === 'patient' && (
          <button type="button" className="link-button" onClick={() => setDialog('arrange')}>
            {t('arrange.title')}
          </button>
        )}
        <button type="button" className="link-button" onClick={() => setDialog('shortcuts')}>
          {t('word.keyboard')}
        </button>
      </div>
      <PrintHeading lines={heading} />
      {dialog === 'share' && <ShareDialog me={me} onClose={() => setDialog(undefined)} onHeading={setHeading} />}
      {dialog === 'arrange' && <ArrangeDialog onClose={() => setDialog(undefined)} />}
      {dialog === 'shortcuts' && (
        <ShortcutsDialog
          on={on}
          onTurn={(wanted) => {
            turn(wanted)
            setOn(wanted)
          }}
          onClose={() => setDialog(undefined)}
        />
      )}
    </div>
  )
}

/** Links to the views of the patient. */
function Views({ page }: { page: PatientPage }) {
  const { t } = useTranslation('clinician')
  return (
    <nav aria-label={t('page.views')}>
      <ul className="patient-bar__views">
        {patientPages
          .filter((one) => patientViews.includes(one) || one === page)
          .map((one) => (
            <li key={one}>
              <a
                href={addressOf(one)}
                aria-current={one === page ? 'page' : undefined}
                onClick={(event) => {
                  if (!isPlain(event)) return
                  event.preventDefault()
                  open(one)
                }}
              >
                {t(`page.view.${one}`)}
              </a>
            </li>
          ))}
      </ul>
    </nav>
  )
}

/** On paper only: who printed it, when, where and why, and the number where it was asked for. The banner names the patient. */
function PrintHeading({ lines }: { lines: string[] }) {
  return (
    <div className="print-only" aria-hidden="true">
      {lines.slice(1).map((line) => (
        <p key={line}>{line}</p>
      ))}
    </div>
  )
}
