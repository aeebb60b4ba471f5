/**
 * `npm run replay -- <folder or files>` posts JSON files and XML messages to the running server as a vendor would, and prints what became of each.
 * docs/run/commands.md
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { readFiles, type SentFile } from '@helsevev/replay/files'
import { replay } from '@helsevev/replay/replay'
import { report } from '@helsevev/replay/report'
import { createHelseId, HelseIdError, type Organization } from '@helsevev/sdk'
import type { Environment } from '../env.ts'
import { clientOf, clients, delegations } from '../seed/sign-in.ts'
import { DONE, environmentOr, REFUSED, WRONG_USE, withDatabase } from './open.ts'
import { addPeople } from './people.ts'
import type { NewPerson } from './people-file.ts'
import { asSynthetic, peopleOf } from './replay-people.ts'
import { numberInArguments, runHere, type Terminal } from './terminal.ts'

const usage = `Usage: npm run replay -- <folder or files> [options]
  --service ID            send everything to this service; default: by resource type
  --organization NUMBER   the data controller to send for; default: the first customer of the client
  --client ID             the vendor's client, whose key is in vendor-keys/ of the data folder; default: that of the organisation; fjellsyn-lis for XML, otherwise fjordjournal-ehr
  --register              register the persons that the files name first, as an operator would
  --as synthetic          put made-up persons in the place of those that the files name
  --base-url URL          the server; default http://localhost:8080, or as the environment says
  --issuer URL            the identity provider; default http://localhost:8081, or as the environment says
`

const options = {
  service: { type: 'string' },
  organization: { type: 'string' },
  client: { type: 'string' },
  register: { type: 'boolean' },
  as: { type: 'string' },
  'base-url': { type: 'string' },
  issuer: { type: 'string' },
} as const

interface Asked {
  paths: string[]
  service: string | undefined
  register: boolean
  synthetic: boolean
  baseUrl: string | undefined
  issuer: string | undefined
  client: string | undefined
  organization: string | undefined
}

interface Sender {
  client: string
  organization: Organization | undefined
}

/** Exit codes: 0 every file was answered, refusals too; 1 the server or its identity provider was not reached, or failed; 2, 78 as in the other commands. */
export async function run(
  words: readonly string[],
  source: Record<string, string | undefined>,
  terminal: Terminal,
  width = 160,
): Promise<number> {
  const asked = readWords(words)
  if (typeof asked === 'string') {
    terminal.print(asked)
    return WRONG_USE
  }
  const environment = environmentOr(source, terminal.print)
  if (typeof environment === 'number') return environment
  const read = await filesOf(asked)
  if (typeof read === 'string') return refuse(terminal, read)
  const sender = senderOf(asked, read.files)
  if (typeof sender === 'string') {
    terminal.print(sender)
    return WRONG_USE
  }
  const key = await vendorKey(environment, sender.client)
  if (typeof key === 'string') return refuse(terminal, key)
  if (asked.register) await register(environment, read.people, terminal)
  return await send({ environment, asked, sender, files: read.files, key }, terminal, width)
}

function readWords(words: readonly string[]): Asked | string {
  const options = parsedWords(words)
  if (!options || options.paths.length === 0 || (options.as !== undefined && options.as !== 'synthetic'))
    return numberInArguments(words.filter((word) => word.startsWith('-'))) ?? usage
  if (options.organization && !/^\d{9}$/.test(options.organization))
    return 'An organisation number has nine digits: --organization 964338531.\n'
  return { ...options, synthetic: options.as === 'synthetic' }
}

function parsedWords(words: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({ args: [...words], options, allowPositionals: true })
    const { service, organization, client, register = false, as, issuer } = values
    return { paths: positionals, service, organization, client, register, as, issuer, baseUrl: values['base-url'] }
  } catch {
    // parseArgs throws at an unknown option; the usage says which there are.
    return undefined
  }
}

const usualClient = 'fjordjournal-ehr'
/** XML is the message of a laboratory, and municipalities send none. */
const laboratoryClient = 'fjellsyn-lis'

