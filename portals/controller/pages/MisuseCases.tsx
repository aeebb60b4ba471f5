import { PageTitle } from '@helsevev/portal/client/PageTitle'
import { useState } from 'react'
import { CloseMisuseCase } from '../client/CloseMisuseCase.tsx'
import { Facts } from '../client/Facts.tsx'
import { misuseEvents, misuseFacts, useCaseText } from '../client/misuse.ts'
import { OpenOrClosed, type OpenOrClosedValue } from '../client/OpenOrClosed.tsx'
import { PageLink } from '../client/PageLink.tsx'
import { PagedView, usePaged } from '../client/paged.tsx'
import { usePatientWords } from '../client/patient-words.ts'
import { useWords } from '../client/words.ts'
import { contract } from '../contract.ts'

/** Facts that the rules found worth a question. A case accuses nobody; a person assesses it. */
export function MisuseCases() {
  const words = useWords()
  const { t } = words
  const textOf = useCaseText()
  const patientWords = usePatientWords()
  const [status, setStatus] = useState<OpenOrClosedValue>('open')
  const list = usePaged(contract.misuseCases, (slice) => ({ query: { status, ...slice } }))
  return (
    <>
      <PageTitle name={t('title.misuseCases')} />
      <p className="lead">{t('misuse.lead')}</p>
      <OpenOrClosed value={status} onChange={setStatus} />
      <PagedView paged={list} none={t(`misuse.none.${status}`)}>
        {(found) => (
          <ul className="items">
            {misuseEvents(found).map(([one, ...others]) => (
              <li key={one.id} className="item">
                <h2>
                  <PageLink page="misuseCase" parameters={{ id: one.id }}>
                    {t('misuse.who', { title: textOf(one.title), name: one.name })}
                  </PageLink>
                </h2>
                <Facts facts={misuseFacts(one, words, patientWords(one.patient), textOf)} />
                {others.length > 0 && (
                  <>
                    <p>{t('misuse.sameEvent', { count: others.length })}</p>
                    <ul>
                      {others.map(({ id, title, why }) => (
                        <li key={id}>
                          <PageLink page="misuseCase" parameters={{ id }}>
                            {textOf(title)}
                          </PageLink>
                          {why && `: ${textOf(why)}`}
                        </li>
                      ))}
                    </ul>
                  </>
                )}
                <CloseMisuseCase
                  cases={[one, ...others]}
                  about={t('misuse.who', { title: textOf(one.title), name: one.name })}
                  reload={list.loaded.reload}
                />
              </li>
            ))}
          </ul>
        )}
      </PagedView>
    </>
  )
}
