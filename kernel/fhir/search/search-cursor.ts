/**
 * The link to the next page of a search: where it begins, and the whole form, sealed. So the link can be followed by GET as well as POST,
 * though the form holds an identity number: no address, log or history of a browser shows it. It has only letters, like logical ids. The
 * next page is decided again for the person who asks for it. docs/decisions/0060-links-to-pages-are-sealed.md
 */
import { problem, type Result } from '../../problem/problem.ts'
import { type RecordId, sealed, unsealed } from '../../store/ids.ts'

/** The next page begins after this record in the order of the search, whatever was written meanwhile. */
export interface Cursor {
  at: Date
  id: RecordId
}

/** A cursor about the searches of one type of a service, `{service}/{Type}`. */
export function cursorText({ at, id }: Cursor, form: URLSearchParams, about: string): string {
  return sealed(`${at.getTime()} ${id} ${form}`, about)
}

/** The form of the page that a form asks for, and where it begins; the form as it is when it names no page. */
export function pageOf(form: URLSearchParams, about: string): Result<{ form: URLSearchParams; after: Cursor | undefined }> {
  const [cursor, ...more] = form.getAll('_cursor')
  if (cursor === undefined) return { form, after: undefined }
  const [, time = '', id = '', text = ''] = /^(-?\d+) (\d+) (.*)$/s.exec((more.length === 0 && unsealed(cursor, about)) || '') ?? []
  if (id === '') return problem('invalid-parameter', '_cursor is taken from the link next of the page before, and given once.')
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
