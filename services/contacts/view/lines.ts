/** Contacts line by line: since when each is registered or responsible, and who was to be called at a moment. */
import type { Line, Snapshot } from '@helsevev/panel/panel.ts'
import type { Wording } from '@helsevev/ui/texts.ts'
import type { ContactsData, ShownContact, ShownResponsible } from './panel-data.ts'

type Words = Wording<'contacts'>

export function timeline(data: ContactsData, words: Words): Line[] {
  return linesOf(data, words)
}

export function snapshot(data: ContactsData, _at: Date, words: Words): Snapshot {
  return { lines: linesOf(data, words) }
}

/** Clinicians are shown those in force only: who has ended is nobody to call. */
function linesOf({ contacts, responsible }: ContactsData, words: Words): Line[] {
  return [
    ...contacts.filter(({ isCurrent }) => isCurrent).map((one) => contactLine(one, words)),
    ...responsible.filter(({ isCurrent }) => isCurrent).map((one) => responsibleLine(one, words)),
  ]
}

/** The contact's relations and roles, in words. */
export function partsOf({ relations, otherRelations, isNextOfKin, guardian }: ShownContact, { t }: Pick<Words, 't'>): string[] {
  const guardianText = guardian && (guardian.scope ? t('guardianOf', { scope: t(`scope.${guardian.scope}`) }) : t('guardian'))
  return [
    ...relations.map((relation) => t(`relation.${relation}`)),
    ...otherRelations,
    ...(isNextOfKin ? [t('nextOfKin')] : []),
    ...(guardianText ? [guardianText] : []),
  ]
}

function contactLine(contact: ShownContact, words: Words): Line {
  const { t } = words
  const value = [...(contact.order === 1 ? [t('first')] : []), ...contact.phones].join(', ')
  const parts = partsOf(contact, words).join(', ')
  return {
    key: contact.id,
    time: contact.from,
    kind: t('line.contact'),
    what: [contact.name ?? t('nameless'), ...(parts ? [parts] : [])].join(': '),
    ...(value ? { value } : {}),
    controller: contact.controller.name,
  }
}

function responsibleLine(one: ShownResponsible, { t }: Words): Line {
  const { id, from, role, roleText, name, organization, phone, controller } = one
  return {
    key: id,
    time: from,
    kind: t('line.responsible'),
    what: [role === 'other' ? (roleText ?? t('role.other')) : t(`role.${role}`), ...(name ? [name] : [])].join(': '),
    ...(phone ? { value: phone } : {}),
    ...(organization ? { unit: organization } : {}),
    controller: controller.name,
  }
}
