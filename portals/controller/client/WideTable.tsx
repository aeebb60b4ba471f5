/** A table of texts and figures; where its columns do not fit, each row is a list of them. The first cell names the row. */
import { type ReactNode, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { csvOf, rowsOf, rowsOfList, saveCsv } from './csv.ts'
import { useFirstRows } from './FirstRows.tsx'
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

function AsList({ caption, columns, rows }: WideTableProps) {
  const list = useRef<HTMLUListElement>(null)
  const { isHidden, button } = useFirstRows(rows.length)
  return (
    <>
      <ul ref={list} className="items" aria-label={caption}>
        {rows.map(({ key, cells: [first, ...more] }, row) => (
          <li key={key} className="item" data-row hidden={isHidden(row)}>
            <p className="item__name" data-cell>
              {first}
            </p>
            <dl className="facts facts--row">
              {more.map((cell, at) => (
                <div key={columns[at + 1]}>
                  <dt>{columns[at + 1]}</dt>
                  <dd data-cell>{cell}</dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
      </ul>
      {button}
      <SaveButton label={caption} rows={() => (list.current ? [[...columns], ...rowsOfList(list.current)] : [])} />
    </>
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
export function TableFrame({ label, rows, children }: { label: string; rows?: () => string[][]; children: ReactNode }) {
  const frame = useRef<HTMLElement>(null)
  function shown() {
    const table = frame.current?.querySelector('table')
    return table ? rowsOf(table) : []
  }
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard */}
      <section ref={frame} className="table-frame" aria-label={label} tabIndex={0}>
        {children}
      </section>
      <SaveButton label={label} rows={rows ?? shown} />
    </>
  )
}

/** Saves what is shown as CSV: on a phone it goes to the files, from where it is sent on. */
export function SaveButton({ label, rows }: { label: string; rows: () => string[][] }) {
  const { t } = useTranslation('controller')
  return (
    <p className="screen-only">
      <button type="button" className="link-button csv" onClick={() => saveCsv(label, csvOf(rows()))}>
        {t('csv.save')}
        <span className="visually-hidden">: {label}</span>
      </button>
    </p>
  )
}
