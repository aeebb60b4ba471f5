/**
 * `npx helsevev replay FOLDER…` posts JSON files and XML messages to the running server as a vendor would, and prints what became
 * of each. docs/run/replay.md
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { destinations } from '@helsevev/replay/destination'
import { readFiles, type SentFile } from '@helsevev/replay/files'
import { offersOf } from '@helsevev/replay/offers'
import { type Replayed, replay } from '@helsevev/replay/replay'
import { report } from '@helsevev/replay/report'
import { createHelseId, HelseIdError, type Organization } from '@helsevev/sdk'
import type { Environment } from '../../env.ts'
import { clientOf, clients, delegations } from '../../seed/sign-in.ts'
import { type Context, defineCommand, flag, optional, several } from '../define-command.ts'
import { DONE, type Outcome, REFUSED, type Refusal, refuse } from '../outcome.ts'
import type { NewPerson } from '../people/file.ts'
import { addPeople } from '../people/register.ts'
import { address, id, oneOf, organizationNumber, path } from '../values.ts'
import { asSynthetic, peopleOf } from './people.ts'

interface Values {
  paths: string[]
  service: string | undefined
  organization: string | undefined
  client: string | undefined
  register: boolean
  as: 'synthetic' | undefined
  'base-url': string | undefined
  issuer: string | undefined
}

export const commands = [
  defineCommand({
    name: 'replay',
    summary: 'Send files to the running server as a vendor would, and print what became of each',
    positionals: { paths: several(path, 'files, and folders of .json and .xml files') },
    options: {
      service: optional(id, 'send everything to this service; default: by resource type'),
      organization: optional(organizationNumber, 'the data controller to send for; default: the first customer of the client'),
      client: optional(
        id,
        'the client of the vendor, whose key is in vendor-keys/; default: that of the organisation, or one for each kind',
      ),
      register: flag('register the persons that the files name first, as an operator would'),
      as: optional(oneOf(['synthetic']), 'put made-up persons in the place of those that the files name'),
      'base-url': optional(address, 'the server; default: as the environment says'),
      issuer: optional(address, 'the identity provider; default: as the environment says'),
    },
    exitCodes: { 0: 'every file was answered, refusals too', 1: 'the server or its identity provider was not reached, or failed' },
    example: 'messages/ --register --as synthetic',
    run: replayed,
  }),
]

async function replayed(context: Context<Values, never>): Promise<Outcome> {
  const { values, environment } = context
  const read = await filesOf(values)
  if ('refused' in read) return read
  const places = await servicesOf(read.files, addresses(context), values.service)
  if ('refused' in places) return places
  const senders: Sender[] = []
  for (const [id, services] of byClient(values, places.services)) {
    const client = clientFor(values, id)
    if ('refused' in client) return client
    const key = await vendorKey(environment, id)
    if ('refused' in key) return key
    const files = places.services.filter((service) => services.has(service)).length
    senders.push({ ...client, services, files, key: key.key })
  }
  const registered = values.register ? await register(context, read.people) : undefined
  return await send(context, { senders, files: read.files, registered })
}

interface Sender extends Client {
  /** Ids of the services that it sends to. */
  services: ReadonlySet<string>
  /** How many files. */
  files: number
  key: Record<string, unknown>
}

interface Client {
  client: string
  organization: Organization | undefined
}

const usualClient = 'fjordjournal-ehr'
/** Services whose files come from others than a municipality: a laboratory, and a hospital. */
const clientsOfServices: Readonly<Record<string, string>> = { 'test-results': 'fjellsyn-lis', 'hospital-medicines': 'helse-vest-ehr' }

/** The service of each file. */
async function servicesOf(
  files: readonly SentFile[],
  { baseUrl, issuer }: Addresses,
  service: string | undefined,
): Promise<{ services: string[] } | Refusal> {
  try {
    return { services: destinations(files, await offersOf(baseUrl), service).map((place) => place.service) }
  } catch (error) {
    return unreached(error, baseUrl, issuer)
  }
}

/** The services by the client that sends to them. Where none is chosen, each has the client of who sends such files. */
function byClient({ client, organization }: Values, services: readonly string[]): Map<string, Set<string>> {
  const chosen = client ?? (organization && seededClient(organization))
  const sent = new Map<string, Set<string>>()
  for (const service of services) {
    const id = chosen ?? clientsOfServices[service] ?? usualClient
    sent.set(id, (sent.get(id) ?? new Set()).add(service))
  }
  return sent
}

interface Addresses {
  baseUrl: string
  issuer: string
}

function addresses({ values, environment }: Context<Values, never>): Addresses {
  return {
    baseUrl: values['base-url'] ?? environment.baseUrl ?? `http://localhost:${environment.port}`,
    issuer: values.issuer ?? environment.issuer ?? `http://localhost:${environment.issuerPort}`,
  }
}

