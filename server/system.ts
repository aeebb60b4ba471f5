/**
 * The whole system on one page: what there is, made in this order, closed in the reverse. A part is added here by hand, so that
 * the list is the map.
 */
import { randomBytes } from 'node:crypto'
import type { HelseIdTest } from '@helsevev/helseid-test'
import { recoverAfterAccess } from '@helsevev/kernel/areas/after-access'
import { noticeOfIntent } from '@helsevev/kernel/areas/choices/notices'
import { openKernel } from '@helsevev/kernel/areas/open-kernel'
import { keepSweepingWorklists } from '@helsevev/kernel/areas/worklists/worklists'
import type { Checkpoint } from '@helsevev/kernel/audit/checkpoints'
import { keepRecoveringIntents, recoverIntents } from '@helsevev/kernel/audit/intents'
import { controlApi } from '@helsevev/kernel/control/control-api'
import type { Kernel } from '@helsevev/kernel/fhir/exchange'
import type { InformationService } from '@helsevev/kernel/fhir/service'
import { fhirApi } from '@helsevev/kernel/http/fhir-api'
import { createHttpServer } from '@helsevev/kernel/http/http-server'
import { createLoad } from '@helsevev/kernel/http/load'
import { createRateLimit } from '@helsevev/kernel/http/rate-limit'
import { createTokenVerifier } from '@helsevev/kernel/identity/access-token'
import { createProofVerifier } from '@helsevev/kernel/identity/dpop'
import { createGuard, type Guard } from '@helsevev/kernel/identity/guard'
import { createReplayCache } from '@helsevev/kernel/identity/replay-cache'
import type { Log } from '@helsevev/kernel/log/lines'
import { countProcesses } from '@helsevev/kernel/store/server-processes'
import type { FastifyInstance } from 'fastify'
import { councilApi } from './council-api.ts'
import { openServerDatabase, type ServerDatabase } from './database.ts'
import type { Environment } from './env.ts'
import { health } from './health.ts'
import { keptSecret, logKeyOf } from './kept-secret.ts'
import { SIGN_IN_RATE, STATEMENT_SECONDS } from './limits.ts'
import { logApi } from './log-api.ts'
import { notices } from './notices/notices.ts'
import { pages } from './pages/pages.ts'
import { wrongAddress } from './pages/wrong-address.ts'
import { offeredPortals, type PortalsOptions, portals } from './portals.ts'
import type { SeedWorld } from './seed/index.ts'
import { seedOnce } from './seed.ts'
import { services } from './services.ts'
import { testEhr } from './test-ehr.ts'
import { startTestIssuer } from './test-issuer.ts'

export { services }

export interface System {
  /** Where callers reach it: `http://localhost:8080`. */
  baseUrl: string
  /** Where it listens itself, behind whatever stands at `baseUrl`. */
  address: string
  issuer: string
  database: ServerDatabase
  kernel: Kernel
  /** The test identity provider, when this system started one. */
  testIssuer: HelseIdTest | undefined
  /** Takes no new connection and gives those it has to other processes, at most so many milliseconds. */
  drain(most: number): Promise<void>
  /** Requests under way finish, waiting log rows are written and the segment is signed for, then the database stops. */
  close(): Promise<void>
}

export interface SystemOptions {
  environment: Environment
  log: Log
  clock?: () => Date
  /** Other services than the server's own: a test adds one as one folder. */
  services?: readonly InformationService[]
  /** False: the API alone, for tests and measurements that open no page. */
  withPortals?: boolean
  /** False: organisations and people without their history. */
  withStories?: boolean
}

export async function startSystem(options: SystemOptions): Promise<System> {
  const { environment, log, clock = () => new Date(), services: offered = services, withPortals = true, withStories = true } = options
  const closers: (() => Promise<void>)[] = []
  const close = () => closeAll(closers)
  try {
    // Store: PostgreSQL by DATABASE_URL, or in development a cluster of our own; migrated by this.
    const database = await openServerDatabase(environment, {
      log: (note) => log('DATABASE', { note }),
      statementSeconds: STATEMENT_SECONDS,
    })
    closers.push(() => database.close())
    const { sql } = database
    // Units' lists of patients, gone when they are too old.
    const stopSweeping = keepSweepingWorklists(sql, clock)
    closers.push(async () => stopSweeping())

    // Reference data and made-up people; the second never in production.
    const world = await seedOnce.reference(sql, environment)

    // Kernel: everything an interaction works with, and this process's segment of the access log.
    let listening = ''
    const kernel = await openKernel({
      sql,
      services: offered,
      clock,
      log: { key: await logKeyOf(environment), witness: witnessIn(log) },
      baseUrl: () => environment.baseUrl ?? listening,
      production: environment.mode === 'production',
      portalClients: Object.values(environment.portalClients).map(({ id }) => id),
    })
    closers.push(() => closeKernel(kernel))
    closers.push(await recoverAll(kernel, sql))

    // Identity: HelseID by configuration, or the test issuer on this machine.
    const testIssuer = environment.issuer ? undefined : await startTestIssuer(environment, world, log)
    if (testIssuer) closers.push(() => testIssuer.close())
    const issuer = environment.issuer ?? testIssuer?.issuer ?? ''
    const guard = guardOf({ issuer, audience: environment.audience, sql, clock }, closers)

    const load = createLoad()
    const processes = await countProcesses(sql, kernel.ids.uuid())
    closers.push(() => processes.close())
    const shared = { clock, processes: processes.count }
    const rateLimit = createRateLimit({ perSecond: environment.clientRate, burst: environment.clientRate * 2, ...shared })
    const addressLimit = createRateLimit({ ...SIGN_IN_RATE, ...shared })

    // Notices to patients outside the portal.
    const outside = notices({ environment, sql, clock, log, baseUrl: () => kernel.baseUrl })
    closers.push(outside.start())
    // HTTP: the API, the portals, and what operators ask.
    const app = createHttpServer(log, { proxies: environment.proxies, wrongAddress })
    closers.push(() => app.close())
    await app.register(async (scope) => fhirApi(scope, { kernel, guard, log, rateLimit, load }))
    await app.register(async (scope) => controlApi(scope, { kernel, sql, guard, log, rateLimit, load }))
    await offerPublished(app, { kernel, sql, log, ...shared })
    await app.register(async (scope) => health(scope, sql))
    await app.register(async (scope) =>
      pages(scope, {
        world,
        portals: offeredPortals(environment),
        oneClick: testIssuer !== undefined,
        ...{ contact: environment.contact, sentNotices: outside.kept },
        https: () => kernel.baseUrl.startsWith('https:'),
      }),
    )
    if (withPortals) await offerPortals(app, { environment, kernel, sql, issuer, testIssuer, log, guard, rateLimit, addressLimit }, world)
    listening = await listen(app, environment)
    testIssuer?.allowPortalAt(kernel.baseUrl)

    if (environment.seed && withStories) {
      await seedOnce.stories(kernel, sql, log)
      await seedOnce.worklists(kernel)
    }
    return { baseUrl: kernel.baseUrl, address: listening, issuer, database, kernel, testIssuer, drain: app.drain, close }
  } catch (error) {
    // The error to report is why the system does not start, whatever else fails in clearing up.
    await close().catch(() => undefined)
    throw error
  }
}

