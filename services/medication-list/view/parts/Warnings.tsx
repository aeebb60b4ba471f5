/** What to act on: two that may be one drug twice, each with its source, prescriptions that are over, and a list that is too old. */

import Tag from '@helsenorge/designsystem-react/components/Tag'
import { dayInNorway, formatDate, formatDateTime } from '@helsevev/ui/format.ts'
import { useWords } from '@helsevev/ui/useWords'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { type Candidate, candidatesOf, isExpired, newerThanList, type Side } from '../candidates.ts'
import type { MedicationListData } from '../panel-data.ts'
import { drugWords, sentences } from '../words.ts'

const NAMESPACE = 'medication-list'

export function Warnings({ data }: { data: MedicationListData }) {
  const { t, i18n } = useTranslation(NAMESPACE)
  const words = useWords(NAMESPACE)
  const headingId = useId()
  const pairs = candidatesOf(data).filter(({ grade }) => grade !== 'group')
  const today = dayInNorway(new Date())
  const expired = data.lines.filter((line) => isExpired(line, data.beside, today))
  const newer = newerThanList(data)
  if (pairs.length === 0 && expired.length === 0 && !newer) return null
  return (
    <section aria-labelledby={headingId}>
      <h3 id={headingId} className="medication__group">
        {t('act')}
      </h3>
      <ul className="medication__list">
        {pairs.map((pair) => (
          <li key={pair.key} className={`medication__one medication__one--${pair.standing}`}>
            <Pair pair={pair} />
          </li>
        ))}
        {expired.length > 0 && (
          <li className="medication__one medication__one--candidate">
            <p className="medication__what">{t('expiredTitle')}</p>
            <ul className="medication__rows">
              {expired.map((line) => (
                <li key={line.id}>
                  {t('expiredLine', { drug: drugWords(line, words), date: formatDate(line.validUntil ?? '', i18n.language) })}
                </li>
              ))}
            </ul>
          </li>
        )}
        {newer && (
          <li className="medication__one medication__one--candidate">
            <p className="medication__what">{t('newerTitle')}</p>
            <p>
              {t('newer', {
                drug: newer.drug ?? t('notStated'),
                date: formatDate(newer.authored ?? '', i18n.language),
                who: newer.prescriber ?? newer.controllers.join(', '),
              })}
            </p>
          </li>
        )}
      </ul>
    </section>
  )
}

function Pair({ pair: { sides, standing, grade, handled } }: { pair: Candidate }) {
  const { t, i18n } = useTranslation(NAMESPACE)
  return (
    <>
      <div className="medication__head">
        <p className="medication__what">{t(`pair.${grade === 'product' ? 'product' : 'substance'}`)}</p>
        {standing !== 'candidate' && <Tag>{t(`pair.${standing}`)}</Tag>}
      </div>
      <ul className="medication__rows">
        {sides.map((side) => (
          <li key={side.kind === 'line' ? side.line.id : side.prescription.number}>
            <Source side={side} />
          </li>
        ))}
      </ul>
      {handled && (
        <p className="medication__note">
          {sentences([
            t('pair.markedBy', {
              who: handled.by ?? t('pair.somebody'),
              date: handled.time ? formatDateTime(handled.time, i18n.language) : '–',
            }),
            handled.note,
            handled.isChangedSince ? t('pair.changedSince') : undefined,
          ])}
          .
        </p>
      )}
    </>
  )
}

/** The drug and its dose, where it stands, and who prescribed it. */
function Source({ side }: { side: Side }) {
  const { t, i18n } = useTranslation(NAMESPACE)
  const words = useWords(NAMESPACE)
  const one = side.kind === 'line' ? side.line : side.prescription
  const drug = side.kind === 'line' ? drugWords(side.line, words) : (one.drug ?? t('notStated'))
  const controller = side.kind === 'line' ? side.line.controller.name : side.prescription.controllers.join(', ')
  const time = side.kind === 'line' ? side.line.changed : side.prescription.authored
  const source = [one.prescriber, controller, time && formatDate(time, i18n.language)].filter(Boolean).join(', ')
  return (
    <>
      <strong>{drug}</strong>
      {one.dose && <>, {one.dose}</>}
      <br />
      <span className="medication__label">
        {t(`pair.in.${side.kind}`)}: {source}
      </span>
    </>
  )
}