/** The organisation that a client acts for; what is not given is taken from the made-up vendors and their customers. */
function clientFor({ organization }: Values, id: string): Client | Refusal {
  const known = clients.find(({ clientId }) => clientId === id)
  if (known?.tenancy === 'single-tenant') return { client: id, organization: undefined }
  const parent = organization ?? delegations.find(({ supplier }) => supplier === known?.organization)?.customer
  return parent
    ? { client: id, organization: { parent } }
    : refuse('client-unknown', `The client ${id} is none of the made-up ones: say for which organisation it acts with --organization.`)
}

function seededClient(organization: string): string | undefined {
  try {
    return clientOf(organization)
  } catch {
    // No customer among the made-up ones: the usual client asks, and the identity provider refuses.
    return undefined
  }
}

interface Read {
  files: SentFile[]
  /** Those that they are about. */
  people: NewPerson[]
}

async function filesOf({ paths, as }: Values): Promise<Read | Refusal> {
  try {
    const files = await readFiles(paths)
    if (files.length === 0) return refuse('file-unreadable', `There is no .json or .xml file in ${paths.join(', ')}.`)
    return as === 'synthetic' ? asSynthetic(files) : { files, people: peopleOf(files) }
  } catch (error) {
    return refuse('file-unreadable', `A file cannot be read: ${(error as Error).message}`)
  }
}

async function vendorKey({ dataDirectory }: Environment, client: string): Promise<{ key: Record<string, unknown> } | Refusal> {
  const path = join(dataDirectory, 'vendor-keys', `${client}.json`)
  try {
    return { key: JSON.parse(await readFile(path, 'utf8')) }
  } catch (error) {
    const remedy = 'Start the server once, which makes the keys of the made-up vendors, or put the key there.'
    return refuse('key-unreadable', `The key of the client ${client} cannot be read: ${(error as Error).message}. ${remedy}`)
  }
}

interface Registered {
  named: number
  added: number
  known: number
  refused: number
}

async function register({ environment, withDatabase }: Context<Values, never>, people: readonly NewPerson[]): Promise<Registered> {
  return await withDatabase(async ({ sql }) => {
    let added = 0
    let refused = 0
    for (const person of people) {
      const registered = await addPeople(sql, [person], environment.invalidNumbers)
      if ('faults' in registered) refused += 1
      else added += registered.added
    }
    return { named: people.length, added, known: people.length - added - refused, refused }
  })
}

function registeredText({ named, added, known, refused }: Registered): string {
  return `Persons in the files: ${named}. Registered: ${added}, known before: ${known}, refused for a wrong number: ${refused}.\n\n`
}

interface Sending {
  senders: Sender[]
  files: SentFile[]
  registered: Registered | undefined
}

async function send(context: Context<Values, never>, { senders, files, registered }: Sending): Promise<Outcome> {
  const { values, width } = context
  const { baseUrl, issuer } = addresses(context)
  const known = senders.map(({ client, organization, services, key }) => ({
    services,
    helseId: createHelseId({ issuer, clientId: client, privateJwk: key }),
    ...(organization ? { organization } : {}),
  }))
  const [usual] = known
  if (!usual) throw new Error('There is a file, and so there is who sends it.')
  let replayed: Replayed[]
  try {
    replayed = await replay(files, {
      ...usual,
      baseUrl,
      senderOf: (service) => known.find(({ services }) => services.has(service)),
      ...(values.service ? { service: values.service } : {}),
    })
  } catch (error) {
    return unreached(error, baseUrl, issuer)
  }
  const sentBy = senders.map(({ client, organization, files: count }) => ({ client, organization: organization?.parent, files: count }))
  const [only, ...others] = sentBy
  return {
    result: {
      registered,
      sentTo: baseUrl,
      ...(only && others.length === 0 ? { client: only.client, organization: only.organization } : {}),
      senders: sentBy,
      files: replayed,
    },
    text: [
      registered ? registeredText(registered) : '',
      ...sentBy.map((one) => sentText(one, baseUrl)),
      '\n',
      report(replayed, width),
    ].join(''),
    exitCode: replayed.some(({ verdict }) => verdict === 'failed') ? REFUSED : DONE,
  }
}

function sentText(
  { client, organization, files }: { client: string; organization: string | undefined; files: number },
  to: string,
): string {
  return `${files} ${files === 1 ? 'file' : 'files'} sent to ${to} by ${client}${organization ? ` for ${organization}` : ''}\n`
}

function unreached(error: unknown, baseUrl: string, issuer: string): Refusal {
  if (error instanceof HelseIdError) return refuse('no-token', `${issuer} gave no token: ${error.message}`)
  // fetch throws a TypeError for whatever went wrong on the way.
  if (!(error instanceof TypeError)) throw error
  const cause = error.cause instanceof Error ? ` (${error.cause.message || (error.cause as NodeJS.ErrnoException).code})` : ''
  const remedy = 'Start it with npm start, or say where it is with --base-url and --issuer.'
  return refuse('not-reached', `The server at ${baseUrl} or the identity provider at ${issuer} was not reached${cause}. ${remedy}`)
}
