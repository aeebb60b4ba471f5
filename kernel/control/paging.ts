/** Lists in pages: one row more than the page has is read, and says that there is more. */
import type { ControlCall } from './call.ts'
import type { Page } from './contract.ts'

export interface Slice {
  limit: number
  skip: number
}

interface Asked {
  count?: string | undefined
  skip?: string | undefined
}

const sliceOf = ({ count = '50', skip = '0' }: Asked): Slice => ({ limit: Number(count), skip: Number(skip) })

/** A page made of one item more than asked for: the last says that there is more. */
export function pageOf<Item>(found: readonly Item[], { limit, skip }: Slice): Page<Item> {
  const items = found.slice(0, limit)
  return { items, count: items.length, skip, more: found.length > limit }
}

/** A list that is read from one place. */
export function paged<Item>(list: (call: ControlCall, slice: Slice) => Promise<Item[]>) {
  return async (call: ControlCall, { query }: { query: Asked }): Promise<Page<Item>> => {
    const slice = sliceOf(query)
    return pageOf(await list(call, { ...slice, limit: slice.limit + 1 }), slice)
  }
}

/** A list of what is open, or closed. */
export function listed<Item>(page: (call: ControlCall, asked: { open: boolean; slice: Slice }) => Promise<Page<Item>>) {
  return async (call: ControlCall, { query }: { query: Asked & { status?: 'open' | 'closed' | undefined } }): Promise<Page<Item>> =>
    await page(call, { open: query.status !== 'closed', slice: sliceOf(query) })
}
