/**
 * The medication list of the open patient: what is used now first, regular, as needed and courses, with the dose in the words of the
 * sender; then what changed lately, what a pharmacy proposes, and what was discontinued, with the reason. Who made the list, when and how
 * long ago stands on top.
 */

import Tag from '@helsenorge/designsystem-react/components/Tag'
import { SourceLine } from '@helsevev/panel/SourceLine'
import { defineView } from '@helsevev/panel/view.ts'
import { formatAge, formatDate, formatDateTime } from '@helsevev/ui/format.ts'
import { useWords } from '@helsevev/ui/useWords'
import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { identity } from '../identity.ts'
import type { Standing } from '../model/standing.ts'
import { type Change, changesSince } from './changes.ts'
import { snapshot, timeline } from './lines.ts'
import './panel.css'
import type { MedicationListData, ShownLine, Use } from './panel-data.ts'
import { medicationListTexts } from './texts.ts'
import { drugWords, reasonWords, sentences, stepWords } from './words.ts'

const NAMESPACE = 'medication-list'
const uses: readonly Use[] = ['regular', 'as-needed', 'course', 'other']

interface Drawn {
  data: MedicationListData
}

function Some({ data }: Drawn) {
  const { t } = useTranslation(NAMESPACE)
  const { lines, proposed, more } = data
  const of = (standing: Standing) => lines.filter((one) => one.standing === standing)
  const [inUse, notStarted, over, stopped] = [of('in-use'), of('not-started'), of('over'), of('stopped')]
  const changes = changesSince(lines, new Date())
  return (
    <div className="medication">
      <Made data={data} />
      {inUse.length === 0 && <p>{t(data.list?.isEmpty ? 'empty' : 'noneNow')}</p>}
      {uses.map((use) => (
        <Group key={use} name={t(`group.${use}`)} lines={inUse.filter((one) => one.use === use)} />
      ))}
      <Group name={t('group.not-started')} lines={notStarted} />
      <Group name={t('group.over')} lines={over} />
      <Group name={t('group.proposed')} lines={proposed}>
        <p className="medication__note">
          {t('proposedText')} {data.proposedBy && t('proposedBy', { who: data.proposedBy })}
        </p>
      </Group>
      {changes.length > 0 && <Changes changes={changes} />}
      {stopped.length > 0 && (
        <details className="medication__folded">
          <summary>{t('stopped', { count: stopped.length })}</summary>
          <Lines lines={stopped} />
        </details>
      )}
      {more && <p className="medication__note">{t('more')}</p>}
    </div>
  )
}

/** Who made the list, where, when, and how long ago; and who is responsible for multidose. */
function Made({ data: { list, otherList, multidose } }: Drawn) {
  const { t, i18n } = useTranslation(NAMESPACE)
  const { language } = i18n
  return (
    <div className="medication__made">
      {list ? (
        <p>
          {t('made', { date: formatDateTime(list.made, language), age: formatAge(list.made, new Date(), language) })}{' '}
          {t('madeBy', { who: [list.by, list.controller.name].filter(Boolean).join(', ') })}
        </p>
      ) : (
        <p>{t('noList')}</p>
      )}
      {list?.notes.map((note) => (
        <p key={note} className="medication__note">
          {note}
        </p>
      ))}
      {otherList && <p className="medication__warning">{t('otherList', { date: formatDateTime(otherList, language) })}</p>}
      {multidose && (
        <p className="medication__note">
          <Tag>{t('multidose')}</Tag>{' '}
          {[
            ...(multidose.doctor ? [`${t('multidose.doctor')}: ${multidose.doctor}`] : []),
            ...(multidose.pharmacy ? [`${t('multidose.pharmacy')}: ${multidose.pharmacy}`] : []),
          ].join('. ')}
        </p>
      )}
    </div>
  )
}

function Group({ name, lines, children }: { name: string; lines: ShownLine[]; children?: ReactNode }) {
  const headingId = useId()
  if (lines.length === 0) return null
  return (
    <section aria-labelledby={headingId}>
      <h3 id={headingId} className="medication__group">
        {name}
      </h3>
      {children}
      <Lines lines={lines} />
    </section>
  )
}

function Lines({ lines }: { lines: ShownLine[] }) {
  return (
    <ul className="medication__list">
      {lines.map((one) => (
        <li key={one.id} className={`medication__one medication__one--${one.standing}`}>
          <Line one={one} />
        </li>
      ))}
    </ul>
  )
}

function Line({ one }: { one: ShownLine }) {
  const { t } = useTranslation(NAMESPACE)
  const words = useWords(NAMESPACE)
  const { dose, area, steps, contradictions, notes, hasPrescription, controller, prescriber, changed } = one
  return (
    <article>
      <div className="medication__head">
        <h4 className="medication__drug">{drugWords(one, words)}</h4>
        {!hasPrescription && <Tag>{t('noPrescription')}</Tag>}
      </div>
      <p className="medication__dose">
        <span className="medication__label">{t('dose')}</span> {[dose ?? t('noDose'), area].filter(Boolean).join(', ')}
      </p>
      {steps.length > 1 && (
        <ol className="medication__steps">
          {steps
            .map((step) => stepWords(step, words))
            .map((text) => (
              <li key={text}>{text}</li>
            ))}
        </ol>
      )}
      {contradictions.map((about) => (
        <p key={about} className="medication__warning">
          {t('contradiction', { about })}
        </p>
      ))}
      <Ended one={one} />
      <Facts one={one} />
      {notes.map((note) => (
        <p key={note} className="medication__note">
          {note}
        </p>
      ))}
      <SourceLine controller={controller.name} author={prescriber} time={changed} phone={controller.phone} />
    </article>
  )
}

/** When and why it was discontinued, or is to be. */
function Ended({ one: { stop, standing } }: { one: ShownLine }) {
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

function Facts({ one }: { one: ShownLine }) {
  const { t, i18n } = useTranslation(NAMESPACE)
  const date = (value: string) => formatDate(value, i18n.language)
  const { label, start, end, validUntil, standing } = one
  const isExpired = standing === 'in-use' && validUntil !== undefined && validUntil < new Date().toISOString().slice(0, 10)
  const shown = [
    ...(label ? [{ name: t('label'), text: label }] : []),
    ...(start ? [{ name: t(standing === 'not-started' ? 'starts' : 'start'), text: date(start) }] : []),
    ...(end ? [{ name: t('end'), text: date(end) }] : []),
    ...(validUntil && standing !== 'stopped' ? [{ name: t('validUntil'), text: date(validUntil) }] : []),
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
      {isExpired && <p className="medication__warning">{t('expired')}</p>}
    </>
  )
}

function Changes({ changes }: { changes: readonly Change[] }) {
  const { t, i18n } = useTranslation(NAMESPACE)
  const words = useWords(NAMESPACE)
  return (
    <details className="medication__folded">
      <summary>{t('changes', { count: changes.length })}</summary>
      <ul className="medication__rows">
        {changes.map(({ line, time, kind }) => (
          <li key={`${line.id} ${kind}`}>
            <time dateTime={time}>{formatDate(time, i18n.language)}</time>: {t(`change.${kind}`)}, {drugWords(line, words)}
            {kind !== 'stopped' && line.dose && <>, {line.dose}</>}
          </li>
        ))}
      </ul>
    </details>
  )
}

export const view = defineView({
  service: identity,
  namespace: NAMESPACE,
  texts: medicationListTexts,
  Some,
  timeline,
  snapshot,
  hasVersions: true,
})
