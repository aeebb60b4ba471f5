/**
 * Reads files of reference data: CSV in UTF-8 with commas and a header row. Lines that start with # are remarks, and the first remark names
 * source and date. A file is read whole, and every fault is reported with line, column, rule and remedy.
 */
import { parse } from 'csv-parse/sync'

/** A fault in a file. `line` counts from 1, remarks and header included. */
export interface RowFault {
  line: number
  /** Absent when the whole row or the whole file is faulty. */
  column?: string
  rule: string
  remedy: string
}

export interface Column {
  name: string
  /** Refuses an empty value. */
  required?: boolean
  matches?: RegExp
  oneOf?: readonly string[]
  /** The expected value in words, for the remedy. */
  expected: string
}

export interface FileKind<Name extends string = string> {
  name: string
  columns: readonly (Column & { name: Name })[]
  /** Columns that together identify a row; a second row with the same values is refused. */
  key: readonly Name[]
}

export interface Row<Name extends string = string> {
  line: number
  values: Record<Name, string>
}

/** The rows of a file, or every fault found. */
export function readRows<Name extends string>(kind: FileKind<Name>, text: string): { rows: Row<Name>[] } | { faults: RowFault[] } {
  const records = readRecords(text)
  if ('faults' in records) return records
  const [header, ...body] = records
  const faults = headerFaults(kind, header)
  if (faults.length > 0) return { faults }

  const rows: Row<Name>[] = []
  const seen = new Map<string, number>()
  for (const { line, cells } of body) {
    if (cells.length !== header?.cells.length) {
      faults.push({
        line,
        rule: `The row has ${cells.length} values, the header ${header?.cells.length}.`,
        remedy: 'Put values that hold a comma in double quotes.',
      })
      continue
    }
    const values = Object.fromEntries(kind.columns.map(({ name }) => [name, cells[header.cells.indexOf(name)] ?? ''])) as Record<
      Name,
      string
    >
    for (const column of kind.columns) faults.push(...valueFaults(line, column, values[column.name]))
    const key = JSON.stringify(kind.key.map((name) => values[name]))
    const earlier = seen.get(key)
    if (earlier !== undefined) {
      faults.push({
        line,
        column: kind.key.join(', '),
        rule: `The same ${kind.key.join(' and ')} stands on line ${earlier}.`,
        remedy: 'Keep one of the two rows.',
      })
    }
    seen.set(key, line)
    rows.push({ line, values })
  }
  return faults.length > 0 ? { faults } : { rows }
}

interface FileRecord {
  line: number
  cells: string[]
}

function readRecords(text: string): FileRecord[] | { faults: RowFault[] } {
  try {
    const records = parse(text, {
      bom: true,
      comment: '#',
      comment_no_infix: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    })
    // `lines` is the line on which a record ends; a quoted value may hold line breaks.
    return (records as unknown as { info: { lines: number }; record: string[] }[]).map(({ info, record }) => ({
      line: info.lines,
      cells: record,
    }))
  } catch (error) {
    const { lines = 1, message } = error as { lines?: number; message: string }
    return {
      faults: [
        {
          line: lines,
          rule: `The file cannot be read as CSV: ${message}`,
          remedy: 'Write UTF-8 with commas, and double the quotes inside a quoted value.',
        },
      ],
    }
  }
}

function headerFaults(kind: FileKind, header: FileRecord | undefined): RowFault[] {
  const names = kind.columns.map(({ name }) => name)
  const remedy = `Write this header as the first row after the remarks: ${names.join(',')}`
  if (!header) return [{ line: 1, rule: `The file of ${kind.name} holds no rows.`, remedy }]
  const faults: RowFault[] = []
  for (const { name, required } of kind.columns) {
    if (required && !header.cells.includes(name))
      faults.push({ line: header.line, column: name, rule: 'The column is missing from the header.', remedy })
  }
  for (const name of header.cells) {
    if (!names.includes(name)) faults.push({ line: header.line, column: name, rule: `A file of ${kind.name} has no such column.`, remedy })
  }
  return faults
}

function valueFaults(line: number, column: Column, value: string): RowFault[] {
  if (value === '')
    return column.required ? [{ line, column: column.name, rule: 'The value is missing.', remedy: `Give ${column.expected}.` }] : []
  if (column.matches && !column.matches.test(value))
    return [{ line, column: column.name, rule: `"${value}" has the wrong form.`, remedy: `Give ${column.expected}.` }]
  if (column.oneOf && !column.oneOf.includes(value))
    return [{ line, column: column.name, rule: `"${value}" is not one of the values allowed.`, remedy: `Give ${column.expected}.` }]
  return []
}
