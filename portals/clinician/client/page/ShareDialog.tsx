/** Copies the page as text, or prints it. Neither holds the identity number unless the person ticks that it should. */
import Button from '@helsenorge/designsystem-react/components/Button'
import { languageOf } from '@helsevev/ui/format.ts'
import { announce } from '@helsevev/ui/Shell'
import { useEffect, useId, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import type { SignedIn } from '../../contract.ts'
import { views } from '../../panels.client.ts'
import { fetchIdentityNumber, isProblem } from '../server.ts'
import { copyText } from './clipboard.ts'
import { plainText } from './plain-text.ts'
import { shownSections } from './shown-sections.ts'
import { useHeading, useSectionOf } from './useSections.ts'

interface ShareDialogProps {
  me: SignedIn
  onClose: () => void
  /** Puts the heading on paper; an empty one takes it away. */
  onHeading: (heading: string[]) => void
}

export function ShareDialog({ me, onClose, onHeading }: ShareDialogProps) {
  const { t, i18n } = useTranslation('clinician')
  const [withNumber, setWithNumber] = useState(false)
  const [said, setSaid] = useState('')
  const dialog = useRef<HTMLDialogElement>(null)
  const sectionOf = useSectionOf()
  const headingOf = useHeading(me)
  const id = useId()
  useEffect(() => {
    dialog.current?.showModal()
  }, [])

  function tell(words: string) {
    setSaid(words)
    announce(words)
  }

  /** Undefined when the number was asked for and did not come. */
  async function heading(): Promise<string[] | undefined> {
    if (!withNumber || !me.patient) return headingOf()
    const answer = await fetchIdentityNumber(me.patient.opening)
    if (!isProblem(answer)) return headingOf(answer.identityNumber)
    tell(t('share.numberFailed'))
    return undefined
  }

  async function copy() {
    const lines = await heading()
    if (!lines) return
    const text = plainText(lines, shownSections() ?? views.map(sectionOf), languageOf(i18n.language))
    tell(t((await copyText(text)) ? 'share.copied' : 'share.failed'))
  }

  async function print() {
    const lines = await heading()
    if (!lines) return
    flushSync(() => onHeading(lines))
    dialog.current?.close()
    window.print()
    // The heading was asked for once, and is not on the next print from this window.
    onHeading([])
  }

  return (
    <dialog ref={dialog} className="dialog" aria-labelledby={`${id}-title`} onClose={onClose}>
      <div className="dialog__form">
        <h2 id={`${id}-title`}>{t('word.copy')}</h2>
        <p>{t('share.lead')}</p>
        <label className="tick">
          <input type="checkbox" checked={withNumber} onChange={(event) => setWithNumber(event.target.checked)} />
          <span>{t('share.number')}</span>
        </label>
        {said && <p className="share__said">{said}</p>}
        <div className="dialog__actions">
          <Button onClick={() => void copy()}>{t('share.copy')}</Button>
          <Button variant="outline" onClick={() => void print()}>
            {t('share.print')}
          </Button>
          <Button variant="borderless" onClick={() => dialog.current?.close()}>
            {t('word.close')}
          </Button>
        </div>
      </div>
    </dialog>
  )
}
