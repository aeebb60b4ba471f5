/** New, changed, ended and unchanged, with before and after, and with the reason where one is stated. */
import Tag from '@helsenorge/designsystem-react/components/Tag'
import { type DoseDelta, dailyWords } from '@helsevev/clinical/medicines/dose-delta'
import { formatDateTime } from '@helsevev/ui/format.ts'
import { useWords } from '@helsevev/ui/useWords'
import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { ShownLine } from '../panel-data.ts'
import { Ended, Steps } from '../parts/Line.tsx'
import { drugWords } from '../words.ts'
import { type HandOver, handOver, type Version } from './handover.ts'

const NAMESPACE = 'medication-list'

interface HandOverProps {
  before: Version
  after: Version
  /** On paper: who the patient is. */
  person?: string | undefined
}

export function HandOverView({ before, after, person }: HandOverProps) {
  const { t, i18n } = useTranslation('medication-list/more')
  const words = useWords(NAMESPACE)
  const found = handOver(before, after)
  const { started, changed, ended, removed, same } = found
  const nameOf = ({ list }: Version) => [formatDateTime(list.made, i18n.language), list.by ?? list.controller.name].join(', ')
  const deltaWords = ({ before: was, after: is, change }: DoseDelta) =>
    was && is && change !== 'unknown'
      ? t(`handing.dose.${change}`, { before: dailyWords(was), after: dailyWords(is) })
      : t('handing.dose.unknown')
  return (
    <div className="medication__hand-over">
      {person && <h2>{t('handing.title', { person })}</h2>}
      <p>
        {t('handing.from', { version: nameOf(before) })}
        <br />
        {t('handing.to', { version: nameOf(after) })}
      </p>
      {after.list.notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
      {isNothing(found) && <p>{t('handing.nothing')}</p>}
      <Part name={t('handing.started', { count: started.length })} of={started}>
        {({ line, isResumed }) => (
          <>
            <Drug line={line} mark={isResumed ? t('handing.resumed') : undefined} />
            <Reasons line={line} />
          </>
        )}
      </Part>
      <Part name={t('handing.changed', { count: changed.length })} of={changed}>
        {({ before: was, after: is, dose }) => (
          <>
            <Drug line={is} />
            <p className="medication__was">
              {t('handing.was')}{' '}
              {[was.drug === is.drug ? undefined : drugWords(was, words), doseWords(was, words.t('noDose'))].filter(Boolean).join(', ')}
            </p>
            {dose && <p className="medication__was">{deltaWords(dose)}</p>}
            <Reasons line={is} />
          </>
        )}
      </Part>
      <Part name={t('handing.ended', { count: ended.length })} of={ended}>
        {(line) => (
          <>
            <strong>{drugWords(line, words)}</strong>
            <Ended one={line} />
            {!line.stop && <p>{t(line.standing === 'over' ? 'handing.over' : 'handing.noReason')}</p>}
            <Notes line={line} />
          </>
        )}
      </Part>
      <Part name={t('handing.removed', { count: removed.length })} of={removed}>
        {(line) => <Drug line={line} />}
      </Part>
      {same.length > 0 && (
        <details className="medication__folded">
          <summary>{t('handing.same', { count: same.length })}</summary>
          <ul className="medication__rows">
            {same.map((line) => (
              <li key={line.id}>
                <Drug line={line} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  )
}

function isNothing({ started, changed, ended, removed }: HandOver): boolean {
  return [started, changed, ended, removed].every(({ length }) => length === 0)
}

interface PartProps<One> {
  name: string
  of: readonly One[]
  children: (one: One) => ReactNode
}

function Part<One>({ name, of, children }: PartProps<One>) {
  const headingId = useId()
  if (of.length === 0) return null
  return (
    <section aria-labelledby={headingId}>
      <h3 id={headingId} className="medication__group">
        {name}
      </h3>
      <ul className="medication__rows medication__rows--apart">
        {of.map((one, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two versions that stay as they are
          <li key={index}>{children(one)}</li>
        ))}
      </ul>
    </section>
  )
}

function doseWords({ dose, area }: ShownLine, none: string): string {
  return [dose ?? none, area].filter(Boolean).join(', ')
}

function Drug({ line, mark }: { line: ShownLine; mark?: string | undefined }) {
  const words = useWords(NAMESPACE)
  return (
    <>
      <strong>{drugWords(line, words)}</strong> {mark && <Tag>{mark}</Tag>}
      <p className="medication__dose">{doseWords(line, words.t('noDose'))}</p>
      <Steps one={line} />
    </>
  )
}

function Notes({ line: { reasons, notes } }: { line: ShownLine }) {
  return [...reasons, ...notes].map((note) => (
    <p key={note} className="medication__note">
      {note}
    </p>
  ))
}

function Reasons({ line }: { line: ShownLine }) {
  return (
    <>
      <Notes line={line} />
      {line.prescriber && <p className="medication__label">{line.prescriber}</p>}
    </>
  )
}
