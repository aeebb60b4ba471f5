/** Prescriptions for the person they are for: what is ready to be fetched, what was fetched and where, what was withdrawn and why. */

import { Entries, Entry, Fact, Facts } from '@helsevev/panel/Entry'
import { isNew } from '@helsevev/panel/panel.ts'
import { defineView } from '@helsevev/panel/view.ts'
import { formatDate, formatDecimal, formatNumber } from '@helsevev/ui/format.ts'
import type { Words } from '@helsevev/ui/texts.ts'
import { useTranslation } from 'react-i18next'
import { identity } from '../../identity.ts'
import type { Amount, EPrescriptionsData, ShownDispensing, ShownPrescription, Standing } from '../panel-data.ts'
import { ePrescriptionsCitizenTexts } from './texts.ts'

const NAMESPACE = 'e-prescriptions/citizen'
type T = Words<typeof NAMESPACE>

interface Drawn {
  data: EPrescriptionsData
  since?: string | undefined
}

function Some({ data, since }: Drawn) {
  const { t, i18n } = useTranslation(NAMESPACE)
  const of = (standing: Standing) => data.prescriptions.filter((one) => one.standing === standing)
  const [open, unclear, ended] = [of('open').filter(isReady), of('unclear'), of('ended')]
  const awaiting = of('open').filter((one) => !isReady(one))
  const list = (prescriptions: ShownPrescription[]) => (
    <Entries>
      {prescriptions.map((one) => (
        <Prescription key={one.number} one={one} since={since} />
      ))}
    </Entries>
  )
  return (
    <>
      <p className="entry__note">{t('lead')}</p>
      {data.lockedExist && <p className="entry__note">{t('lockedExist', { date: formatDate(data.lockedExist, i18n.language) })}</p>}
      {open.length > 0 ? (
        <div className="panel__group">
          <h3 className="panel__part">{t('group.open')}</h3>
          {list(open)}
        </div>
      ) : (
        <p>{t('noneOpen')}</p>
      )}
      {awaiting.length > 0 && (
        <div className="panel__group">
          <h3 className="panel__part">{t('group.awaiting')}</h3>
          {list(awaiting)}
        </div>
      )}
      {unclear.length > 0 && (
        <div className="panel__group">
          <h3 className="panel__part">{t('group.unclear')}</h3>
          {list(unclear)}
        </div>
      )}
      {ended.length > 0 && (
        <details className="entry-help" open={ended.some(({ reported }) => isNew(reported, since))}>
          <summary>{t('group.ended', { count: ended.length })}</summary>
          {list(ended)}
        </details>
      )}
      {data.more && <p className="entry__note">{t('more')}</p>}
      <p className="entry__note">{t('ask')}</p>
    </>
  )
}

/** What waits for approval (B of list 7408) cannot be fetched before it is given. */
function isReady({ state }: ShownPrescription): boolean {
  return state !== 'B'
}

