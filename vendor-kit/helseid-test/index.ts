/** A test identity provider that behaves as HelseID. For test only: anyone may sign in as anyone. */
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { JWK } from 'jose'
import { clientKey, issuerKeys, publicPart } from './keys.ts'
import { createProvider } from './provider.ts'
import type { Typeface } from './sign-in.ts'
import type { TestClient, TestWorld } from './world.ts'

export type { Delegation, TestClient, TestPerson, TestWorld } from './world.ts'

export interface HelseIdTestOptions {
  world: TestWorld
  /** Where the issuer's and the clients' keys are made and kept. */
  dataDirectory: string
  /** 0: any free port. */
  port: number
  /** The address to listen on, `localhost` when absent. */
  host?: string
  /** When clients reach it under another address than it listens on; an origin without a path. */
  issuer?: string
  /** Default 600, as HelseID's test-token tool; HelseID itself has been seen to give 60. */
  accessTokenSeconds?: number
  /** Files of Source Sans Pro in woff2, for the pages; without them the browser uses letters of its own. */
  typeface?: Typeface
  /** Dates the access tokens (iat, nbf, exp), so that a test can have an old one. Nothing else follows it. */
  now?: () => Date
}

export interface HelseIdTest {
  issuer: string
  /** Live: people, clients and delegations changed here count from the next request. */
  world: TestWorld
  /** The client's private key, made now if it has none; for a client added after the start. */
  privateKey(clientId: string): Promise<JWK>
  close(): Promise<void>
}

/** Starts listening. Rejects when the port is taken, a key file is unreadable or the issuer has a path. */
export async function startHelseIdTest(options: HelseIdTestOptions): Promise<HelseIdTest> {
  const { world, dataDirectory, host = 'localhost' } = options
  const jwks = await issuerKeys(dataDirectory)

  const privateKey = (clientId: string) => clientKey(dataDirectory, clientId)
  const publicKeys = async (client: TestClient) => client.jwks?.keys ?? [publicPart(await privateKey(client.clientId))]
  for (const client of world.clients) await publicKeys(client)

  let handle: RequestListener = (_request, response) => response.writeHead(503).end()
  const server = createServer((request, response) => handle(request, response))
  // As long as the server itself waits (Fastify's default): a client that keeps its connections must not meet one that closes as it sends.
  server.keepAliveTimeout = 72_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, host, resolve)
  })
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })

  try {
    const issuer = checkIssuer(options.issuer ?? `http://${host}:${(server.address() as AddressInfo).port}`)
    const provider = createProvider({
      issuer,
      world,
      jwks,
      publicKeys,
      accessTokenSeconds: options.accessTokenSeconds ?? 600,
      typeface: options.typeface,
      now: options.now ?? (() => new Date()),
    })
    handle = provider.callback()
    return { issuer, world, privateKey, close }
  } catch (error) {
    await close()
    throw error
  }
}

function checkIssuer(issuer: string): string {
  if (!URL.canParse(issuer) || new URL(issuer).origin !== issuer) {
    throw new Error(`issuer “${issuer}” must be an origin, such as https://helseid-test.example.no, without path or trailing slash`)
  }
  return issuer
}
