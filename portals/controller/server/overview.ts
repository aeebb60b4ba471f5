/** What waits for a person of a data controller, as counts. Each is loaded by itself: one that fails leaves the others. */
import { type Cell, contract as control, type Page } from '@helsevev/kernel/control/contract'
import { type Api, askApi, SignedOutError } from '@helsevev/portal/server'
import { dayInNorway } from '@helsevev/ui/format.ts'
import type { Overview, Waiting } from '../contract.ts'

const slice = { query: { count: '200' } }

export async function overview(api: Api, now: Date): Promise<Overview> {
  const [followUps, misuseCases, questions, messages, signatures, refusals] = await Promise.all([
    orNothing(askApi(api, '/control', control.followUps, slice).then(waiting)),
    orNothing(askApi(api, '/control', control.misuseCases, slice).then(waiting)),
    orNothing(askApi(api, '/control', control.questions, slice).then(waiting)),
    orNothing(askApi(api, '/control', control.messages, slice).then(waiting)),
    orNothing(signaturesMissing(api)),
    orNothing(refusedToday(api, now)),
  ])
  return { followUps, misuseCases, questions, messages, signatures, refusals }
}

const waiting = ({ count, more }: Page<unknown>): Waiting => ({ count, more })

async function signaturesMissing(api: Api): Promise<Waiting> {
  const { weOpen, openToUs } = await askApi(api, '/control', control.agreements)
  const unsigned = (cells: readonly Cell[], by: 'signedByController' | 'signedByReceiver') =>
    cells.flatMap(({ agreements }) => agreements).filter((version) => version.standing === 'pending' && version[by] === null).length
  return { count: unsigned(weOpen, 'signedByController') + unsigned(openToUs, 'signedByReceiver'), more: false }
}

async function refusedToday(api: Api, now: Date): Promise<Waiting> {
  const from = dayInNorway(now)
  const until = dayInNorway(new Date(Date.parse(`${from}T12:00:00Z`) + 86_400_000))
  const { rows } = await askApi(api, '/control', control.refusals, { query: { from, until } })
  return { count: rows.reduce((sum, { requests }) => sum + requests, 0), more: false }
}

/** A session that has ended is not a missing figure. */
async function orNothing(figure: Promise<Waiting>): Promise<Waiting | null> {
  try {
    return await figure
  } catch (error) {
    if (error instanceof SignedOutError) throw error
    return null
  }
}
