import { isProblem } from '@helsevev/portal/client/call.ts'
import { PageTitle } from '@helsevev/portal/client/PageTitle'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { LoadedView, useLoaded } from '../client/loaded.tsx'
import { PageLink } from '../client/PageLink.tsx'
import { useAsk } from '../client/people.tsx'
import { contract } from '../contract.ts'

function Phone({ phone }: { phone: string }) {
  return <a href={`tel:${phone.replace(/[^+\d]/g, '')}`}>{phone}</a>
}

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
      <section className="card" aria-labelledby="urgent">
        <h2 id="urgent">{t('help.urgent')}</h2>
        <ul className="phones">
          {(['emergency', 'outOfHours'] as const).map((which) => {
            const phone = which === 'emergency' ? '113' : '116117'
            return (
              <li key={which}>
                {t(`help.${which}`)} <Phone phone={phone} />
              </li>
            )
          })}
        </ul>
      </section>
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
                    {name}: {phone ? <Phone phone={phone} /> : t('help.noPhone')}
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
