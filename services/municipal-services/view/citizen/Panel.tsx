/** Municipal services for the person who gets them: what, how much, since when, and who to call. */

import { Entries, Entry, Fact, Facts } from '@helsevev/panel/Entry'
import { isNew } from '@helsevev/panel/panel.ts'
import { defineView } from '@helsevev/panel/view.ts'
import { formatDate, formatDecimal } from '@helsevev/ui/format.ts'
import { PhoneLink } from '@helsevev/ui/PhoneLink'
import { codedText, type Words } from '@helsevev/ui/texts.ts'
import { useTranslation } from 'react-i18next'
import { identity } from '../../identity.ts'
import type { MunicipalServicesData, ShownService } from '../panel-data.ts'
import { municipalServicesCitizenTexts } from './texts.ts'

const NAMESPACE = 'municipal-services/citizen'
const groups = ['active', 'onHold', 'upcoming', 'endedLately'] as const
type Group = (typeof groups)[number]

function Some({ data, since }: { data: MunicipalServicesData; since?: string | undefined }) {
  const { t } = useTranslation(NAMESPACE)
  return (
    <>
      {groups
        .filter((group) => data[group].length > 0)
        .map((group) => (
          <div key={group} className="panel__group">
            <h3 className="panel__part">{t(`group.${group}`)}</h3>
            <Entries>
              {data[group].map((service) => (
                <Service key={service.id} service={service} group={group} since={since} />
              ))}
            </Entries>
          </div>
        ))}
      {data.olderUnclosed > 0 && <p className="entry__note">{t('older', { count: data.olderUnclosed })}</p>}
      {data.more && <p className="entry__note">{t('more')}</p>}
    </>
  )
}

function Service({ service, group, since }: { service: ShownService; group: Group; since: string | undefined }) {
  const { t, i18n } = useTranslation(NAMESPACE)
  const date = (value: string) => formatDate(value, i18n.language)
  const { controller, unit, hoursPerWeek, stayType, start, end, reported, description, needsCaption, flags } = service
  const phone = unit?.phone ?? controller?.phone
  const who = (unit?.phone ? unit.name : controller?.name) ?? t('municipality')
  return (
    <Entry id={service.id} title={nameOf(service, t)} isNew={isNew(reported, since)}>
      <Facts>
        {hoursPerWeek !== undefined && (
          <Fact label={t('extent')}>
            {t('hoursPerWeek', { count: Number(hoursPerWeek), hours: formatDecimal(hoursPerWeek, i18n.language) })}
          </Fact>
        )}
        {start && !end && <Fact label={t(group === 'upcoming' ? 'from' : 'since')}>{date(start)}</Fact>}
        {start && end && <Fact label={t('period')}>{`${date(start)} – ${date(end)}`}</Fact>}
        {!start && end && <Fact label={t('until')}>{date(end)}</Fact>}
        {stayType && <Fact label={t('stay')}>{t(`stayType.${stayType}`)}</Fact>}
        <Fact label={t('who')}>{[unit?.name, controller?.name ?? t('municipality')].filter(Boolean).join(', ')}</Fact>
        {description && <Fact label={t('description')}>{description}</Fact>}
      </Facts>
      {flags.includes('active-after-end') && <p className="entry__note">{t('overdue')}</p>}
      {needsCaption && <p className="entry__note">{t('needsCaption')}</p>}
      <p className="entry__note">
        {phone ? (
          <>
            {t('call', { who })} <PhoneLink phone={phone} />.
          </>
        ) : (
          t('ask', { who })
        )}{' '}
        {reported && t('reported', { date: date(reported) })}
      </p>
    </Entry>
  )
}

/** The plain name of the code; without one, the municipality's name for the service. */
function nameOf({ code, display }: ShownService, t: Words<'municipal-services/citizen'>): string {
  const fallback = display ?? t('unnamed')
  return (code && codedText(t, 'service', code)) ?? fallback
}

export const view = defineView({
  service: identity,
  namespace: NAMESPACE,
  texts: municipalServicesCitizenTexts,
  Some,
  newIn: (data, since, { t }) =>
    groups
      .flatMap((group) => data[group])
      .filter(({ reported }) => isNew(reported, since))
      .map((service) => ({ id: service.id, title: nameOf(service, t), ...(service.start ? { time: service.start } : {}) })),
})
