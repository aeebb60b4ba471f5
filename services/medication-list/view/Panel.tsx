/**
 * The medication list of the open patient. First what to act on: candidates of double prescription, and what has expired. Then what is used
 * now, regular, as needed and courses, with allergies above it; then what changed lately, what a pharmacy proposes, and what was
 * discontinued. The list of an earlier day, and what one version changed of another, are views of the same panel.
 */

import { defineView } from '@helsevev/panel/view.ts'
import { DataState } from '@helsevev/ui/DataState'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { identity } from '../identity.ts'
import { snapshot, timeline } from './lines.ts'
import { usePatientsList } from './paper/usePatientsList.ts'
import { Allergies } from './parts/Allergies.tsx'
import { Changes } from './parts/Changes.tsx'
import { Group, Lines } from './parts/Line.tsx'
import { Sources } from './parts/Sources.tsx'
import { Warnings } from './parts/Warnings.tsx'
import './panel.css'
import { useSurroundings } from '@helsevev/panel/surroundings.ts'
import type { MedicationListData, Use } from './panel-data.ts'
import { medicationListTexts } from './texts.ts'

const NAMESPACE = 'medication-list'
// Not needed on the first page: loaded when they are opened.
const Past = lazy(async () => ({ default: (await import('./more/Past.tsx')).Past }))
const Handing = lazy(async () => ({ default: (await import('./more/Handing.tsx')).Handing }))
const uses: readonly Use[] = ['regular', 'as-needed', 'course', 'other']

interface Drawn {
  data: MedicationListData
}

type Shown = 'now' | 'past' | 'handing'

function Some({ data }: Drawn) {
  const [shown, setShown] = useState<Shown>('now')
  return (
    <div className="medication">
      <Tools data={data} shown={shown} onShow={setShown} />
      {shown === 'now' && <Now data={data} />}
      <Suspense fallback={<DataState state="loading" />}>
        {shown === 'past' && <Past draw={(then) => <Listed data={then} />} onClose={() => setShown('now')} />}
        {shown === 'handing' && <Handing data={data} onClose={() => setShown('now')} />}
      </Suspense>
    </div>
  )
}

/** The other views of the list, and the list on paper for the patient. */
function Tools({ data, shown, onShow }: Drawn & { shown: Shown; onShow: (shown: Shown) => void }) {
  const { t } = useTranslation(NAMESPACE)
  const { pastOf, changesOf } = useSurroundings()
  const { print, sheet } = usePatientsList(data)
  const views = [...(changesOf ? (['handing'] as const) : []), ...(pastOf ? (['past'] as const) : [])]
  return (
    <div className="medication__tools">
      {views.map((one) => (
        <button
          key={one}
          type="button"
          className="link-button"
          aria-expanded={shown === one}
          onClick={() => onShow(shown === one ? 'now' : one)}
        >
          {t(`show.${one}`)}
        </button>
      ))}
      <button type="button" className="link-button" onClick={print}>
        {t('paper.print')}
      </button>
      {sheet}
    </div>
  )
}

function Now({ data }: Drawn) {
  return (
    <>
      <Warnings data={data} />
      <Allergies beside={data.beside} />
      <Listed data={data} />
      <Changes lines={data.lines} />
      <Stopped data={data} />
      <Sources data={data} />
    </>
  )
}

/** What is used, by use; what has not started; what is over; and what a pharmacy proposes. */
function Listed({ data }: Drawn) {
  const { t } = useTranslation(NAMESPACE)
  const { lines, proposed, beside, list, missing, more } = data
  const inUse = lines.filter(({ standing }) => standing === 'in-use')
  return (
    <>
      {inUse.length === 0 && <p>{t(list?.isEmpty ? 'empty' : 'noneNow')}</p>}
      {uses.map((use) => (
        <Group key={use} name={t(`group.${use}`)} lines={inUse.filter((one) => one.use === use)} beside={beside} />
      ))}
      <Group name={t('group.not-started')} lines={lines.filter(({ standing }) => standing === 'not-started')} beside={beside} />
      <Group name={t('group.over')} lines={lines.filter(({ standing }) => standing === 'over')} beside={beside} />
      <Group name={t('group.proposed')} lines={proposed} beside={beside}>
        <p className="medication__note">
          {t('proposedText')} {data.proposedBy && t('proposedBy', { who: data.proposedBy })}
        </p>
      </Group>
      {missing > 0 && <p className="medication__warning">{t('missing', { count: missing })}</p>}
      {more && <p className="medication__note">{t('more')}</p>}
    </>
  )
}

function Stopped({ data: { lines, beside } }: Drawn) {
  const { t } = useTranslation(NAMESPACE)
  const stopped = lines.filter(({ standing }) => standing === 'stopped')
  if (stopped.length === 0) return null
  return (
    <details className="medication__folded">
      <summary>{t('stopped', { count: stopped.length })}</summary>
      <Lines lines={stopped} beside={beside} />
    </details>
  )
}

export const view = defineView({
  service: identity,
  namespace: NAMESPACE,
  texts: medicationListTexts,
  Some,
  timeline,
  snapshot,
  hasVersions: true,
})
