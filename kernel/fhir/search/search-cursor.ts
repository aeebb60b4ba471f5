/**
 * The link to the next page of a search: where it begins, and the whole form, sealed. So the link can be followed by GET as well as POST,
 * though the form holds an identity number: no address, log or history of a browser shows it. It has only letters, like logical ids. It is
 * good for the caller it was given to alone, and the page is decided again for that caller: to another, an empty page would look like the
 * end of the search. docs/decisions/0060-links-to-pages-are-sealed.md
 */
import { problem, type Result } from '../../problem/problem.ts'
import { type RecordId, sealed, unsealed } from '../../store/ids.ts'
import type { ServiceExchange } from '../exchange.ts'

/** The next page begins after this record in the order of the search, whatever was written meanwhile. */
export interface Cursor {
  at: Date
  id: RecordId
}

/** A cursor of the caller, about the searches of one type of a service. */
export function cursorText({ at, id }: Cursor, form: URLSearchParams, exchange: ServiceExchange, type: string): string {
  return sealed(`${at.getTime()} ${id} ${form}`, aboutOf(exchange, type))
}

/** What a link is good for. The same person and the same system stay who they are when a token is renewed. */
function aboutOf({ service, caller }: ServiceExchange, type: string): string {
  const { kind, organization, client, pid } = caller
  return JSON.stringify([service.id, type, kind, organization, client, pid])
}

/** One answer for a link that was made up, altered, or given to somebody else: it does not show which. */
const NOT_YOURS = [
  '_cursor is no link next that was given to you in this search.',
  'It is taken from the page before, sent once, and holds for the caller, service and type of that page. Begin the search again.',
].join(' ')

/** The form of the page that a form asks for, and where it begins; the form as it is when it names no page. */
export function pageOf(
  form: URLSearchParams,
  exchange: ServiceExchange,
  type: string,
): Result<{ form: URLSearchParams; after: Cursor | undefined }> {
  const [cursor, ...more] = form.getAll('_cursor')
  if (cursor === undefined) return { form, after: undefined }
  const [, time = '', id = '', text = ''] =
    /^(-?\d+) (\d+) (.*)$/s.exec((more.length === 0 && unsealed(cursor, aboutOf(exchange, type))) || '') ?? []
  if (id === '') return problem('invalid-parameter', NOT_YOURS)
  const whole = new URLSearchParams(text)
  const other = [...form].find(([name, value]) => !['_cursor', '_count', '_format'].includes(name) && !whole.getAll(name).includes(value))
  if (other) {
    const text = `The page is of a search with another ${JSON.stringify(other[0].slice(0, 64))}. Send the same form, or the link alone.`
    return problem('invalid-parameter', text)
  }
  const count = form.get('_count')
  if (count !== null) whole.set('_count', count)
  return { form: whole, after: { at: new Date(Number(time)), id: id as RecordId } }
}
