/** What the panels of the open patient have loaded about the same medicines: the medication list shows it, and opens nothing for it. */
import type { Beside, BesideStatus } from '@helsevev/clinical/medicines/beside'
import { besideOf as allergiesOf } from '@helsevev/service-critical-information/beside'
import { besideOf as prescriptionsOf } from '@helsevev/service-e-prescriptions/beside'
import type { PanelState } from './panel-store.ts'

type States = ReadonlyMap<string, PanelState>

export function besideIn(states: States): Beside {
  return {
    prescriptions: partOf(states.get('e-prescriptions'), prescriptionsOf),
    allergies: partOf(states.get('critical-information'), allergiesOf),
  }
}

function partOf<Data>(state: PanelState | undefined, read: (data: never) => Data) {
  const { answer } = state ?? {}
  const data = answer?.data
  return {
    status: statusOf(state),
    isPartial: (answer?.partial ?? false) || (answer?.withheld.length ?? 0) > 0 || (answer?.unreadable ?? 0) > 0,
    ...(data === undefined ? {} : { data: read(data as never) }),
  }
}

function statusOf(state: PanelState | undefined): BesideStatus {
  if (state?.answer) return state.answer.status
  if (!state || state.loading) return 'loading'
  const code = state.problem?.code
  return code === 'refused' || code === 'unavailable' ? code : 'failed'
}
