/** The hand-over: what the newest version of the list changed of an earlier one, and why. For the screen and for paper. */
import { useSurroundings } from '@helsevev/panel/surroundings.ts'
import { DataState } from '@helsevev/ui/DataState'
import { formatDateTime } from '@helsevev/ui/format.ts'
import { addTexts } from '@helsevev/ui/i18n.ts'
import { usePaper } from '@helsevev/ui/paper.ts'
import { useEffect, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { identity } from '../../identity.ts'
import type { MedicationListData } from '../panel-data.ts'
import { HandOverView } from './HandOverView.tsx'
import { type Version, versionBefore, versionsOf } from './handover.ts'
import { moreTexts } from './more-texts.ts'

addTexts('medication-list/more', moreTexts)

interface HandingProps {
  data: MedicationListData
  onClose: () => void
}

export function Handing({ data, onClose }: HandingProps) {
  const { t } = useTranslation('medication-list/more')
  const { changesOf } = useSurroundings()
  const [attempt, setAttempt] = useState(0)
  const [versions, setVersions] = useState<readonly Version[] | 'failed'>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt asks again
  useEffect(() => {
    let isOver = false
    setVersions(undefined)
    void (changesOf?.(identity.id) ?? Promise.resolve('failed' as const))
      .catch(() => 'failed' as const)
      .then((changes) => {
        if (!isOver) setVersions(changes === 'failed' ? 'failed' : versionsOf(data, changes))
      })
    return () => {
      isOver = true
    }
  }, [changesOf, attempt, data.list?.id])
  return (
    <div className="medication__handing" aria-busy={versions === undefined}>
      <button type="button" className="link-button" onClick={onClose}>
        {t('backToNow')}
      </button>
      {versions === undefined && <DataState state="loading" />}
      {versions === 'failed' && <DataState state="unavailable" text={t('handing.failed')} onRetry={() => setAttempt((one) => one + 1)} />}
      {Array.isArray(versions) && (versions.length < 2 ? <p>{t('handing.one')}</p> : <Between versions={versions} />)}
    </div>
  )
}

/** The version before the last stay stands first, and the reader can choose another. */
function Between({ versions }: { versions: readonly Version[] }) {
  const { t, i18n } = useTranslation('medication-list/more')
  const { person } = useSurroundings()
  const id = useId()
  const [newest, ...earlier] = versions
  const [chosen, setChosen] = useState(versionBefore(versions)?.list.id)
  const before = earlier.find(({ list }) => list.id === chosen)
  const { print, sheet } = usePaper(async () => () => newest && before && <HandOverView before={before} after={newest} person={person} />)
  const nameOf = ({ list }: Version) => [formatDateTime(list.made, i18n.language), list.place ?? list.controller.name].join(', ')
  if (!newest || !before) return null
  return (
    <>
      <div className="medication__choose">
        <div className="field">
          <label htmlFor={id}>{t('handing.before')}</label>
          <select id={id} value={chosen} onChange={({ target }) => setChosen(target.value)}>
            {earlier.map((one) => (
              <option key={one.list.id} value={one.list.id}>
                {nameOf(one)}
              </option>
            ))}
          </select>
        </div>
        <button type="button" className="link-button" onClick={print}>
          {t('handing.print')}
        </button>
      </div>
      <HandOverView before={before} after={newest} />
      {sheet}
    </>
  )
}
