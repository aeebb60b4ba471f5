/** A line of the list: the drug, its dose in the words of the sender, for what, since when, until when, and when it was last dispensed. */

import Tag from '@helsenorge/designsystem-react/components/Tag'
import type { Beside } from '@helsevev/clinical/medicines/beside'
import { SourceLine } from '@helsevev/panel/SourceLine'
import { dayInNorway, formatDate, formatDateTime } from '@helsevev/ui/format.ts'
import { useWords } from '@helsevev/ui/useWords'
import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { chainOf, dispensedLast, isExpired } from '../candidates.ts'
import type { ShownLine } from '../panel-data.ts'
import { contradictionText, drugWords, reasonWords, sentences, stepWords } from '../words.ts'

const NAMESPACE = 'medication-list'

interface Listed {
  lines: readonly ShownLine[]
  beside: Beside | undefined
}

export function Group({ name, lines, beside, children }: Listed & { name: string; children?: ReactNode }) {
  const headingId = useId()
  if (lines.length === 0) return null
  return (
    <section aria-labelledby={headingId}>
      <h3 id={headingId} className="medication__group">
        {name}
      </h3>
      {children}
      <Lines lines={lines} beside={beside} />
    </section>
  )
}

export function Lines({ lines, beside }: Listed) {
  return (
    <ul className="medication__list">
      {lines.map((one) => (
        <li key={one.id} className={`medication__one medication__one--${one.standing}`}>
          <Line one={one} beside={beside} />
        </li>
      ))}
    </ul>
  )
}

interface Drawn {
  one: ShownLine
  beside: Beside | undefined
}

function Line({ one, beside }: Drawn) {
  const { t } = useTranslation(NAMESPACE)
  const words = useWords(NAMESPACE)
  const { dose, area, contradictions, reasons, notes, prescriptions, controller, prescriber, changed } = one
  return (
    <article>
      <div className="medication__head">
        <h4 className="medication__drug">{drugWords(one, words)}</h4>
        {prescriptions.length === 0 && <Tag>{t('noPrescription')}</Tag>}
      </div>
      <p className="medication__dose">
        <span className="medication__label">{t('dose')}</span> {[dose ?? t('noDose'), area].filter(Boolean).join(', ')}
      </p>
      <Steps one={one} />
      {contradictions.map((about) => (
        <p key={about} className="medication__warning">
          {contradictionText(about, words)}
        </p>
      ))}
      <Ended one={one} />
      <Facts one={one} beside={beside} />
      {[...reasons, ...notes].map((note) => (
        <p key={note} className="medication__note">
          {note}
        </p>
      ))}
      <SourceLine controller={controller.name} author={prescriber} time={changed} phone={controller.phone} />
    </article>
  )
}

/** The parts of a taper, in order. One part alone is in the dose. */
export function Steps({ one: { steps } }: { one: ShownLine }) {
  const words = useWords(NAMESPACE)
  if (steps.length < 2) return null
  return (
    <ol className="medication__steps">
      {steps
        .map((step) => stepWords(step, words))
        .map((text) => (
          <li key={text}>{text}</li>
        ))}
    </ol>
  )
}

/** When and why it was discontinued, or is to be. */
export function Ended({ one: { stop, standing } }: { one: ShownLine }) {
  const { t, i18n } = useTranslation(NAMESPACE)
  const words = useWords(NAMESPACE)
  if (!stop) return null
  const date = stop.time && formatDateTime(stop.time, i18n.language)
  const when = standing !== 'stopped' ? t('stopPlanned', { date: date ?? '' }) : date ? t('stoppedAt', { date }) : t('stoppedUndated')
  return (
    <p className={standing === 'stopped' ? undefined : 'medication__warning'}>
      {sentences([when, reasonWords(stop, words), stop.note, stop.by])}
    </p>
  )
}

function Facts({ one, beside }: Drawn) {
  const { t, i18n } = useTranslation(NAMESPACE)
  const date = (value: string) => formatDate(value, i18n.language)
  const { label, start, end, validUntil, standing } = one
  const last = dispensedLast(one, beside)
  const isKnown = chainOf(one, beside?.prescriptions.data?.prescriptions ?? []).length > 0
  const dispensed = last ? [date(last.time), last.pharmacy].filter(Boolean).join(', ') : isKnown && t('notDispensed')
  const shown = [
    ...(label ? [{ name: t('label'), text: label }] : []),
    ...(start ? [{ name: t(standing === 'not-started' ? 'starts' : 'start'), text: date(start) }] : []),
    ...(end ? [{ name: t('end'), text: date(end) }] : []),
    ...(validUntil && standing !== 'stopped' ? [{ name: t('validUntil'), text: date(validUntil) }] : []),
    ...(dispensed ? [{ name: t('dispensedLast'), text: dispensed }] : []),
  ]
  return (
    <>
      {shown.length > 0 && (
        <dl className="medication__facts">
          {shown.map(({ name, text }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      )}
      {isExpired(one, beside, dayInNorway(new Date())) && <p className="medication__warning">{t('expired')}</p>}
    </>
  )
}
