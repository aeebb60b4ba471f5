/** Texts of the controller portal, i18next namespace `controller`, from a table for each part. What is not here is common to all portals. */
import type { Language } from '@helsevev/ui/format.ts'
import type { Texts } from '@helsevev/ui/i18n.ts'
import type { TextTable } from './text-table.ts'
import { followTexts } from './texts/follow.ts'
import { frameTexts } from './texts/frame.ts'
import { refusedTexts } from './texts/refused.ts'
import { seeTexts } from './texts/see.ts'
import { sharingTexts } from './texts/sharing.ts'
import { steerTexts } from './texts/steer.ts'

const tables: readonly TextTable[] = [frameTexts, sharingTexts, steerTexts, followTexts, seeTexts, refusedTexts]

type Tree = { [name: string]: string | Tree }

function of(column: 0 | 1 | 2): Tree {
  const tree: Tree = {}
  for (const [place, words] of tables.flatMap((table) => Object.entries(table))) {
    const path = place.split('.')
    const last = path.pop() ?? ''
    let branch = tree
    for (const name of path) {
      branch[name] ??= {}
      branch = branch[name] as Tree
    }
    branch[last] = words[column]
  }
  return tree
}

export const texts: Texts = { nb: of(0), nn: of(1), en: of(2) } satisfies Record<Language, Tree>
