import { isProblem } from '@helsevev/portal/client/call.ts'
import { PageTitle } from '@helsevev/portal/client/PageTitle'
import { PhoneLink } from '@helsevev/ui/PhoneLink'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { LoadedView, useLoaded } from '../client/loaded.tsx'
import { PageLink } from '../client/PageLink.tsx'
import { useAsk } from '../client/people.tsx'
import { Urgent } from '../client/Urgent.tsx'
import { contract } from '../contract.ts'

/** Telephone numbers to call. The portal has no messages to staff. */
export function Help() {
  const { t } = useTranslation('citizen')
  const ask = useAsk()
  const loaded = useLoaded(
    useCallback(async () => {
      const [found, known] = await Promise.all([ask(contract.records), ask(contract.organizations)])
      if (isProblem(found)) return found
      if (isProblem(known)) return known
      const numbers = new Set(found.records.map(({ controller }) => controller))
      return { controllers: known.organizations.filter(({ number }) => numbers.has(number)) }
    }, [ask]),
  )
  return (
    <div className="page">
      <PageTitle name={t('title.help')} />
      <p className="lead">{t('help.lead')}</p>
      <Urgent />
      <section className="card" aria-labelledby="yours">
        <h2 id="yours">{t('help.yours')}</h2>
        <p>{t('help.yoursText')}</p>
        <LoadedView loaded={loaded}>
          {({ controllers }) =>
            controllers.length === 0 ? (
              <p>{t('help.noneOfYours')}</p>
            ) : (
              <ul className="phones">
                {controllers.map(({ number, name, phone }) => (
                  <li key={number}>
                    {name}: {phone ? <PhoneLink phone={phone} /> : t('help.noPhone')}
                  </li>
                ))}
              </ul>
            )
          }
        </LoadedView>
      </section>
      <p>
        {t('help.about')} <PageLink page="log">{t('notices.toLog')}</PageLink>
      </p>
    </div>
  )
}
