/**
 * What a look-up did, apart from what it was asked for: which restrictions it in fact opened and by what, and why something was not seen.
 * The first is for all who read the row; the second is for the data controller of the reader alone (kernel/areas/access-log/look-ups.ts).
 */
import type { LogRow, OpenedBy } from '../audit/chain.ts'
import type { ProblemCode } from '../problem/catalogue.ts'
import { isProblem } from '../problem/problem.ts'
import type { Unseen } from '../store/visibility.ts'
import type { Done, Exchange } from './exchange.ts'
import type { InformationService } from './service.ts'

type Effect = Pick<LogRow, 'openedBy' | 'opened' | 'unseen'>

/** The row names the opening that overrides most. */
const strongest: readonly OpenedBy[] = ['emergency', 'declared-consent', 'registered-consent']

export async function effectOf(exchange: Exchange, done: Done): Promise<Effect> {
  return { ...(await openedBy(done)), unseen: await unseenIn(exchange, done) }
}

/** Emergency access or a consent that met no restriction has opened nothing. */
async function openedBy({ result, met }: Done): Promise<Pick<Effect, 'openedBy' | 'opened'>> {
  const opened = isProblem(result) ? undefined : await met?.whatOpened?.()
  if (!opened) return { openedBy: null, opened: null }
  const { restrictions, source } = opened
  const by = new Set<OpenedBy>([...restrictions.map((one) => one.by), ...(source ? ['emergency' as const] : [])])
  const named = restrictions.flatMap(({ choice, consent }) => [`restriction/${choice}`, ...(consent ? [`consent/${consent}`] : [])])
  return {
    openedBy: strongest.find((one) => by.has(one)) ?? null,
    opened: [...new Set(named), ...(source ? ['source'] : [])],
  }
}

const refusals: Partial<Record<ProblemCode, Unseen>> = { 'no-agreement': 'not-agreed', 'blocked-by-patient': 'blocked', gone: 'nothing' }

async function unseenIn({ kernel, area, caller }: Exchange, { result, decision, met }: Done): Promise<Unseen[]> {
  if (decision?.kind === 'write') return []
  if (!isProblem(result)) {
    const lacksCodes = met?.found !== undefined && declaresCodes(kernel.services.get(area.id)) && (await met.lacksCodes?.())
    const unseen: Unseen[] = [...(met?.unseen ?? []), ...(lacksCodes ? (['extra-sensitive'] as const) : [])]
    return unseen.length === 0 && met?.found === false ? ['nothing'] : unseen
  }
  const why = refusals[result.problem]
  if (why) return [why]
  if (result.problem !== 'not-found') return []
  if (met?.whyMissed) return [await met.whyMissed()]
  // No person has this id. A citizen hears the same about a person who is somebody else.
  return decision === undefined && caller.kind !== 'citizen' && kernel.services.has(area.id) ? ['nothing'] : []
}

/** Only a service with extra-sensitive codes is asked about them. */
function declaresCodes(service: InformationService | undefined): boolean {
  return Object.values(service?.resources ?? {}).some(({ sensitiveCodes }) => sensitiveCodes !== undefined)
}
