/** Services × counterparts: a table where there is room, and a list where there is not. Each cell leads to the agreements behind it. */
import type { Cell } from '@helsevev/kernel/control/contract'
import { useFirstRows } from './FirstRows.tsx'
import { PageLink } from './PageLink.tsx'
import { Status } from './Status.tsx'
import { useNarrow } from './useNarrow.ts'
import { SaveButton, TableFrame } from './WideTable.tsx'
import { useWords } from './words.ts'

interface SharingMatrixProps {
  cells: readonly Cell[]
  services: readonly string[]
  counterparts: readonly (readonly [id: string, name: string])[]
  direction: 'we-open' | 'open-to-us'
}

export function SharingMatrix(props: SharingMatrixProps) {
  return useNarrow() ? <AsList {...props} /> : <AsTable {...props} />
}

const cellAt = (cells: readonly Cell[], counterpart: string, service: string) =>
  cells.find((cell) => cell.counterpart.id === counterpart && cell.service === service)

/** What is saved as a file, the same from a table and from a list: a counterpart in each row, a service in each column. */
function useCsvRows({ cells, services, counterparts, direction }: SharingMatrixProps): () => string[][] {
  const { t, service: serviceName } = useWords()
  const statusWords = useStatusWords()
  return () => [
    [t(`sharing.counterpart.${direction}`), ...services.map(serviceName)],
    ...counterparts.map(([id, name]) => [
      name,
      ...services.map((service) => {
        const cell = cellAt(cells, id, service)
        return cell ? statusWords(cell) : t('word.noAgreement')
      }),
    ]),
  ]
}

/** The status of a cell in words; for a service that is open to a group, how many of it are excepted. */
function useStatusWords(): (cell: Cell) => string {
  const { t } = useWords()
  return ({ status, closures }) =>
    status === 'open' && closures.length > 0 ? t('sharing.openExcept', { count: closures.length }) : t(`status.${status}`)
}

function AsTable({ cells, services, counterparts, direction }: SharingMatrixProps) {
  const { t, service: serviceName } = useWords()
  const rows = useCsvRows({ cells, services, counterparts, direction })
  return (
    <TableFrame label={t(`sharing.caption.${direction}`)} rows={rows}>
      <table className="table matrix">
        <caption className="visually-hidden">{t(`sharing.caption.${direction}`)}</caption>
        <thead>
          <tr>
            <th scope="col">{t(`sharing.counterpart.${direction}`)}</th>
            {services.map((service) => (
              <th key={service} scope="col">
                {serviceName(service)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {counterparts.map(([id, name]) => (
            <tr key={id}>
              <th scope="row">{name}</th>
              {services.map((service) => {
                const cell = cellAt(cells, id, service)
                return (
                  <td key={service}>
                    {cell ? (
                      <CellLink cell={cell} direction={direction} />
                    ) : (
                      <span className="matrix__nothing">{t('word.noAgreement')}</span>
                    )}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  )
}

function AsList({ cells, services, counterparts, direction }: SharingMatrixProps) {
  const { t, service: serviceName, list } = useWords()
  const rows = useCsvRows({ cells, services, counterparts, direction })
  const { isHidden, button } = useFirstRows(counterparts.length)
  return (
    <>
      <ul className="matrix-list">
        {counterparts.map(([id, name], row) => {
          const without = services.filter((service) => !cellAt(cells, id, service))
          return (
            <li key={id} className="item" hidden={isHidden(row)}>
              <h2>{name}</h2>
              <dl className="facts">
                {services.map((service) => {
                  const cell = cellAt(cells, id, service)
                  return (
                    cell && (
                      <div key={service}>
                        <dt>{serviceName(service)}</dt>
                        <dd>
                          <CellLink cell={cell} direction={direction} />
                        </dd>
                      </div>
                    )
                  )
                })}
                {without.length > 0 && (
                  <div>
                    <dt>{t('word.noAgreement')}</dt>
                    <dd>{list(without.map(serviceName))}</dd>
                  </div>
                )}
              </dl>
            </li>
          )
        })}
      </ul>
      {button}
      <SaveButton label={t(`sharing.caption.${direction}`)} rows={rows} />
    </>
  )
}

function CellLink({ cell, direction }: { cell: Cell; direction: SharingMatrixProps['direction'] }) {
  const { service } = useWords()
  const statusWords = useStatusWords()
  const { counterpart, status } = cell
  return (
    <PageLink page="cell" parameters={{ direction, service: cell.service, counterpart: counterpart.id }} className="matrix__cell">
      <Status status={status} words={statusWords(cell)} />
      <span className="visually-hidden">{`${service(cell.service)}, ${counterpart.name}`}</span>
    </PageLink>
  )
}
