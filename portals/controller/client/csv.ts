/** A table as a file that spreadsheets open: what stands on the screen, row by row. */

/** The rows of the table as the reader sees them, its head first. */
export function rowsOf(table: HTMLTableElement): string[][] {
  return [...table.rows].map((row) => [...row.cells].map(textOf))
}

/** The same of a table that is drawn as a list: `data-row` and `data-cell` mark its rows and cells. It has no head. */
export function rowsOfList(list: HTMLElement): string[][] {
  return [...list.querySelectorAll('[data-row]')].map((row) => [...row.querySelectorAll<HTMLElement>('[data-cell]')].map(textOf))
}

function textOf(cell: HTMLElement): string {
  return cell.innerText.replaceAll(/\s+/g, ' ').trim()
}

/**
 * CSV with semicolons, as Norwegian spreadsheets read it, in UTF-8 with a byte order mark. A cell that a spreadsheet would take for a
 * formula is written as text (OWASP CSV Injection).
 */
export function csvOf(rows: readonly (readonly string[])[]): string {
  const cell = (text: string) => {
    const inert = /^[=+\-@\t\r]/.test(text) && !/^-?[\d\s.,]+$/.test(text) && text !== '–' ? `'${text}` : text
    return /[";\n\r]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert
  }
  return `\uFEFF${rows.map((row) => row.map(cell).join(';')).join('\r\n')}\r\n`
}

/** Saves the text as a file; `name` is what the table is called. */
export function saveCsv(name: string, text: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }))
  link.download = `helsevev-${name
    .toLowerCase()
    .replaceAll(/[^a-zæøå0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')}.csv`
  link.click()
  window.setTimeout(() => URL.revokeObjectURL(link.href))
}
