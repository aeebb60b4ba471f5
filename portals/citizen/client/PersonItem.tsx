/**
 * A person whose information is open to the reader, or closed and why; and for a parent of a youth, the consent that the youth signs in.
 */

import Button from '@helsenorge/designsystem-react/components/Button'
import { announce } from '@helsevev/ui/Shell'
import { codedText } from '@helsevev/ui/texts.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Person, Relation } from '../contract.ts'
import { ClosedServices } from './ClosedServices.tsx'
import { GiveConsent } from './GiveConsent.tsx'
import { go } from './navigation.ts'
import { hasSomethingOpen, usePeople } from './people.tsx'
import { mayConsentFor } from './youth-consent.ts'

interface PersonItemProps {
  person: Person
  /** The reader's relations: a consent that is in force is not offered again. */
  given: readonly Relation[]
  onConsented: () => void
}

export function PersonItem({ person, given, onConsented }: PersonItemProps) {
  const { t } = useTranslation('citizen')
  const { about, switchTo } = usePeople()
  const [failed, setFailed] = useState(false)
  const { id, isSelf, age, relations, services } = person
  const name = isSelf ? t('behalf.self') : (person.name ?? t('behalf.nameless'))
  const isOpen = hasSomethingOpen(person)
  const isShown = about.id === id
  const mayConsent = mayConsentFor(person, given)

  async function show() {
    const problem = await switchTo(id)
    setFailed(problem !== undefined)
    if (problem) return
    announce(isSelf ? t('whose.self') : t('behalf.switched', { name }))
    go('home')
    window.scrollTo(0, 0)
  }

  return (
    <li className="person">
      <p className="person__name">
        {name}
        {!isSelf && age !== undefined && `, ${t('whose.age', { count: age })}`}
      </p>
      {relations
        .flatMap((relation) => codedText(t, 'behalf.relation', relation) ?? [])
        .map((sentence) => (
          <p key={sentence} className="small">
            {sentence}
          </p>
        ))}
      {services.some(({ open }) => !open) && (
        <div>
          <p>{t('behalf.closedTitle')}</p>
          <ClosedServices services={services} />
        </div>
      )}
      {!isSelf && isOpen && <p className="small">{t('behalf.partly')}</p>}
      {failed && <p className="field__error">{t('problem.failed')}</p>}
      {isShown && <p className="person__shown">{t('behalf.shown')}</p>}
      {!isShown && isOpen && (
        <Button variant="outline" aria-label={isSelf ? t('whose.back') : t('behalf.showFor', { name })} onClick={() => void show()}>
          {isSelf ? t('whose.back') : t('behalf.show')}
        </Button>
      )}
      {mayConsent && <GiveConsent person={id} name={name} onGiven={onConsented} />}
    </li>
  )
}
