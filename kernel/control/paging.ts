/** Lists in pages: one row more than the page is read, to know whether there are more. */
import type { ControlCall } from './call.ts'
import type { Page } from './contract.ts'

export interface Slice {
  limit: number
  skip: number
}

interface SliceQuery {
  count?: string | undefined
  skip?: string | undefined
}

const sliceOf = ({ count = '50', skip = '0' }: SliceQuery): Slice => ({ limit: Number(count), skip: Number(skip) })

/** A page of what was read: one item more than the limit means that there are more. */
export function pageOf<Item>(found: readonly Item[], { limit, skip }: Slice): Page<Item> {
  const items = found.slice(0, limit)
  return { items, count: items.length, skip, more: found.length > limit }
}

/** A list that is read from one place. */
export function paged<Item>(list: (call: ControlCall, slice: Slice) => Promise<Item[]>) {
  return async (call: ControlCall, { query }: { query: SliceQuery }): Promise<Page<Item>> => {
    const slice = sliceOf(query)
    return pageOf(await list(call, { ...slice, limit: slice.limit + 1 }), slice)
  }
}

/** A list of the open items, or of the closed ones. */
export function listed<Item>(page: (call: ControlCall, selection: { open: boolean; slice: Slice }) => Promise<Page<Item>>) {
  return async (call: ControlCall, { query }: { query: SliceQuery & { status?: 'open' | 'closed' | undefined } }): Promise<Page<Item>> =>
    await page(call, { open: query.status !== 'closed', slice: sliceOf(query) })
}
