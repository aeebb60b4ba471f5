/** Who has looked lately: the newest visits as sentences, and how many there were. */
import { formatDateTime } from '@helsevev/ui/format.ts'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { type Choice, contract } from '../contract.ts'
import { filtered, isSight, visitsOf } from '../log-visits.ts'
import { periodOf } from '../period.ts'
import { LoadedView, useLoaded } from './loaded.tsx'
import { useAsk, usePeople } from './people.tsx'
import { sentenceOf } from './sentence.ts'

const AT_MOST = 3

export function HomeLooks({ choices }: { choices: readonly Choice[] }) {
  const { t, i18n } = useTranslation('citizen')
  const { about } = usePeople()
  const ask = useAsk()
  const loaded = useLoaded(
    useCallback(async () => await ask(contract.log, { body: { ...periodOf('month', new Date()), unchecked: true } }), [ask]),
  )
  return (
    <LoadedView loaded={loaded}>
      {({ lines, more }) => {
        // What was sent in shows nothing to anybody; what the reader did, the reader knows.
        const visits = visitsOf(filtered(lines, { emergencyOnly: false, citizens: false })).filter(isSight)
        return (
          <>
            <p>
              {visits.length === 0 ? t('home.looks.none') : t(more ? 'home.looks.atLeast' : 'home.looks.count', { count: visits.length })}
            </p>
            {visits.length > 0 && (
              <ul className="plain home-card__list">
                {visits.slice(0, AT_MOST).map((visit) => (
                  <li key={visit.id}>
                    <time dateTime={visit.to}>{formatDateTime(visit.to, i18n.language)}</time>:{' '}
                    {sentenceOf({ t, i18n, about, me: '', choices }, visit)}{' '}
                  </li>
                ))}
              </ul>
            )}
          </>
        )
      }}
    </LoadedView>
  )
}
