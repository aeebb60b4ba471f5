/**
 * The page before sign-in: what this portal is and who it is for, in the portal's own words (`signIn.lead`, `signIn.how`). Shows nothing
 * about any person.
 */

import Button from '@helsenorge/designsystem-react/components/Button'
import { DataState } from '@helsevev/ui/DataState'
import { codedText } from '@helsevev/ui/texts.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { absoluteHours, idleMinutes } from '../contract.ts'
import { base, portalName } from './base.ts'
import { Introduction } from './Introduction.tsx'
import { PageTitle } from './PageTitle.tsx'

/** Why the person is back on this page, when the server has stated it; read once and removed from the address. */
function takeProblem(): string | undefined {
  const problem = new URLSearchParams(window.location.search).get('sign-in') ?? undefined
  if (problem) window.history.replaceState(null, '', window.location.pathname)
  return problem
}

export function SignIn({ ended }: { ended: boolean }) {
  const { t } = useTranslation(portalName)
  const [problem] = useState(takeProblem)
  const words = problem && (codedText(t, 'signIn.problem', problem) ?? t('signIn.problem.failed'))
  return (
    <div className="card card--narrow">
      <PageTitle name={t('title.signIn')} />
      {ended && !words && <DataState state="none" title={t('signIn.ended')} text={t('signIn.endedWhy')} />}
      {words && <DataState state="failed" title={words} text="" />}
      <p className="lead">{t('signIn.lead')}</p>
      <Button htmlMarkup="a" href={`${base}/login`}>
        {t('signIn.button')}
      </Button>
      <p className="small">{t('signIn.how')}</p>
      <Introduction />
      <p className="small">{t('signIn.lasts', { minutes: idleMinutes, hours: absoluteHours })}</p>
    </div>
  )
}
