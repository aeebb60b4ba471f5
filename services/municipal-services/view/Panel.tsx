/** The municipal services of the open patient: which run, are paused or ended recently, who to call, and what is not shown. */

import StatusDot from '@helsenorge/designsystem-react/components/StatusDot'
import Tag from '@helsenorge/designsystem-react/components/Tag'
import { defineView } from '@helsevev/panel/view.ts'
import { formatAge, formatDate, formatDateTime, formatDecimal, formatList } from '@helsevev/ui/format.ts'
import { useWords } from '@helsevev/ui/useWords'
import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { identity } from '../identity.ts'
import { Answer } from './Answer.tsx'
import { snapshot, timeline } from './lines.ts'
import { nameOf } from './name.ts'
import type { Controller, MunicipalServicesData, ShownService } from './panel-data.ts'
import './panel.css'
import { flagsForReaders, municipalServicesTexts } from './texts.ts'

const NAMESPACE = 'municipal-services'

/** In the order that a reader needs. The dot of the design system differs in shape as well as colour, and has words. */
const groups = [
  { name: 'active', dot: 'active' },
  { name: 'onHold', dot: 'pending' },
  { name: 'upcoming', dot: 'draft' },
  { name: 'endedLately', dot: 'transparent' },
] as const
type Group = (typeof groups)[number]

function Some({ data }: { data: MunicipalServicesData }) {
  const { t } = useTranslation(NAMESPACE)
  return (
    <div className="municipal-services">
      <Standing data={data} />
      {groups.map((group) => (
        <ServiceGroup key={group.name} group={group} services={data[group.name]} />
      ))}
      {data.olderUnclosed > 0 && <p className="municipal-services__remark">{t('olderUnclosed', { count: data.olderUnclosed })}</p>}
      {data.more && <p className="municipal-services__remark">{t('more')}</p>}
    </div>
  )
}

/** The running services, in one line; where none runs, the municipalities that have answered. */
function Standing({ data: { active, onHold, controllers } }: { data: MunicipalServicesData }) {
  const { t, i18n } = useTranslation(NAMESPACE)
  const names = formatList(
    controllers.map(({ name }) => name),
    i18n.language,
  )
  const counts = [
    ...(active.length > 0 ? [t('summary.active', { count: active.length })] : []),
    ...(onHold.length > 0 ? [t('summary.onHold', { count: onHold.length })] : []),
  ]
  if (counts.length > 0) return <p className="municipal-services__summary">{counts.join(', ')}</p>
  return names ? <p>{t('reporters', { names })}</p> : null
}

function ServiceGroup({ group, services }: { group: Group; services: ShownService[] }) {
  const { t } = useTranslation(NAMESPACE)
  const headingId = useId()
  if (services.length === 0) return null
  return (
    <section aria-labelledby={headingId}>
      <h3 id={headingId}>{t(`group.${group.name}`)}</h3>
      <ul className="municipal-services__list">
        {services.map((service) => (
          <li key={service.id} className="municipal-services__service">
            <Service service={service} group={group} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Service({ service, group }: { service: ShownService; group: Group }) {
  const { t, i18n } = useTranslation(NAMESPACE)
  const date = (value: string) => formatDate(value, i18n.language)
  const { controller, unit, hoursPerWeek, stayType, start, end, reported } = service
  return (
    <article>
      <div className="municipal-services__head">
        <h4 className="municipal-services__name">{nameOf(service, useWords(NAMESPACE))}</h4>
        <StatusDot variant={group.dot} text={t(`standing.${group.name}`)} />
        {stayType && <Tag>{t(`stayType.${stayType}`)}</Tag>}
      </div>
      <dl className="municipal-services__facts">
        {hoursPerWeek !== undefined && (
          <Fact label={t('extent')}>{t('hoursPerWeek', { hours: formatDecimal(hoursPerWeek, i18n.language) })}</Fact>
        )}
        {start && !end && <Fact label={t(group.name === 'upcoming' ? 'from' : 'since')}>{date(start)}</Fact>}
        {start && end && <Fact label={t('period')}>{`${date(start)} – ${date(end)}`}</Fact>}
        {!start && end && <Fact label={t('until')}>{date(end)}</Fact>}
        <Fact label={t('municipality')}>{municipalityIn(controller) ?? t(controller ? 'hiddenMunicipality' : 'unknownMunicipality')}</Fact>
        {unit?.name && <Fact label={t('unit')}>{unit.name}</Fact>}
        <Phone unit={unit?.phone} municipality={controller?.phone} />
        {service.serviceLevel && <Fact label={t('level')}>{service.serviceLevel}</Fact>}
        {service.description && (
          <Fact label={t('description')} isWide>
            {service.description}
          </Fact>
        )}
      </dl>
      <Remarks service={service} />
      {reported && (
        <p className="municipal-services__reported">
          <time dateTime={reported}>{t('reported', { date: formatDateTime(reported, i18n.language) })}</time> (
          {formatAge(reported, new Date(), i18n.language)})
        </p>
      )}
    </article>
  )
}

/** Undefined where none is given, and where the address of the person is protected: only the kind of organisation is left then. */
function municipalityIn(controller: Controller | undefined): string | undefined {
  return controller?.organization ? controller.name : undefined
}

/** The unit's own number, or else the municipality's. */
function Phone({ unit, municipality }: { unit: string | undefined; municipality: string | undefined }) {
  const { t } = useTranslation(NAMESPACE)
  const number = unit ?? municipality
  if (!number) return null
  return (
    <Fact label={t('phone')}>
      <a className="municipal-services__phone" href={`tel:${number.replace(/[^+\d]/g, '')}`}>
        {number}
      </a>
      {!unit && ` (${t('phoneOfMunicipality')})`}
    </Fact>
  )
}

/** What a reader should know about how the service was reported. */
function Remarks({ service: { flags, display, possibleDuplicate, needsCaption } }: { service: ShownService }) {
  const { t } = useTranslation(NAMESPACE)
  const remarks = [
    ...flagsForReaders
      .filter((flag) => flags.includes(flag))
      .map((flag) => (flag === 'iplos-display-mismatch' && display ? t('sentAs', { display }) : t(`flag.${flag}`))),
    ...(possibleDuplicate ? [t('possibleDuplicate')] : []),
    ...(needsCaption ? [t('needsCaption')] : []),
  ]
  if (remarks.length === 0) return null
  return (
    <ul className="municipal-services__remarks">
      {remarks.map((remark) => (
        <li key={remark}>{remark}</li>
      ))}
    </ul>
  )
}

function Fact({ label, isWide = false, children }: { label: string; isWide?: boolean; children: ReactNode }) {
  return (
    <div className={isWide ? 'municipal-services__fact municipal-services__fact--wide' : 'municipal-services__fact'}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}

export const view = defineView({
  service: identity,
  namespace: NAMESPACE,
  texts: municipalServicesTexts,
  Some,
  Answer,
  timeline,
  snapshot,
  hasVersions: true,
})
