/**
 * Sends files as a vendor would, to the services that the server offers: a token for each service, one POST for each file, one after the
 * other.
 */
import { createApi, type HelseId, type Organization } from '@helsevev/sdk'
import { destinations } from './destination.ts'
import type { SentFile } from './files.ts'
import { offersOf } from './offers.ts'
import { type Outcome, outcomeOf } from './outcome.ts'

interface Sender {
  helseId: HelseId
  organization?: Organization
}

export interface ReplayOptions extends Sender {
  /** The server, as in `http://localhost:8080`. */
  baseUrl: string
  /** Who sends to a service, where it is another than the usual one: a folder may hold what several systems send. */
  senderOf?(service: string): Sender | undefined
  /** Sends everything to this service. */
  service?: string
}

export interface Replayed extends Outcome {
  file: string
}

/** In the order of the files. Throws when the identity provider refuses (HelseIdError) or the server cannot be reached (TypeError). */
export async function replay(files: readonly SentFile[], options: ReplayOptions): Promise<Replayed[]> {
  const { baseUrl, service } = options
  const replayed: Replayed[] = []
  const places = destinations(files, await offersOf(baseUrl), service)
  for (const [index, file] of files.entries()) {
    const place = places[index]
    if (!place) continue
    const { helseId, organization } = options.senderOf?.(place.service) ?? options
    const api = createApi({
      baseUrl: `${baseUrl}/fhir`,
      sourceSystem: 'Helsevev replay',
      token: () => helseId.clientCredentials({ scope: `helsevev:${place.service}/write`, ...(organization ? { organization } : {}) }),
    })
    const answer = await api.post(place.path, file.notUtf8 ?? file.octets ?? file.text, {
      prefer: 'return=OperationOutcome',
      ...(file.octets ? { 'content-type': 'application/xml' } : file.notUtf8 ? { 'content-type': 'application/fhir+json' } : {}),
    })
    replayed.push({ file: file.name, ...outcomeOf(answer) })
  }
  return replayed
}
