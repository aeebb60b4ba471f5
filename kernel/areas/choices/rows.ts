/** What a decision opens of the patient's choices: those of the one person it is about, as far as the caller may see and change them. */
import type { Decision } from '../../access/decision.ts'
import { intending } from '../../audit/intents.ts'
import { type Bind, keysOf, type Source } from '../../fhir/rows.ts'
import type { Caller } from '../../identity/caller.ts'
import { keyOfNumber, staffKey } from '../../identity/persons.ts'
import type { Result } from '../../problem/problem.ts'
import type { RecordId } from '../../store/ids.ts'
import type { Chooser, NewChoice, StoredChoice } from './choice.ts'
import { storeEnd } from './end.ts'
import { type ListedChoices, listChoices } from './list.ts'
import { type MadeChoice, storeChoice } from './make.ts'
import type { ChoiceStore } from './parts.ts'

export interface ChoiceRows {
  list(which: 'standing' | 'past' | 'all', now: Date): Promise<ListedChoices>
  make(choice: NewChoice): Promise<Result<MadeChoice>>
  end(id: RecordId): Promise<Result<StoredChoice>>
}

/** `caller`: the one who sees, makes and ends the choices. */
export function choiceRows(caller: Caller, services: ChoiceStore['services']): Bind<ChoiceRows> {
  return (source, decision, ledger) => {
    const keys = keysOf(decision)
    const store = { ...source, services, intend: intending(source.ids, ledger.stored) }
    return {
      list: async (which, now) => await listChoices(source.sql, keys, await chooserOf(source, caller, decision), { which, now }),
      make: async (choice) => await storeChoice(store, keys, choice, await chooserOf(source, caller, decision)),
      end: async (id) => await storeEnd(store, keys, id, await chooserOf(source, caller, decision)),
    }
  }
}

async function chooserOf({ sql, ids }: Source, caller: Caller, { basis, patient }: Decision): Promise<Chooser> {
  if (basis === 'self' || basis === 'youth') return { person: patient.key, as: 'self' }
  const number = caller.pid ?? ''
  if (caller.kind !== 'citizen') return { person: await staffKey(sql, ids, number), as: 'staff', organization: caller.organization }
  const person = await keyOfNumber(sql, number)
  if (!person) throw new Error('A representative who has access must be in the person register.')
  return { person, as: 'representative' }
}
