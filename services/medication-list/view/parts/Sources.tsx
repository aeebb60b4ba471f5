/** From which sources the panel is made, who made the list, and how old each is. What could not be read is never shown as nothing. */
import Tag from '@helsenorge/designsystem-react/components/Tag'
import type { BesidePrescriptions } from '@helsevev/clinical/medicines/beside'
import { useSurroundings } from '@helsevev/panel/surroundings.ts'
import { formatAge, formatDate, formatDateTime } from '@helsevev/ui/format.ts'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { MedicationListData } from '../panel-data.ts'

const NAMESPACE = 'medication-list'

interface Drawn {
  data: MedicationListData
}

export function Sources({ data }: Drawn) {
  const { t } = useTranslation(NAMESPACE)
  const { t: general } = useTranslation('panel')
  const { linkTo } = useSurroundings()
  const headingId = useId()
  const { beside } = data
  const link = (service: string, name: string) => (linkTo ? <a {...linkTo(service)}>{name}</a> : name)
  const { prescriptions, allergies } = beside ?? {}
  return (
    <section aria-labelledby={headingId}>
      <h3 id={headingId} className="medication__group">
        {t('sources')}
      </h3>
      <dl className="medication__sources">
        <div>
          <dt>{t('source.list')}</dt>
          <dd>
            <Made data={data} />
          </dd>
        </div>
        {prescriptions && (
          <div>
            <dt>{link('e-prescriptions', t('source.prescriptions'))}</dt>
            <dd>
              {prescriptions.data ? (
                <Prescriptions data={prescriptions.data} />
              ) : (
                general(`answer.${prescriptions.status === 'some' ? 'failed' : prescriptions.status}`)
              )}
              {prescriptions.isPartial && <> {t('beside.partial')}.</>}
            </dd>
          </div>
        )}
        {allergies && (
          <div>
            <dt>{link('critical-information', t('source.allergies'))}</dt>
            <dd>
              {allergies.data ? t('source.read') : general(`answer.${allergies.status === 'some' ? 'failed' : allergies.status}`)}
              {allergies.isPartial && <> {t('beside.partial')}.</>}
            </dd>
          </div>
        )}
      </dl>
    </section>
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

function Prescriptions({ data: { prescriptions, asked, lockedExist } }: { data: BesidePrescriptions }) {
  const { t, i18n } = useTranslation(NAMESPACE)
  const { language } = i18n
  const newest = prescriptions.flatMap(({ authored }) => authored ?? []).sort((one, other) => Date.parse(other) - Date.parse(one))[0]
  const hasLocked = lockedExist !== undefined || prescriptions.some(({ isLocked }) => isLocked)
  return (
    <div className="medication__made">
      <p>
        {t('source.open', { count: prescriptions.filter(({ isOpen }) => isOpen).length })}{' '}
        {newest && t('source.newest', { date: formatDate(newest, language), age: formatAge(newest, new Date(), language) })}{' '}
        {asked && t('source.asked', { date: formatDateTime(asked, language), age: formatAge(asked, new Date(), language) })}
      </p>
      {hasLocked && <p>{t('source.locked')}</p>}
    </div>
  )
}
