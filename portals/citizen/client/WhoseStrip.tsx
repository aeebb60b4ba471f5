/** Whose information is shown, always in sight, and the way to another person's or back to the reader's own. */
import { announce } from '@helsevev/ui/Shell'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { oneself } from '../contract.ts'
import { PageLink } from './PageLink.tsx'
import { hasSomethingOpen, isYouth, usePeople } from './people.tsx'

export function WhoseStrip() {
  const { t } = useTranslation('citizen')
  const { people, about, switchTo } = usePeople()
  const [failed, setFailed] = useState(false)
  const others = people.some((person) => !person.isSelf && hasSomethingOpen(person))

  async function back() {
    const problem = await switchTo(oneself)
    setFailed(problem !== undefined)
    if (!problem) announce(t('whose.self'))
  }

  return (
    <section className={about.isSelf ? 'whose' : 'whose whose--other'} aria-label={t('whose.label')}>
      <p className="whose__who">
        {about.isSelf ? t('whose.self') : t('whose.other', { name: about.name ?? t('whose.nameless') })}
        {!about.isSelf && about.age !== undefined && `, ${t('whose.age', { count: about.age })}`}
      </p>
      {!about.isSelf && (
        <button type="button" className="link-button" onClick={() => void back()}>
          {t('whose.back')}
        </button>
      )}
      {others && !isYouth(about) && <PageLink page="behalf">{t('whose.switch')}</PageLink>}
      {failed && <p role="alert">{t('problem.failed')}</p>}
    </section>
  )
}
