import { isProblem } from '@helsevev/portal/client/call.ts'
import { PageTitle } from '@helsevev/portal/client/PageTitle'
import { useSession } from '@helsevev/portal/client/session'
import { DataState } from '@helsevev/ui/DataState'
import { formatDate, formatList } from '@helsevev/ui/format.ts'
import { lazy, Suspense, useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { ClosedServices } from '../client/ClosedServices.tsx'
import { choiceSentence } from '../client/choice-words.ts'
import { HomeCard } from '../client/HomeCard.tsx'
import { HomeLooks } from '../client/HomeLooks.tsx'
import { HomeToDo } from '../client/HomeToDo.tsx'
import { LoadedView, useLoaded } from '../client/loaded.tsx'
import { pagesFor } from '../client/Navigation.tsx'
import { Notices } from '../client/Notices.tsx'
import { hasSomethingOpen, isYouth, useAsk, usePeople } from '../client/people.tsx'
import { contract } from '../contract.ts'

/** The panels are fetched with it: the first page shows the rest at once. */
const HomeNews = lazy(async () => ({ default: (await import('../client/HomeNews.tsx')).HomeNews }))

const AT_MOST = 3

/** The first page: what is new, who has looked, which answers wait, which choices are in force, and what there is to do. */
export function Home() {
  const { t, i18n } = useTranslation('citizen')
  const { me } = useSession()
  const { about } = usePeople()
  const ask = useAsk()
  const young = isYouth(about)
  const mayChoose = about.choices.open
  const { isSelf } = about
  const own = useLoaded(
    useCallback(async () => {
      const [made, related] = await Promise.all([
        mayChoose ? ask(contract.choices) : { choices: [] },
        isSelf ? ask(contract.relations) : { relations: [] },
      ])
      if (isProblem(made)) return made
      return isProblem(related) ? related : { ...made, ...related }
    }, [ask, mayChoose, isSelf]),
  )
  const standing = (own.answer?.choices ?? []).filter(({ active }) => active)
  return (
    <div className="page">
      <PageTitle name={t('nav.home')}>{t('word.hello', { name: me?.signedIn ? me.name : '' })}</PageTitle>
      {(young || !isSelf) && <p className="lead">{t(young ? 'home.youth' : 'home.other', { name: about.name ?? t('whose.nameless') })}</p>}
      {isSelf && about.log.open && <Notices />}
      {own.answer && <HomeToDo choices={standing} relations={own.answer.relations} />}
      {hasSomethingOpen(about) ? (
        <HomeCard title={t('home.news.title')} page="health" more={t('home.news.more')}>
          <Suspense fallback={<DataState state="loading" />}>
            <HomeNews />
          </Suspense>
        </HomeCard>
      ) : (
        <DataState state="refused" title={t('home.closed')} text={<ClosedServices services={about.services} />} />
      )}
      {about.log.open && (
        <HomeCard title={t('home.looks.title')} page="log" more={t('home.looks.more')}>
          <HomeLooks choices={own.answer?.choices ?? []} />
        </HomeCard>
      )}
      {about.log.open && pagesFor(young).includes('questions') && (
        <HomeCard title={t('nav.questions')} page="questions" more={t('home.questions.more')}>
          <Questions />
        </HomeCard>
      )}
      {mayChoose && (
        <HomeCard title={t('home.choices.title')} page="choices" more={t('home.choices.more')}>
          <LoadedView loaded={own}>
            {() => (
              <>
                {standing.length === 0 && (
                  <p>{t(isSelf ? 'home.choices.none' : 'home.choices.noneOfOther', { name: about.name ?? t('whose.nameless') })}</p>
                )}
                {standing.length > 0 && (
                  <ul className="plain home-card__list">
                    {standing.slice(0, AT_MOST).map((choice) => (
                      <li key={choice.id}>{choiceSentence({ t, i18n }, choice)}</li>
                    ))}
                  </ul>
                )}
                {standing.length > AT_MOST && <p>{t('home.choices.others', { count: standing.length - AT_MOST })}</p>}
              </>
            )}
          </LoadedView>
        </HomeCard>
      )}
    </div>
  )
}

/** How many questions wait for an answer, and which organisation answered last. */
function Questions() {
  const { t, i18n } = useTranslation('citizen')
  const ask = useAsk()
  const loaded = useLoaded(useCallback(async () => await ask(contract.questions), [ask]))
  return (
    <LoadedView loaded={loaded}>
      {({ questions }) => {
        const waiting = questions.filter(({ answer }) => !answer)
        const [newest] = questions
          .flatMap(({ organization, answer }) => (answer ? [{ organization: organization.name, at: answer.answered }] : []))
          .sort((one, other) => Date.parse(other.at) - Date.parse(one.at))
        const names = [...new Set(waiting.map(({ organization }) => organization.name))]
        const from = formatList(names, i18n.language)
        return (
          <>
            {questions.length === 0 && <p>{t('home.questions.none')}</p>}
            {waiting.length > 0 && <p>{t('home.questions.waiting', { count: waiting.length, from })}</p>}
            {newest && (
              <p>{t('home.questions.answered', { organization: newest.organization, date: formatDate(newest.at, i18n.language) })}</p>
            )}
          </>
        )
      }}
    </LoadedView>
  )
}
