/** The people to call for the open patient, in order, with the guardian marked; and who is responsible. */

import Tag from '@helsenorge/designsystem-react/components/Tag'
import { SourceLine } from '@helsevev/panel/SourceLine'
import { defineView } from '@helsevev/panel/view.ts'
import { PhoneLink } from '@helsevev/ui/PhoneLink'
import { useTranslation } from 'react-i18next'
import { identity } from '../identity.ts'
import { partsOf, snapshot, timeline } from './lines.ts'
import type { ContactsData, ShownContact, ShownResponsible } from './panel-data.ts'
import './panel.css'
import { contactsTexts } from './texts.ts'

const NAMESPACE = 'contacts'

function Some({ data }: { data: ContactsData }) {
  const { t } = useTranslation(NAMESPACE)
  const contacts = data.contacts.filter(({ isCurrent }) => isCurrent)
  const responsible = data.responsible.filter(({ isCurrent }) => isCurrent)
  if (contacts.length + responsible.length === 0) return <p>{t('noneNow')}</p>
  return (
    <div className="contacts">
      {data.withoutPlaces && <p className="contacts__note">{t('placesWithheld')}</p>}
      {contacts.length > 0 && (
        <section>
          <h3 className="contacts__heading">{t('people')}</h3>
          <ol className="contacts__list">
            {contacts.map((contact) => (
              <Contact key={contact.id} contact={contact} withoutPlaces={data.withoutPlaces} />
            ))}
          </ol>
        </section>
      )}
      {responsible.length > 0 && (
        <section>
          <h3 className="contacts__heading">{t('responsible')}</h3>
          <ul className="contacts__list">
            {responsible.map((one) => (
              <Responsible key={one.id} one={one} />
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}

function Contact({ contact, withoutPlaces }: { contact: ShownContact; withoutPlaces: boolean | undefined }) {
  const { t } = useTranslation(NAMESPACE)
  const { name, order, guardian, phones, controller, from } = contact
  return (
    <li className={`contacts__one${order === 1 ? ' contacts__one--first' : ''}`}>
      <p className="contacts__name">{name ?? t('nameless')}</p>
      {(order === 1 || guardian) && (
        <p className="contacts__tags">
          {order === 1 && <Tag variant="emphasised">{t('first')}</Tag>}
          {guardian && <Tag>{guardian.scope ? t('guardianOf', { scope: t(`scope.${guardian.scope}`) }) : t('guardian')}</Tag>}
        </p>
      )}
      <Relations contact={contact} />
      {phones.map((phone) => (
        <p key={phone} className="contacts__phone">
          <PhoneLink phone={phone} />
        </p>
      ))}
      {phones.length === 0 && !withoutPlaces && <p className="contacts__note">{t('noPhone')}</p>}
      <SourceLine controller={controller.name} time={from} />
    </li>
  )
}

/** The guardian has a separate mark. */
function Relations({ contact: { guardian: _guardian, ...contact } }: { contact: ShownContact }) {
  const { t } = useTranslation(NAMESPACE)
  const parts = partsOf(contact, { t })
  return parts.length > 0 ? <p className="contacts__relation">{parts.join(', ')}</p> : null
}

function Responsible({ one }: { one: ShownResponsible }) {
  const { t } = useTranslation(NAMESPACE)
  const { role, roleText, name, hprNumber, organization, phone, controller, from } = one
  return (
    <li className="contacts__one">
      <p className="contacts__relation">{role === 'other' ? (roleText ?? t('role.other')) : t(`role.${role}`)}</p>
      {name && <p className="contacts__name">{name}</p>}
      {organization && organization !== name && <p className="contacts__relation">{organization}</p>}
      {hprNumber && <p className="contacts__note">HPR {hprNumber}</p>}
      {phone && (
        <p className="contacts__phone">
          <PhoneLink phone={phone} />
        </p>
      )}
      {role === 'gp' && <p className="contacts__note">{t('gpNote')}</p>}
      <SourceLine controller={controller.name} time={from} />
    </li>
  )
}

export const view = defineView({
  service: identity,
  namespace: NAMESPACE,
  texts: contactsTexts,
  Some,
  timeline,
  snapshot,
  hasVersions: true,
})
