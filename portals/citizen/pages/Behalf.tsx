import { PageTitle } from '@helsevev/portal/client/PageTitle'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LoadedView, useLoaded } from '../client/loaded.tsx'
import { PersonItem } from '../client/PersonItem.tsx'
import { PowerForm } from '../client/PowerForm.tsx'
import { useAsk, usePeople } from '../client/people.tsx'
import { RelationItem } from '../client/RelationItem.tsx'
import { contract } from '../contract.ts'

/** Where the reader switches person, and sees who acts for the reader and what the reader has given. */
export function Behalf() {
  const { t } = useTranslation('citizen')
  const { people, reload } = usePeople()
  const ask = useAsk()
  /** Family name of the person who was given a power of attorney last. */
  const [given, setGiven] = useState<string>()
  const [forms, setForms] = useState(0)
  const loaded = useLoaded(useCallback(async () => await ask(contract.relations), [ask]))
  const self = people.find(({ isSelf }) => isSelf)
  const mayGive = self?.representation.open === true && (self.age === undefined || self.age >= 16)

  async function anew() {
    await Promise.all([loaded.reload(), reload()])
  }

  return (
    <div className="page">
      <PageTitle name={t('title.behalf')} />
      <p className="lead">{t('behalf.lead')}</p>
      <section className="card" aria-labelledby="people">
        <h2 id="people">{t('behalf.people')}</h2>
        <ul className="plain">
          {people.map((person) => (
            <PersonItem key={person.id} person={person} given={loaded.answer?.relations ?? []} onConsented={() => void anew()} />
          ))}
        </ul>
        {people.length === 1 && <p>{t('behalf.alone')}</p>}
        <p className="small">{t('behalf.protected')}</p>
      </section>
      <LoadedView loaded={loaded}>
        {({ relations }) => {
          const lists = [
            { title: 'behalf.acting', of: relations.filter(({ direction }) => direction === 'acts-for-me'), none: 'behalf.actingNone' },
            { title: 'behalf.given', of: relations.filter(({ direction, kind }) => direction === 'mine' && kind === 'parental-consent') },
            { title: 'behalf.held', of: relations.filter(({ direction, kind }) => direction === 'mine' && kind === 'power-of-attorney') },
          ] as const
          return lists.map(
            ({ title, of, ...list }) =>
              (of.length > 0 || 'none' in list) && (
                <section key={title} className="card" aria-label={t(title)}>
                  <h2>{t(title)}</h2>
                  {of.length === 0 && 'none' in list && <p>{t(list.none)}</p>}
                  <ul className="plain">
                    {of.map((relation) => (
                      <RelationItem key={relation.id} relation={relation} onEnded={() => void anew()} />
                    ))}
                  </ul>
                </section>
              ),
          )
        }}
      </LoadedView>
      {given !== undefined && <Given key={forms} name={given} />}
      {mayGive && (
        <section className="card" aria-labelledby="power">
          <h2 id="power">{t('word.givePower')}</h2>
          <PowerForm
            key={forms}
            onGiven={(name) => {
              setGiven(name)
              setForms(forms + 1)
              void anew()
            }}
          />
        </section>
      )}
    </div>
  )
}

/** The power of attorney that was just given. */
function Given({ name }: { name: string }) {
  const { t } = useTranslation('citizen')
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <section className="card made">
      <h2 ref={heading} tabIndex={-1}>
        {t('behalf.powerDone')}
      </h2>
      <p>{t('behalf.powerGiven', { name })}</p>
    </section>
  )
}
