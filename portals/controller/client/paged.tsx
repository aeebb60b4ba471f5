/** A list that comes in pages, with the way to the next and back. */

import Button from '@helsenorge/designsystem-react/components/Button'
import type { Page } from '@helsevev/kernel/control/contract'
import { type Loaded, LoadedView } from '@helsevev/portal/client/loaded'
import { DataState } from '@helsevev/ui/DataState'
import { type ReactNode, useState } from 'react'
import { useFetched, withQuery } from './ask.ts'
import { useWords } from './words.ts'

const size = 50

export interface Paged<Item> {
  loaded: Loaded<Page<Item>>
  skip: number
  turn: (skip: number) => void
}

export function usePaged<Item>(path: string, query: Readonly<Record<string, string>> = {}): Paged<Item> {
  const asked = withQuery(path, query)
  // A page number belongs to the list it was chosen in.
  const [turned, setTurned] = useState({ asked, skip: 0 })
  const skip = turned.asked === asked ? turned.skip : 0
  const loaded = useFetched<Page<Item>>(withQuery(path, { ...query, count: String(size), skip: skip ? String(skip) : undefined }))
  return { loaded, skip, turn: (to) => setTurned({ asked, skip: to }) }
}

interface PagedViewProps<Item> {
  paged: Paged<Item>
  /** Said when there are none. */
  none: string
  children: (items: readonly Item[]) => ReactNode
}

export function PagedView<Item>({ paged: { loaded, skip, turn }, none, children }: PagedViewProps<Item>) {
  const { t, number } = useWords()
  return (
    <LoadedView loaded={loaded}>
      {({ items, more }) => (
        <>
          {items.length > 0 ? children(items) : <DataState state="none" title={none} text={t('list.noneText')} />}
          {(more || skip > 0) && (
            <nav className="turn" aria-label={t('list.pages')}>
              {skip > 0 && (
                <Button variant="outline" onClick={() => turn(skip - size)}>
                  {t('list.before')}
                </Button>
              )}
              <span>{t('word.range', { from: number(skip + 1), until: number(skip + items.length) })}</span>
              {more && (
                <Button variant="outline" onClick={() => turn(skip + size)}>
                  {t('list.next')}
                </Button>
              )}
            </nav>
          )}
        </>
      )}
    </LoadedView>
  )
}
