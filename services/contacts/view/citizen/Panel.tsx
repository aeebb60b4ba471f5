/** Contacts for the person they belong to: who is registered, which organisation reported it, and who to ask when it is wrong. */

import { Entries, Entry, Fact, Facts } from '@helsevev/panel/Entry'
import { isNew } from '@helsevev/panel/panel.ts'
import { defineView } from '@helsevev/panel/view.ts'
import { formatDate } from '@helsevev/ui/format.ts'
import { PhoneLink } from '@helsevev/ui/PhoneLink'
import type { Words } from '@helsevev/ui/texts.ts'
import { useTranslation } from 'react-i18next'
import { identity } from '../../identity.ts'
import type { ContactsData, ShownContact, ShownResponsible } from '../panel-data.ts'
import { contactsCitizenTexts } from './texts.ts'

const NAMESPACE = 'contacts/citizen'

/** Over; one that begins later is not, and stands among the others with its first day. */
const hasBeen = ({ isCurrent, isAhead }: ShownContact | ShownResponsible): boolean => !isCurrent && !isAhead

interface Drawn {
  data: ContactsData
  since?: string | undefined
}

function Some({ data, since }: Drawn) {
  const { t } = useTranslation(NAMESPACE)
  const drawn = (isOver: boolean) => [
    ...data.contacts
      .filter((one) => hasBeen(one) === isOver)
      .map((one) => <Contact key={one.id} contact={one} since={since} withoutPlaces={data.withoutPlaces} />),
    ...data.responsible.filter((one) => hasBeen(one) === isOver).map((one) => <Responsible key={one.id} one={one} since={since} />),
  ]
  const now = drawn(false)
  const before = drawn(true)
  const isNewBefore = [...data.contacts, ...data.responsible].some((one) => hasBeen(one) && isNew(one.reported, since))
  return (
    <>
      <p className="entry__note">{t('lead')}</p>
      <p className="entry__note">{t('mandateNote')}</p>
      {data.withoutPlaces && <p className="entry__note">{t('placesWithheld')}</p>}
      {now.length > 0 ? <Entries>{now}</Entries> : <p>{t('noneNow')}</p>}
      {before.length > 0 && (
        <details className="entry-help" open={isNewBefore}>
          <summary>{t('before', { count: before.length })}</summary>
          <Entries>{before}</Entries>
        </details>
      )}
    </>
  )
}

function relationIn({ relations, otherRelations, isNextOfKin, guardian }: ShownContact, t: Words<typeof NAMESPACE>): string {
  return [
    ...relations.map((relation) => t(`relation.${relation}`)),
    ...otherRelations,
    ...(isNextOfKin ? [t('nextOfKin')] : []),
    ...(guardian ? [guardian.scope ? t('guardianOf', { scope: t(`scope.${guardian.scope}`) }) : t('guardian')] : []),
  ].join(', ')
}

interface ContactProps {
  contact: ShownContact
  since: string | undefined
  withoutPlaces: boolean | undefined
}

function Contact({ contact, since, withoutPlaces }: ContactProps) {
  const { t } = useTranslation(NAMESPACE)
  const { id, name, order, phones, reported } = contact
  const relation = relationIn(contact, t)
  return (
    <Entry id={id} title={name ?? t('nameless')} isNew={isNew(reported, since)}>
      <Facts>
        {relation && <Fact label={t('relation')}>{relation}</Fact>}
        {order !== undefined && (
          <Fact label={t('order')}>{order === 1 ? t('order.first') : t('order.number', { number: String(order) })}</Fact>
        )}
        {!withoutPlaces && (
          <Fact label={t('phone')}>
            {phones.length === 0 && t('noPhone')}
            {phones.map((phone, index) => (
              <span key={phone}>
                {index > 0 && ', '}
                <PhoneLink phone={phone} />
              </span>
            ))}
          </Fact>
        )}
        <Period one={contact} />
      </Facts>
      <WhomToAsk one={contact} />
    </Entry>
  )
}

function titleOf({ role, roleText, name }: ShownResponsible, t: Words<typeof NAMESPACE>): string {
  const what = role === 'other' ? (roleText ?? t('role.other')) : t(`role.${role}`)
  return name ? `${what}: ${name}` : what
}

function Responsible({ one, since }: { one: ShownResponsible; since: string | undefined }) {
  const { t } = useTranslation(NAMESPACE)
  const { id, role, name, organization, phone, reported } = one
  return (
    <Entry id={id} title={titleOf(one, t)} isNew={isNew(reported, since)}>
      <Facts>
        {organization && organization !== name && <Fact label={t('place')}>{organization}</Fact>}
        {phone && (
          <Fact label={t('phone')}>
            <PhoneLink phone={phone} />
          </Fact>
        )}
        <Period one={one} />
      </Facts>
      {role === 'gp' && <p className="entry__note">{t('gpNote')}</p>}
      <WhomToAsk one={one} />
    </Entry>
  )
}

function Period({ one: { from, until, controller } }: { one: ShownContact | ShownResponsible }) {
  const { t, i18n } = useTranslation(NAMESPACE)
  return (
    <>
      <Fact label={t('since')}>{formatDate(from, i18n.language)}</Fact>
      {until && <Fact label={t('until')}>{formatDate(until, i18n.language)}</Fact>}
      <Fact label={t('by')}>{controller.name}</Fact>
    </>
  )
}

/** Nothing can be corrected here; the organisation that reported it corrects it. */
function WhomToAsk({ one: { controller } }: { one: ShownContact | ShownResponsible }) {
  const { t } = useTranslation(NAMESPACE)
  return (
    <p className="entry__note">
      {controller.phone ? (
        <>
          {t('call', { who: controller.name })} <PhoneLink phone={controller.phone} />
        </>
      ) : (
        t('ask', { who: controller.name })
      )}
    </p>
  )
}

export const view = defineView({
  service: identity,
  namespace: NAMESPACE,
  texts: contactsCitizenTexts,
  Some,
  newIn: ({ contacts, responsible }, since, { t }) => [
    ...contacts
      .filter(({ reported }) => isNew(reported, since))
      .map(({ id, name, from }) => ({ id, title: name ?? t('nameless'), time: from })),
    ...responsible.filter(({ reported }) => isNew(reported, since)).map((one) => ({ id: one.id, title: titleOf(one, t), time: one.from })),
  ],
})
