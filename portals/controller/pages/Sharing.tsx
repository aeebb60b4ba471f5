import type { Cell, Matrix } from '@helsevev/kernel/control/contract'
import { LoadedView } from '@helsevev/portal/client/loaded'
import { PageTitle } from '@helsevev/portal/client/PageTitle'
import { DataState } from '@helsevev/ui/DataState'
import { useState } from 'react'
import { useFetched } from '../client/ask.ts'
import { CaseOfficers } from '../client/CaseOfficers.tsx'
import { Select } from '../client/Field.tsx'
import { PageLink } from '../client/PageLink.tsx'
import { useRole } from '../client/role.tsx'
import { SharingMatrix } from '../client/SharingMatrix.tsx'
import { Toggle } from '../client/Toggle.tsx'
import { useWords } from '../client/words.ts'
import { contract } from '../contract.ts'

type Direction = 'we-open' | 'open-to-us'

/** What we share, service by service, and with which organisations; and what others open to us. */
export function Sharing() {
  const { t } = useWords()
  const { may } = useRole()
  const [direction, setDirection] = useState<Direction>('we-open')
  const matrix = useFetched(contract.agreements)
  return (
    <>
      <PageTitle name={t('title.sharing')} />
      <p className="lead">{t('sharing.lead')}</p>
      <p className="lead">{t('sharing.twoPeople')}</p>
      <p className="ways-on">
        {may('propose-agreements') && <PageLink page="propose">{t('title.propose')}</PageLink>}
        <PageLink page="standard">{t('title.standard')}</PageLink>
      </p>
      <Toggle
        label={t('sharing.direction')}
        value={direction}
        options={[
          ['we-open', t('sharing.weOpen')],
          ['open-to-us', t('sharing.openToUs')],
        ]}
        onChange={setDirection}
      />
      <LoadedView loaded={matrix}>
        {(found) => (
          <>
            <Filtered
              key={direction}
              matrix={found}
              cells={direction === 'we-open' ? found.weOpen : found.openToUs}
              direction={direction}
            />
            <CaseOfficers matrix={found} reload={matrix.reload} />
          </>
        )}
      </LoadedView>
    </>
  )
}

function Filtered({ matrix, cells, direction }: { matrix: Matrix; cells: readonly Cell[]; direction: Direction }) {
  const { t, service: serviceName, party } = useWords()
  const [service, setService] = useState('')
  const [counterpart, setCounterpart] = useState('')
  const services = [...new Set([...matrix.services, ...cells.map((cell) => cell.service)])]
  const names = new Map(cells.map(({ counterpart }) => [counterpart.id, party(counterpart)]))
  const counterparts = [...names].toSorted(([, a], [, b]) => a.localeCompare(b, 'nb'))
  const shown = cells.filter((cell) => (!service || cell.service === service) && (!counterpart || cell.counterpart.id === counterpart))
  if (cells.length === 0) return <DataState state="none" title={t(`sharing.none.${direction}`)} text={t('sharing.noneText')} />
  return (
    <>
      <div className="filters">
        <Select
          label={t('word.service')}
          value={service}
          onChange={setService}
          options={[['', t('word.all')], ...services.map((id) => [id, serviceName(id)] as const)]}
        />
        <Select
          label={t(`sharing.counterpart.${direction}`)}
          value={counterpart}
          onChange={setCounterpart}
          options={[['', t('word.all')], ...counterparts]}
        />
      </div>
      <SharingMatrix
        cells={shown}
        services={service ? [service] : services}
        counterparts={counterparts.filter(([id]) => !counterpart || id === counterpart)}
        direction={direction}
      />
    </>
  )
}
