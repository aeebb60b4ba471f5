/**
 * What an operation of one service needs of another, such as the scale of the last score: read under a decision of that service, and
 * logged as a row of it. Where the caller may not read it, nothing is known, and nothing was opened.
 */
import type { Resource } from '@medplum/fhirtypes'
import { isProblem } from '../problem/problem.ts'
import { type DecisionRequest, decided } from './decided.ts'
import { eachService } from './each-service.ts'
import type { Done, ServiceExchange } from './exchange.ts'
import { records } from './records.ts'
import type { Elsewhere, WithheldElsewhere } from './service.ts'

export interface NewestElsewhere {
  /** Newest first; undefined where nothing is known. */
  read(asked: Elsewhere): Promise<Resource[] | undefined>
  /** What is withheld in a service that was read, as a search there says it; undefined where nothing of it was read. */
  withheld(service: string): WithheldElsewhere | undefined
  /** What was opened, for the access log, in the order in which it was asked for: the order of answers varies. */
  opened(): Done[]
}

export function newestElsewhere(exchange: ServiceExchange, event: string, patient: DecisionRequest['patient']): NewestElsewhere {
  const opened: (Done | undefined)[] = []
  const withheld = new Map<string, WithheldElsewhere>()
  return {
    withheld: (service) => withheld.get(service),
    opened: () => opened.flatMap((done) => done ?? []),
    async read({ service: id, type, tokens, count }) {
      const place = opened.push(undefined) - 1
      const [other] = eachService(exchange, (service) => service.id === id).exchanges
      if (!other) return undefined
      let found: Resource[] | undefined
      const done = await decided(other, { event, type: undefined, kind: 'search', patient }, records, async (_decision, rows) => {
        found = await rows.ofService(other.service).search(type, { tokens, count })
        withheld.set(id, { byPatient: await rows.withheld(), nothing: await rows.nothing() })
        return { status: 200, headers: {}, body: undefined }
      })
      if (isProblem(done.result)) return undefined
      opened[place] = { ...done, exchange: other }
      return found
    },
  }
}
