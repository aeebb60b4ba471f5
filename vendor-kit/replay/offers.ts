/** What the server says that it takes: the types that each service is written with, and its operations. */
import { isObject } from './files.ts'

/** One information service, in the order of the server's statement. */
export interface Offer {
  /** Its id; its scope is asked for. */
  service: string
  /** Resource types that it takes. */
  types: readonly string[]
  /** Names of its operations, adapters among them: `okt-event`. */
  operations: readonly string[]
  /** Canonical addresses of its profiles. */
  profiles: readonly string[]
}

/** The extension of `rest` with the name of an adapter: what takes messages of other systems is no operation of FHIR. */
const ADAPTER = 'http://helsevev.no/fhir/StructureDefinition/adapter'

/** Asks without a token: the statements are open. Throws a TypeError when the server cannot be reached. */
export async function offersOf(baseUrl: string): Promise<Offer[]> {
  const places = textOf(restOf(await statement(`${baseUrl}/fhir/metadata`))['documentation'])
    .split(' ')
    .filter(Boolean)
  return await Promise.all(
    places.map(async (address) => {
      // The server may know itself under another name than the one it is reached by.
      const path = new URL(address).pathname
      return offerIn(path.split('/').at(-2) ?? '', restOf(await statement(`${baseUrl}${path}`)))
    }),
  )
}

function offerIn(service: string, rest: Record<string, unknown>): Offer {
  const resources = listOf(rest['resource'])
  return {
    service,
    types: resources
      .filter(({ interaction }) => listOf(interaction).some(({ code }) => code === 'create' || code === 'update'))
      .map(({ type }) => textOf(type)),
    operations: [
      ...listOf(rest['operation']).map(({ name }) => textOf(name)),
      ...listOf(rest['extension']).flatMap(({ url, valueString }) => (url === ADAPTER ? textOf(valueString) : [])),
    ],
    profiles: resources.flatMap(({ supportedProfile }) => (Array.isArray(supportedProfile) ? supportedProfile.map(textOf) : [])),
  }
}

async function statement(address: string): Promise<unknown> {
  const answer = await fetch(address, { headers: { accept: 'application/fhir+json' } })
  if (!answer.ok) throw new TypeError(`${address} answered ${answer.status}`)
  return await answer.json()
}

function restOf(answer: unknown): Record<string, unknown> {
  return listOf(isObject(answer) ? answer['rest'] : undefined)[0] ?? {}
}

function listOf(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
