/** What the seeded people's histories have as messages of other systems. */
import { labMessages, type SeedMessage } from './lab-messages.ts'
import { listMessages } from './list-messages.ts'
import { prescriptionMessages } from './prescription-messages.ts'

/** Those of each service, person by person; the same for the same moment. */
export function* messages(now: Date): Generator<SeedMessage> {
  yield* labMessages(now)
  yield* prescriptionMessages(now)
  yield* listMessages(now)
}
