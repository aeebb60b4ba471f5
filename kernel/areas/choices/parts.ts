import type { Sql } from 'postgres'
import type { Actor } from '../../audit/actors.ts'
import type { ChangeLog } from '../../audit/change-log.ts'
import type { Ids } from '../../store/ids.ts'
import type { Chooser } from './choice.ts'

/** What storing a choice works with. */
export interface ChoiceStore {
  sql: Sql
  ids: Ids
  clock: () => Date
  /** The information services there are; a choice about another is refused. */
  services: ReadonlyMap<string, unknown>
}

/** With the log that a change must stand in before it is acknowledged. */
export interface ChoiceParts extends ChoiceStore {
  changes: ChangeLog
}

/** Who chooses, and as whom the log knows them. */
export interface NamedChooser extends Chooser {
  actor: Actor
}
