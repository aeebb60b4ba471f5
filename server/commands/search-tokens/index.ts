/** `npx helsevev search-tokens renew`: makes the tokens again, by which searches find what is stored. docs/run/search-tokens.md */

import { loadCodes } from '@helsevev/kernel/codes/load'
import { parsePlace, placeText } from '@helsevev/kernel/store/ids'
import { defineCommand, optional } from '../define-command.ts'
import { refuse } from '../outcome.ts'
import { text } from '../values.ts'
import { type Place, type Renewed, renewTokens } from './renew.ts'

/** Records that are read at a time. */
const BATCH = 500

export const commands = [
  defineCommand({
    name: 'search-tokens renew',
    summary: 'Make the tokens again by which searches find what is stored',
    about: 'Run it after an upgrade that says so, and after code systems were imported. It can be stopped at any time and run again.',
    options: { after: optional(text, 'go on after this place, which the run before has printed') },
    example: '--after hgmb-caef',
    run: ({ values: { after }, withDatabase, services }) =>
      withDatabase(async ({ sql }) => {
        const place = after === undefined ? undefined : parsePlace(after)
        if (after !== undefined && !place)
          return refuse('place-unknown', 'This is no place that a run has printed. Run it without --after.')
        const known = { services: new Map((await services()).map((service) => [service.id, service])), codes: await loadCodes(sql) }
        const total = { read: 0, changed: 0, unknown: 0 }
        let last: Place | undefined = place
        for (;;) {
          const one: Renewed = await renewTokens(sql, known, { after: last, count: BATCH })
          total.read += one.read
          total.changed += one.changed
          total.unknown += one.unknown
          if (!one.last) break
          last = one.last
          process.stderr.write(
            `${total.read} records read, ${total.changed} changed; go on with --after ${placeText(last.patient, last.id)}\n`,
          )
        }
        const unknown = total.unknown > 0 ? ` ${total.unknown} are of a service that is not here.` : ''
        return { result: total, text: `${total.read} records read, ${total.changed} made again.${unknown}\n` }
      }),
  }),
]
