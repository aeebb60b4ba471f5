import Button from '@helsenorge/designsystem-react/components/Button'
import type { MisuseCaseWithLookUps } from '@helsevev/kernel/control/contract'
import { LoadedView } from '@helsevev/portal/client/loaded'
import { PageTitle } from '@helsevev/portal/client/PageTitle'
import { useState } from 'react'
import { useFetched } from '../client/ask.ts'
import { CloseMisuseCase } from '../client/CloseMisuseCase.tsx'
import { openingsOf } from '../client/case-openings.ts'
import { Facts } from '../client/Facts.tsx'
import { misuseFacts, useCaseText } from '../client/misuse.ts'
import { useParameters } from '../client/navigation.ts'
import { PageLink } from '../client/PageLink.tsx'
import { usePatientWords } from '../client/patient-words.ts'
import { WideTable } from '../client/WideTable.tsx'
import { useWords } from '../client/words.ts'
import { contract } from '../contract.ts'

/** One case with its look-ups, to be assessed by a person other than the one who looked. */
export function OneMisuseCase() {
  const words = useWords()
  const { t, time, service, purpose, event, number } = words
  const textOf = useCaseText()
  const patientWords = usePatientWords()
  const { id = '' } = useParameters()
  const loaded = useFetched(contract.misuseCase, { id })
  return (
    <>
      <PageTitle name={t('title.misuseCase')} />
      <LoadedView loaded={loaded}>
        {(found) => (
          <>
            <p className="lead">{t('misuse.who', { title: textOf(found.title), name: found.name })}</p>
            <Facts facts={misuseFacts(found, words, patientWords(found.patient), textOf)} />
            <CloseMisuseCase cases={[found]} reload={loaded.reload} />
            <h2>{t('misuse.lookUps')}</h2>
            <Openings found={found} />
            <details>
              <summary>{t('misuse.requests')}</summary>
              <WideTable
                caption={t('misuse.requests')}
                columns={[
                  t('misuse.at'),
                  t('misuse.place'),
                  t('word.service'),
                  t('misuse.event'),
                  t('word.purpose'),
                  t('misuse.shown'),
                  t('misuse.notes'),
                ]}
                rows={found.lookUps.map((one) => ({
                  key: one.eventId + one.at,
                  cells: [
                    time(one.at),
                    placeOf(one),
                    one.service ? service(one.service) : '–',
                    event(one.event),
                    one.purpose ? purpose(one.purpose) : '–',
                    number(one.resources),
                    notesOf(words, one) || '–',
                  ],
                }))}
              />
            </details>
          </>
        )}
      </LoadedView>
      <p className="screen-only">
        <PageLink page="misuseCases">{t('back.misuseCases')}</PageLink>
      </p>
    </>
  )
}

/** Openings shown at first: a case may have hundreds. */
const shownFirst = 20

/** One row for each opening of the patient; how many requests it made stands under details. */
function Openings({ found }: { found: MisuseCaseWithLookUps }) {
  const { t, time, service, purpose, number, list } = useWords()
  const [all, setAll] = useState(false)
  const openings = openingsOf(found)
  const shown = all ? openings : openings.slice(0, shownFirst)
  return (
    <>
      <WideTable
        caption={t('misuse.lookUps')}
        columns={[t('misuse.at'), t('misuse.place'), t('word.service'), t('word.purpose'), t('misuse.shown')]}
        figuresFrom={4}
        rows={shown.map((one) => ({
          key: String(one.opening),
          cells: [
            time(one.at),
            placeOf(one),
            one.services.length > 0 ? list(one.services.map(service)) : '–',
            one.purpose ? purpose(one.purpose) : '–',
            number(one.resources),
          ],
        }))}
      />
      {shown.length < openings.length && (
        <Button variant="outline" onClick={() => setAll(true)}>
          {t('misuse.showAll', { count: openings.length })}
        </Button>
      )}
    </>
  )
}

/** `Bergen legevakt, Bergen kommune` */
function placeOf({ unit, organizationName }: Pick<CaseLookUp, 'unit' | 'organizationName'>): string {
  return [...new Set([unit, organizationName])].filter(Boolean).join(', ') || '–'
}

type CaseLookUp = MisuseCaseWithLookUps['lookUps'][number]

/** What was opened by what, why something was not seen, and whether the screen asked by itself. */
function notesOf({ t }: ReturnType<typeof useWords>, { openedBy, unseen, automatic }: CaseLookUp): string {
  return [
    ...(openedBy ? [t(`opened.${openedBy}`)] : []),
    ...(unseen ?? []).map((reason) => t(`unseen.${reason}`)),
    ...(automatic ? [t('misuse.automatic')] : []),
  ].join('; ')
}