/** The client and whom it acts for; what is not said is taken from the made-up vendors and their customers. */
function senderOf({ client: clientId, organization }: Asked, files: readonly SentFile[]): Sender | string {
  const usual = files.every(({ octets }) => octets) ? laboratoryClient : usualClient
  const chosen = clientId ?? (organization && seededClient(organization)) ?? usual
  const client = clients.find((candidate) => candidate.clientId === chosen)
  if (client?.tenancy === 'single-tenant') return { client: chosen, organization: undefined }
  const parent = organization ?? delegations.find(({ supplier }) => supplier === client?.organization)?.customer
  return parent
    ? { client: chosen, organization: { parent } }
    : `The client ${chosen} is none of the made-up ones: say whom it acts for with --organization.\n`
}

function seededClient(organization: string): string | undefined {
  try {
    return clientOf(organization)
  } catch {
    // Nobody's customer among the made-up ones: the usual client asks, and the identity provider says no.
    return undefined
  }
}

interface Read {
  files: SentFile[]
  /** Whom they are about. */
  people: NewPerson[]
}

async function filesOf({ paths, synthetic }: Asked): Promise<Read | string> {
  try {
    const files = await readFiles(paths)
    if (files.length === 0) return `There is no .json or .xml file in ${paths.join(', ')}.\n`
    return synthetic ? asSynthetic(files) : { files, people: peopleOf(files) }
  } catch (error) {
    return `A file cannot be read: ${(error as Error).message}\n`
  }
}

async function vendorKey({ dataDirectory }: Environment, client: string): Promise<Record<string, unknown> | string> {
  const path = join(dataDirectory, 'vendor-keys', `${client}.json`)
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch (error) {
    return `The key of the client ${client} cannot be read: ${(error as Error).message}. Start the server once, which makes the keys of the made-up vendors, or put the key there.\n`
  }
}

async function register(environment: Environment, people: readonly NewPerson[], { print }: Terminal): Promise<void> {
  await withDatabase(environment, async ({ sql }) => {
    let added = 0
    let refused = 0
    for (const person of people) {
      const registered = await addPeople(sql, [person], environment.invalidNumbers)
      if ('faults' in registered) refused += 1
      else added += registered.added
    }
    print(
      `Persons in the files: ${people.length}. Registered: ${added}, known before: ${people.length - added - refused}, refused for a wrong number: ${refused}.\n\n`,
    )
    return DONE
  })
}

interface Sending {
  environment: Environment
  asked: Asked
  sender: Sender
  files: SentFile[]
  key: Record<string, unknown>
}

async function send({ environment, asked, sender, files, key }: Sending, { print }: Terminal, width: number): Promise<number> {
  const baseUrl = asked.baseUrl ?? environment.baseUrl ?? `http://localhost:${environment.port}`
  const issuer = asked.issuer ?? environment.issuer ?? `http://localhost:${environment.issuerPort}`
  const { client, organization } = sender
  const helseId = createHelseId({ issuer, clientId: client, privateJwk: key })
  try {
    const replayed = await replay(files, {
      baseUrl,
      helseId,
      ...(organization ? { organization } : {}),
      ...(asked.service ? { service: asked.service } : {}),
    })
    print(`${files.length} files sent to ${baseUrl} by ${client}${organization ? ` for ${organization.parent}` : ''}\n\n`)
    print(report(replayed, width))
    return replayed.some(({ verdict }) => verdict === 'failed') ? REFUSED : DONE
  } catch (error) {
    print(unreached(error, baseUrl, issuer))
    return REFUSED
  }
}

function unreached(error: unknown, baseUrl: string, issuer: string): string {
  if (error instanceof HelseIdError) return `${issuer} gave no token: ${error.message}\n`
  // fetch throws a TypeError for whatever went wrong on the way.
  if (!(error instanceof TypeError)) throw error
  const cause = error.cause instanceof Error ? ` (${error.cause.message || (error.cause as NodeJS.ErrnoException).code})` : ''
  return `The server at ${baseUrl} or the identity provider at ${issuer} was not reached${cause}. Start it with npm start, or say where it is with --base-url and --issuer.\n`
}

function refuse({ print }: Terminal, sentence: string): number {
  print(sentence)
  return REFUSED
}

if (import.meta.main) await runHere((words, source, terminal) => run(words, source, terminal, process.stdout.columns))