function Prescription({ one, since }: { one: ShownPrescription; since: string | undefined }) {
  const { t, i18n } = useTranslation(NAMESPACE)
  const date = (value: string) => formatDate(value, i18n.language)
  const { isLocked, standing, dose, label, area, prescriber, authored, earliest, validUntil, contradictions, notes, dispensings } = one
  const canBeFetched = standing === 'open' && isReady(one)
  const left = canBeFetched ? leftOf(one, t, i18n.language) : undefined
  return (
    <Entry id={one.number} title={titleOf(one, t)} isNew={isNew(one.reported, since)}>
      {sentencesOf(one, t, i18n.language).map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {one.recalls[0]?.notes.map((note) => (
        <p key={note} className="entry__text">
          {note}
        </p>
      ))}
      {isLocked && <p>{t('lockedText')}</p>}
      <Facts>
        {dose && (
          <Fact label={t('dose')}>
            <span className="entry__text">{dose}</span>
          </Fact>
        )}
        {label && <Fact label={t('label')}>{label}</Fact>}
        {area && <Fact label={t('area')}>{area}</Fact>}
        {left && <Fact label={t('left')}>{left}</Fact>}
        {canBeFetched && earliest && <Fact label={t('earliest')}>{date(earliest)}</Fact>}
        {canBeFetched && validUntil && <Fact label={t('validUntil')}>{date(validUntil)}</Fact>}
        {authored && <Fact label={t('authored')}>{date(authored)}</Fact>}
        {prescriber && <Fact label={t('by')}>{prescriber}</Fact>}
      </Facts>
      {contradictions.length > 0 && <p>{t('contradiction')}</p>}
      {notes.map((note) => (
        <p key={note} className="entry__text">
          {note}
        </p>
      ))}
      {one.previous && <p className="entry__note">{t('renews')}</p>}
      <Fetched dispensings={dispensings} isExpected={canBeFetched} />
    </Entry>
  )
}

function Fetched({ dispensings, isExpected }: { dispensings: ShownDispensing[]; isExpected: boolean }) {
  const { t, i18n } = useTranslation(NAMESPACE)
  if (dispensings.length === 0) return isExpected ? <p className="entry__note">{t('notFetched')}</p> : null
  const parts = ({ drug, amount, pharmacy, controller, isCancelled }: ShownDispensing) => [
    drug,
    amount && amountOf(amount, t, i18n.language),
    pharmacy ?? controller.name,
    ...(isCancelled ? [t('cancelled')] : []),
  ]
  return (
    <div>
      <p className="entry__note">{t('fetched')}</p>
      <ul className="entry__list">
        {dispensings.map((one) => (
          <li key={one.id}>{[formatDate(one.time, i18n.language), ...parts(one)].filter(Boolean).join(', ')}</li>
        ))}
      </ul>
    </div>
  )
}

function titleOf({ drug, isLocked }: ShownPrescription, t: T): string {
  return drug ?? t(isLocked ? 'locked' : 'notHere')
}

function amountOf({ value, unit }: Amount, t: T, language: string): string {
  if (unit === undefined) return t('packages', { count: Number(value), packages: formatDecimal(value, language) })
  return [formatDecimal(value, language), unit].filter(Boolean).join(' ')
}

function leftOf({ left }: ShownPrescription, t: T, language: string): string | undefined {
  if (!left) return undefined
  if ('dispensings' in left) return t('times', { count: left.dispensings })
  return t('packages', { count: left.packages, packages: formatNumber(left.packages, language) })
}

/** Why it can be fetched or not, and what becomes of it. */
function sentencesOf(one: ShownPrescription, t: T, language: string): string[] {
  const { state, ends, recall, recalls } = one
  if (state === 'E') return []
  if (state === 'T') return [withdrawnBecause(one, t, language)]
  const date = state === 'F' && ends ? formatDate(new Date(Date.parse(ends) - 1), language) : ''
  const isWaiting = recall?.standing === 'waiting' && recalls.length > 0
  return [t(`state.${state}`, { date }), ...(isWaiting ? [t('waiting')] : [])]
}

/** Volven 7500. */
function withdrawnBecause({ recall, recalls: [latest] }: ShownPrescription, t: T, language: string): string {
  if (!latest) return t('withdrawn')
  const reason = latest.reason ?? recall?.reason
  const date = formatDate(latest.time, language)
  return t(reason === '1' || reason === '2' || reason === '3' ? `recalled.${reason}` : 'recalled.other', { date })
}

export const view = defineView({
  service: identity,
  namespace: NAMESPACE,
  texts: ePrescriptionsCitizenTexts,
  Some,
  newIn: ({ prescriptions }, since, { t }) =>
    prescriptions
      .filter(({ reported }) => isNew(reported, since))
      .map((one) => ({ id: one.number, title: titleOf(one, t), ...(one.authored ? { time: one.authored } : {}) })),
})
