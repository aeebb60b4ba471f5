/** A table of texts and figures; where its columns do not fit, each row is a list of them. The first cell names the row. */
import { type ReactNode, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { csvOf, rowsOf, saveCsv } from './csv.ts'
import { useNarrow } from './useNarrow.ts'

interface WideTableProps {
  caption: string
  columns: readonly string[]
  rows: readonly { key: string; cells: readonly ReactNode[] }[]
  /** Index of the first column of figures; figures are aligned to the right. */
  figuresFrom?: number
}

export function WideTable(props: WideTableProps) {
  return useNarrow() ? <AsList {...props} /> : <AsTable {...props} />
}

/** A phone has no spreadsheet to open the file in: there the list is not offered as one. */
function AsList({ caption, columns, rows }: WideTableProps) {
  return (
    <ul className="items" aria-label={caption}>
      {rows.map(({ key, cells: [first, ...more] }) => (
        <li key={key} className="item">
          <p className="item__name">{first}</p>
          <dl className="facts">
            {more.map((cell, at) => (
              <div key={columns[at + 1]}>
                <dt>{columns[at + 1]}</dt>
                <dd>{cell}</dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ul>
  )
}

function AsTable({ caption, columns, rows, figuresFrom = columns.length }: WideTableProps) {
  const figure = (at: number) => (at >= figuresFrom ? 'table__figure' : undefined)
  return (
    <TableFrame label={caption}>
      <table className="table">
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column, at) => (
              <th key={column} scope="col" className={figure(at)}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells: [first, ...more] }) => (
            <tr key={key}>
              <th scope="row">{first}</th>
              {more.map((cell, at) => (
                <td key={columns[at + 1]} className={figure(at + 1)}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  )
}

/** A table that is wider than its frame scrolls sideways in the frame, with the keyboard too. Below it is the way to save it as a file. */
export function TableFrame({ label, children }: { label: string; children: ReactNode }) {
  const { t } = useTranslation('controller')
  const frame = useRef<HTMLElement>(null)
  function save() {
    const table = frame.current?.querySelector('table')
    if (table) saveCsv(label, csvOf(rowsOf(table)))
  }
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard */}
      <section ref={frame} className="table-frame" aria-label={label} tabIndex={0}>
        {children}
      </section>
      <p>
        <button type="button" className="link-button csv" onClick={save}>
          {t('csv.save')}
          <span className="visually-hidden">: {label}</span>
        </button>
      </p>
    </>
  )
}
