/** The one place where a kernel is put together. The server, the commands, the made-up people and the tests use it. */

import type { Sql } from 'postgres'
import { createFactsReader } from '../access/facts.ts'
import { type AccessLog, type AccessLogOptions, openAccessLog } from '../audit/access-log.ts'
import { createActors } from '../audit/actors.ts'
import { createAttestations } from '../audit/attestations.ts'
import { createCallerActors } from '../audit/caller-actor.ts'
import { createRefusedCalls } from '../audit/refused-calls.ts'
import type { Codes } from '../codes/codes.ts'
import { loadCodes } from '../codes/load.ts'
import type { Kernel } from '../fhir/exchange.ts'
import { createRowAccess } from '../fhir/rows.ts'
import type { InformationService } from '../fhir/service.ts'
import { createValidator, type Validator } from '../fhir/validation/validator.ts'
import { createBatchJobs } from '../store/batch-jobs.ts'
import { createIds } from '../store/ids.ts'
import { afterAccess } from './after-access.ts'

export interface KernelParts {
  sql: Sql
  services: readonly InformationService[]
  /** The log to use, or the key with which a new segment of the chain is opened. */
  log: AccessLog | Pick<AccessLogOptions, 'key' | 'witness' | 'opens'>
  clock?: () => Date
  /** Default: the codes in the database. */
  codes?: Codes
  /**
   * Default: a new one for the resource types of the services. It takes long to make, so a test that opens many kernels passes in one that
   * they share.
   */
  validator?: Validator
  /** `https://host`, without a slash at the end. It is called each time, because a server may know its address only when it listens. */
  baseUrl?: () => string
  /** The clients of our own portals. */
  portalClients?: readonly string[]
  /** Whether the people are real. */
  production?: boolean
}

/**
 * Opens a kernel on a database. The connection stays in here: nothing that interactions receive holds it. The caller closes `kernel.log`,
 * which signs the segment.
 */
export async function openKernel({ sql, services, log, clock = () => new Date(), ...given }: KernelParts): Promise<Kernel> {
  const ids = createIds(clock)
  const codes = given.codes ?? (await loadCodes(sql))
  checkReaders(services, codes)
  const validator = given.validator ?? createValidator(codes)
  return {
    rows: createRowAccess({ sql, ids, clock }),
    services: new Map(services.map((service) => [service.id, service])),
    validator,
    codes,
    log: 'append' in log ? log : await openAccessLog(sql, { ids, clock, ...log }),
    refusedCalls: createRefusedCalls(sql, clock),
    afterAccess: afterAccess({ sql, ids }),
    facts: createFactsReader(sql),
    jobs: createBatchJobs({ sql, ids, clock }),
    actorOf: createCallerActors({ sql, clock }),
    actorId: createActors(sql),
    attestationId: createAttestations(sql),
    portalClients: new Set(given.portalClients ?? []),
    ids,
    production: given.production ?? false,
    clock,
    get baseUrl() {
      return given.baseUrl?.() ?? ''
    },
  }
}

/** Volven 9060, the authorisations of health personnel. */
const AUTHORIZATIONS = 'urn:oid:2.16.578.1.12.4.1.1.9060'

/**
 * A reader that no list has can never read: the register of health personnel holds no such authorisation, and nobody would notice.
 * @throws with every such reader. Without the list, nothing is checked.
 */
function checkReaders(services: readonly InformationService[], codes: Codes): void {
  if (!codes.known(AUTHORIZATIONS)) return
  const unknown = services.flatMap(({ id, readers }) =>
    Object.keys(readers)
      .filter((code) => codes.display(AUTHORIZATIONS, code) === undefined)
      .map((code) => `${code} of ${id}`),
  )
  if (unknown.length > 0) throw new Error(`Readers are codes of list 9060, and these are none: ${unknown.join(', ')}.`)
}

/** The types that the services store, each once. */
export function resourceTypes(services: readonly InformationService[]): string[] {
  return [...new Set(services.flatMap(({ resources }) => Object.keys(resources)))]
}
