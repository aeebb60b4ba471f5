/**
 * The prescriptions of the open patient: those that can be dispensed first, with the dose as sent and what is left, then what is expired or
 * ended.
 */

import StatusDot from '@helsenorge/designsystem-react/components/StatusDot'
import Tag from '@helsenorge/designsystem-react/components/Tag'
import { SourceLine } from '@helsevev/panel/SourceLine'
import { defineView } from '@helsevev/panel/view.ts'
import { formatDate, formatDateTime } from '@helsevev/ui/format.ts'
import { codedText } from '@helsevev/ui/texts.ts'
import { useWords } from '@helsevev/ui/useWords'
import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { identity } from '../identity.ts'
import { snapshot, timeline } from './lines.ts'
import './panel.css'
import type { EPrescriptionsData, ShownDispensing, ShownPrescription, ShownRecall, Standing } from './panel-data.ts'
import { ePrescriptionsTexts } from './texts.ts'
import { amountWords, answerWords, contradictionText, drugWords, leftWords, reasonWords } from './words.ts'

const NAMESPACE = 'e-prescriptions'

/** The dot of the design system differs in shape as well as colour, and has words. */
const dots = { open: 'active', unclear: 'pending', ended: 'transparent' } as const satisfies Record<Standing, string>

function Some({ data }: { data: EPrescriptionsData }) {
  const { t, i18n } = useTranslation(NAMESPACE)
  const of = (standing: Standing) => data.prescriptions.filter((one) => one.standing === standing)
  const [open, unclear, ended] = [of('open'), of('unclear'), of('ended')]
  return (
    <div className="prescriptions">
      {data.lockedExist && (
        <p className="prescriptions__remark">{t('lockedExist', { date: formatDate(data.lockedExist, i18n.language) })}</p>
      )}
      {open.length > 0 ? <Group name={t('group.open')} prescriptions={open} /> : <p>{t('noneOpen')}</p>}
      {unclear.length > 0 && <Group name={t('group.unclear')} prescriptions={unclear} />}
      {ended.length > 0 && (
        <details className="prescriptions__ended">
          <summary>{t('group.ended', { count: ended.length })}</summary>
          <List prescriptions={ended} />
        </details>
      )}
      {data.more && <p className="prescriptions__remark">{t('more')}</p>}
    </div>
  )
}

function Group({ name, prescriptions }: { name: string; prescriptions: ShownPrescription[] }) {
  const headingId = useId()
  return (
    <section aria-labelledby={headingId}>
      <h3 id={headingId} className="prescriptions__group">
        {name}
      </h3>
      <List prescriptions={prescriptions} />
    </section>
  )
}

function List({ prescriptions }: { prescriptions: ShownPrescription[] }) {
  return (
    <ul className="prescriptions__list">
      {prescriptions.map((one) => (
        <li key={one.number} className={`prescriptions__one prescriptions__one--${one.standing}`}>
          <Prescription one={one} />
        </li>
      ))}
    </ul>
  )
}

function Prescription({ one }: { one: ShownPrescription }) {
  const { t } = useTranslation(NAMESPACE)
  const words = useWords(NAMESPACE)
  const { state, standing, isLocked, use, contradictions, notes, recall, previous, prescriber, authored, controllers } = one
  const [first, ...others] = controllers
  return (
    <article>
      <div className="prescriptions__head">
        <h4 className="prescriptions__drug">{drugWords(one, words)}</h4>
        <StatusDot variant={dots[standing]} text={t(`state.${state}`)} />
        {use && <Tag>{codedText(t, 'use', use) ?? use}</Tag>}
      </div>
      {isLocked && <p className="prescriptions__remark">{t('lockedText')}</p>}
      {!authored && <p className="prescriptions__remark">{t('notHereText')}</p>}
      {authored && <Content one={one} />}
      {contradictions.map((about) => (
        <p key={about} className="prescriptions__warning">
          {contradictionText(about, words)}
        </p>
      ))}
      {notes.map((note) => (
        <p key={note} className="prescriptions__note">
          {note}
        </p>
      ))}
      {recall && <p className="prescriptions__warning">{recallSentence(one, t)}</p>}
      {previous && <p className="prescriptions__note">{t('renews')}</p>}
      {one.recalls.length > 0 && <Recalls recalls={one.recalls} />}
      {!isLocked && <Dispensings dispensings={one.dispensings} />}
      <SourceLine controller={first.name} author={prescriber} time={authored} phone={first.phone} />
      {others.map(({ organization, name, phone }) => (
        <SourceLine key={organization} controller={name} phone={phone} />
      ))}
    </article>
  )
}

