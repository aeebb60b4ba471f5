/** Rules are tested row by row, with the rows of a YAML file in the folder of the source. */
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'

export function cases<Row>(url: URL): Row[] {
  return parse(readFileSync(url, 'utf8')) as Row[]
}
