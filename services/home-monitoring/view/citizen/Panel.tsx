/**
 * Home measurements for the person who takes them: the latest of each kind, the days behind it, and the limits of the person's own plan.
 */

import { Entries, Entry } from '@helsevev/panel/Entry'
import { isNew } from '@helsevev/panel/panel.ts'
import { defineView } from '@helsevev/panel/view.ts'
import { formatDateTime, formatDecimal } from '@helsevev/ui/format.ts'
import { PhoneLink } from '@helsevev/ui/PhoneLink'
import { codedText } from '@helsevev/ui/texts.ts'
import { useTranslation } from 'react-i18next'
import { identity } from '../../identity.ts'
import { dayNumber } from '../numbers.ts'
import type { HomeMonitoringData, ShownKind } from '../panel-data.ts'
import { Course } from './Course.tsx'
import { homeMonitoringCitizenTexts } from './texts.ts'

const NAMESPACE = 'home-monitoring/citizen'

function Some({ data, since }: { data: HomeMonitoringData; since?: string | undefined }) {
  const { t, i18n } = useTranslation(NAMESPACE)
  return (
    <>
      <Entries>
        {data.kinds.map((kind) => (
          <Measured key={kind.kind} kind={kind} since={since} />
        ))}
      </Entries>
      {data.alarms.length > 0 && (
        <>
          <h3 className="panel__part">{t('alarms')}</h3>
          <Entries>
            {data.alarms.map(({ id, title, time, source, reported }) => (
              <Entry key={id} id={id} title={title} isNew={isNew(reported, since)}>
                <p>
                  {formatDateTime(time, i18n.language)}. {t('to', { who: source })}
                </p>
              </Entry>
            ))}
          </Entries>
        </>
      )}
      {data.controllers.map(({ organization, name, phone }) => (
        <p key={organization} className="entry__note">
          {phone ? (
            <>
              {t('call', { who: name })} <PhoneLink phone={phone} />
            </>
          ) : (
            t('ask', { who: name })
          )}
        </p>
      ))}
    </>
  )
}

function Measured({ kind, since }: { kind: ShownKind; since: string | undefined }) {
  const { t, i18n } = useTranslation(NAMESPACE)
  const { newest, days } = kind
  const name = t(`kind.${kind.kind}`)
  const term = t(`term.${kind.kind}`)
  return (
    <Entry
      id={kind.kind}
      title={name}
      term={term.toLowerCase() === name.toLowerCase() ? undefined : term}
      isNew={isNew(newest?.reported, since)}
    >
      {newest && (
        <p>
          <strong className="entry__value">
            {formatDecimal(newest.written, i18n.language)} {codedText(t, 'unit', kind.unit) ?? kind.unit}
          </strong>{' '}
          {t('measured', { time: formatDateTime(newest.time, i18n.language) })}
          {newest.device && ` ${t('device', { device: newest.device })}`}. {t('to', { who: newest.source })}
        </p>
      )}
      <Limit kind={kind} />
      {newest?.outside && <p>{t('limit.outside')}</p>}
      {days.length > 1 && <Course kind={kind} name={name} />}
    </Entry>
  )
}

function Limit({ kind: { threshold, unit } }: { kind: ShownKind }) {
  const { t, i18n } = useTranslation(NAMESPACE)
  if (!threshold) return null
  const { low, high } = threshold
  const number = (value: number) => dayNumber(i18n.language)(value, threshold.decimals)
  const words = { unit: codedText(t, 'unit', unit) ?? unit }
  if (low !== undefined && high !== undefined)
    return <p className="entry__note">{t('limit.between', { ...words, low: number(low), high: number(high) })}</p>
  if (low !== undefined) return <p className="entry__note">{t('limit.low', { ...words, low: number(low) })}</p>
  return high === undefined ? null : <p className="entry__note">{t('limit.high', { ...words, high: number(high) })}</p>
}

export const view = defineView({
  service: identity,
  namespace: NAMESPACE,
  texts: homeMonitoringCitizenTexts,
  Some,
  newIn: ({ kinds, alarms }, since, { t }) => [
    ...kinds.flatMap(({ kind, newest }) =>
      newest && isNew(newest.reported, since) ? [{ id: kind, title: t(`kind.${kind}`), time: newest.time }] : [],
    ),
    ...alarms.filter(({ reported }) => isNew(reported, since)).map(({ id, title, time }) => ({ id, title, time })),
  ],
})
