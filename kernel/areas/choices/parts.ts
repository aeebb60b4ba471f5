import type { Sql } from 'postgres'
import type { Actor } from '../../audit/actors.ts'
import type { ChangeLog } from '../../audit/change-log.ts'
import type { Intend } from '../../audit/intents.ts'
import type { Ids } from '../../store/ids.ts'
import type { Chooser } from './choice.ts'

/** What is needed to store a choice. */
export interface ChoiceStore {
  sql: Sql
  ids: Ids
  clock: () => Date
  /** The information services that exist here; a choice about any other is refused. */
  services: ReadonlyMap<string, unknown>
  /** Set where the row of the access log comes after the commit. */
  intend?: Intend
}

/** With the log that a change must be in before it is acknowledged. */
export interface ChoiceParts extends ChoiceStore {
  changes: ChangeLog
}

/** The person who chooses, and the actor that the log names for them. */
export interface NamedChooser extends Chooser {
  actor: Actor
}
