/** A list in pages, with the way to the next page and back. */

import Button from '@helsenorge/designsystem-react/components/Button'
import type { Page } from '@helsevev/kernel/control/contract'
import { type AnswerOf, addressOf, type Input, type Row, type Schema } from '@helsevev/kernel/wire/contract'
import { type Loaded, LoadedView } from '@helsevev/portal/client/loaded'
import { DataState } from '@helsevev/ui/DataState'
import { type ReactNode, useState } from 'react'
import { useFetched } from './ask.ts'
import { useWords } from './words.ts'

const size = 50

export interface Paged<Item> {
  loaded: Loaded<Page<Item>>
  skip: number
  turn: (skip: number) => void
}

type ListRow<Item> = Row & { method: 'GET'; answer: Schema<Page<Item>> }
type ListQuery<R extends Row> = NonNullable<Input<R>[0]>

/** `asked` makes the request for one page of the list. */
export function usePaged<R extends ListRow<unknown>>(
  row: R,
  asked: (slice: { count: string; skip: string | undefined }) => ListQuery<R>,
): Paged<AnswerOf<R>['items'][number]> {
  const list = addressOf(row, asked({ count: String(size), skip: undefined }))
  // A page number belongs to the list that it was chosen in.
  const [turned, setTurned] = useState({ list, skip: 0 })
  const skip = turned.list === list ? turned.skip : 0
  const loaded = useFetched(row, asked({ count: String(size), skip: skip ? String(skip) : undefined }))
  return { loaded, skip, turn: (to) => setTurned({ list, skip: to }) }
}

interface PagedViewProps<Item> {
  paged: Paged<Item>
  /** Shown when the list is empty. */
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