/** What everybody may ask without sign-in: the published side of the log, and published cases of national governance. */
async function offerPublished(
  app: FastifyInstance,
  { kernel, ...parts }: { kernel: Kernel; sql: ServerDatabase['sql']; log: Log; clock: () => Date; processes: () => number },
): Promise<void> {
  await app.register(async (scope) => logApi(scope, parts))
  const addresses = { baseUrl: () => kernel.baseUrl, https: () => kernel.baseUrl.startsWith('https:') }
  await app.register(async (scope) => councilApi(scope, { ...parts, ...addresses }))
}

/** What stands in the operator's own log too cannot be removed from the database unseen. */
function witnessIn(log: Log) {
  return ({ segment, seq, hash, key }: Checkpoint) => log('CHECKPOINT', { segment, seq: Number(seq), hash, key })
}

/** Writes what waits to be written. */
async function closeKernel({ log, refusedCalls, jobs }: Kernel): Promise<void> {
  await closeAll([() => log.close(), () => refusedCalls.close(), () => jobs.close()])
}

/**
 * What a server that was killed stored and did not log gets its row now, with what follows it, and later what cannot be logged now.
 * Returns how to end this.
 */
async function recoverAll({ log, clock, afterAccess, ids }: Kernel, sql: ServerDatabase['sql']): Promise<() => Promise<void>> {
  const { uuid } = ids
  const follow = noticeOfIntent(ids)
  const also = async (before: Date) => await recoverAfterAccess({ sql, ids }, afterAccess, before)
  await recoverIntents(sql, log, { before: clock(), uuid, follow })
  await also(clock())
  return keepRecoveringIntents(sql, log, { clock, uuid, follow, also })
}

/** Checks tokens of the issuer and their proofs, each of which works once on any server. */
function guardOf(
  { issuer, audience, sql, clock }: { issuer: string; audience: string; sql: ServerDatabase['sql']; clock: () => Date },
  closers: (() => Promise<void>)[],
): Guard {
  const replay = createReplayCache(sql, clock)
  closers.push(async () => replay.close())
  return createGuard(createTokenVerifier({ issuer, audience, clock }), createProofVerifier({ replay, clock }))
}

/** Listens, and returns the address: the port is a free one when the environment names port 0. */
async function listen(app: FastifyInstance, { host, port }: Environment): Promise<string> {
  await app.listen({ host, port })
  const address = app.server.address()
  return `http://${host}:${typeof address === 'object' && address !== null ? address.port : port}`
}

/** The portals, and a record system to open the clinician portal from where the test identity provider says who works. */
async function offerPortals(
  app: FastifyInstance,
  parts: Omit<PortalsOptions, 'sessionKey' | 'smartEhrs'>,
  world: SeedWorld | undefined,
): Promise<void> {
  const { environment, kernel, testIssuer } = parts
  const ehr = testIssuer && world ? testEhr(world, () => kernel.baseUrl) : undefined
  if (ehr) await app.register(ehr.plugin)
  const smartEhrs = () => [...environment.smartEhrs, ...(ehr ? [ehr.asSmartEhr()] : [])]
  await app.register(await portals({ ...parts, sessionKey: await sessionKeyOf(environment), smartEhrs }))
}

/**
 * Closes in the reverse of the order in which things were made. What cannot be closed, such as a log whose database is away, keeps
 * nothing else from being closed.
 */
async function closeAll(closers: (() => Promise<void>)[]): Promise<void> {
  const failures: unknown[] = []
  for (const closer of closers.splice(0).reverse()) await closer().catch((error) => failures.push(error))
  if (failures.length > 0)
    throw new AggregateError(failures, failures.map((error) => (error instanceof Error ? error.message : '')).join('; '))
}

async function sessionKeyOf(environment: Environment): Promise<Buffer> {
  const text =
    environment.sessionKey ?? (await keptSecret(environment.dataDirectory, 'session-key', () => randomBytes(32).toString('base64')))
  return Buffer.from(text, 'base64')
}