function recallSentence({ recall, recalls }: ShownPrescription, t: ReturnType<typeof useWords<typeof NAMESPACE>>['t']): string {
  const reason = recalls.length === 0 ? reasonWords(recall?.reason, { t, language: 'nb' }) : undefined
  return [
    ...(reason ? [`${reason}.`] : []),
    ...(recall ? [t(`recall.${recall.standing}`)] : []),
    ...(recall?.newNumber ? [t('renewed')] : []),
  ].join(' ')
}

function Content({ one }: { one: ShownPrescription }) {
  const { t, i18n } = useTranslation(NAMESPACE)
  const words = useWords(NAMESPACE)
  const date = (value: string) => formatDate(value, i18n.language)
  const { state, standing, isLocked, dose, area, label, amount, earliest } = one
  // What is left of one that has ended cannot be had.
  const left = standing === 'open' ? leftWords(one, words) : undefined
  const validUntil = standing === 'open' || state === 'F' ? one.validUntil : undefined
  return (
    <>
      {!isLocked && (
        <p className="prescriptions__dose">
          <span className="prescriptions__label">{t('dose')}</span> {[dose ?? t('noDose'), area].filter(Boolean).join(', ')}
        </p>
      )}
      <dl className="prescriptions__facts">
        {label && <Fact label={t('label')}>{label}</Fact>}
        {amount && <Fact label={t('amount')}>{amountWords(amount, words)}</Fact>}
        {left && <Fact label={t('left')}>{left}</Fact>}
        {standing === 'open' && earliest && <Fact label={t('earliest')}>{date(earliest)}</Fact>}
        {validUntil && <Fact label={t('validUntil')}>{date(validUntil)}</Fact>}
      </dl>
    </>
  )
}

function Recalls({ recalls }: { recalls: ShownRecall[] }) {
  const { t, i18n } = useTranslation(NAMESPACE)
  const words = useWords(NAMESPACE)
  return (
    <div className="prescriptions__part">
      <h5 className="prescriptions__label">{t('recall.title')}</h5>
      <ul className="prescriptions__rows">
        {recalls.map(({ id, time, by, reason, answer, withdrawn, notes, controller }) => (
          <li key={id}>
            <p>
              <time dateTime={time}>{formatDateTime(time, i18n.language)}</time>:{' '}
              {[reasonWords(reason, words), by ?? controller.name].filter(Boolean).join(', ')}
            </p>
            <p className="prescriptions__note">{answerWords({ answer, withdrawn }, words)}</p>
            {notes.map((note) => (
              <p key={note} className="prescriptions__note">
                {note}
              </p>
            ))}
          </li>
        ))}
      </ul>
    </div>
  )
}

function Dispensings({ dispensings }: { dispensings: ShownDispensing[] }) {
  const { t, i18n } = useTranslation(NAMESPACE)
  const words = useWords(NAMESPACE)
  if (dispensings.length === 0) return <p className="prescriptions__note">{t('dispensings.none')}</p>
  return (
    <div className="prescriptions__part">
      <h5 className="prescriptions__label">{t('dispensings')}</h5>
      <ul className="prescriptions__rows">
        {dispensings.map(({ id, time, drug, amount, pharmacy, isCancelled, controller }) => (
          <li key={id} className={isCancelled ? 'prescriptions__row--cancelled' : undefined}>
            <time dateTime={time}>{formatDate(time, i18n.language)}</time>:{' '}
            <span>{[drug, amount && amountWords(amount, words), pharmacy ?? controller.name].filter(Boolean).join(', ')}</span>{' '}
            {isCancelled && <Tag>{t('dispensing.cancelled')}</Tag>}
          </li>
        ))}
      </ul>
    </div>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}

export const view = defineView({
  service: identity,
  namespace: NAMESPACE,
  texts: ePrescriptionsTexts,
  Some,
  timeline,
  snapshot,
  // A recall that is not answered, or waits for a dispensing, can still be too late.
  urgency: ({ prescriptions }) =>
    prescriptions.some(({ recall }) => recall && ['pending', 'waiting', 'failed'].includes(recall.standing)) ? 1 : 0,
})
