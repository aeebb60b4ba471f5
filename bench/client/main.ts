/** The load, in a process of its own: requests are written and their proofs signed before the clock starts. */
import { createHelseId, signIn, type Token } from '@helsevev/sdk'
import type { JWK } from 'jose'
import { serve } from '../worker.ts'
import { redirectUri } from '../world.ts'
import { attested } from './attested.ts'
import { openConnection } from './connection.ts'
import { type Operation, type OperationName, operations, type Parameter } from './operations.ts'
import { fastDpopKey } from './proofs.ts'
import { requestText } from './request-text.ts'

interface SignIns {
  issuer: string
  organization: string
  nurses: string[]
  signInClient: { clientId: string; privateJwk: JWK }
  recordSystem: { clientId: string; privateJwk: JWK }
}

export interface Target {
  operation: OperationName
  url: string
  /** The bare handler gets headers of the same size, and looks at none of them. */
  bare: boolean
}

export interface Round {
  /** Right answers, which alone count. */
  answers: number
  /** Answers with another status or another length than the checked one, by what was seen. */
  wrong: Record<string, number>
  seconds: number
  /** Milliseconds. */
  p50: number
  p99: number
  /** Microseconds of processor time of this process. */
  cpu: number
  /** Requests that were not ready and were signed while the clock ran. */
  late: number
}

let nurses: Token[] = []
let recordSystem: Token[] = []
/** Length of the checked answer, by operation and parameter. */
const lengths = new Map<string, number>()
const drawn = new Map<OperationName, Parameter[]>()

const commands = {
  async signIn({ issuer, organization, nurses: people, signInClient, recordSystem: system }: SignIns) {
    nurses = []
    for (const personId of people) {
      const options = {
        issuer,
        ...signInClient,
        dpopKey: fastDpopKey(),
        redirectUri,
        scope: 'helsevev:news2/read',
        personId,
        organization: { parent: organization },
      }
      nurses.push(await signIn(options))
    }
    const helseId = createHelseId({ issuer, ...system, dpopKey: fastDpopKey() })
    recordSystem = [await helseId.clientCredentials({ scope: 'helsevev:news2/write', organization: { parent: organization } })]
  },

  /** Sends each parameter once to both handlers and looks at the answers closely. Throws at the first that is wrong. */
  async check({
    operation: name,
    parameters,
    full,
    bare,
    connections,
  }: {
    operation: OperationName
    parameters: Parameter[]
    full: string
    bare: string
    connections: number
  }) {
    const operation: Operation = operations[name]
    drawn.set(name, parameters)
    const queue = parameters.entries()
    await eachConnection(connections, full, async (toFull, place) => {
      const toBare = await openConnection(bare)
      for (const [at, parameter] of queue) {
        const one = await toFull.send(await write(operation, parameter, full, place, true), true)
        const other = await toBare.send(await write(operation, parameter, bare, place, false), true)
        for (const { status, body = '' } of [one, other]) {
          const wrong = status === operation.status ? operation.wrong(body, parameter) : `status ${status}: ${body.slice(0, 500)}`
          if (wrong) throw new Error(`${name} was answered wrongly: ${wrong}`)
        }
        if (operation.repeatable ? unsealed(one.body) !== unsealed(other.body) : one.length !== other.length) {
          throw new Error(`${name}: the bare handler gives another answer:\n${difference(one.body, other.body)}`)
        }
        lengths.set(`${name} ${at}`, one.length)
      }
      toBare.close()
    })
    return parameters.length
  },

  /** One round; `rate` is how many requests per second to have ready. */
  async run({
    target,
    seconds,
    connections,
    rate,
  }: {
    target: Target
    seconds: number
    connections: number
    rate: number
  }): Promise<Round> {
    const operation: Operation = operations[target.operation]
    const parameters = drawn.get(target.operation) ?? []
    const pick = () => Math.floor(Math.random() * parameters.length)
    const writeOne = async (place: number) => {
      const at = pick()
      return { at, text: await write(operation, parameters[at] as Parameter, target.url, place, !target.bare) }
    }
    const each = Math.ceil((rate * seconds * 1.3) / connections) + 4
    const ready: { at: number; text: string }[][] = []
    for (let place = 0; place < connections; place++) {
      const stock: { at: number; text: string }[] = []
      while (stock.length < each) stock.push(await writeOne(place))
      ready.push(stock)
    }

    const times: number[] = []
    const wrong: Record<string, number> = {}
    let late = 0
    let began = 0
    let cpu = process.cpuUsage()
    const everyone = barrier(connections, () => {
      cpu = process.cpuUsage()
      began = performance.now()
    })
    await eachConnection(connections, target.url, async (connection, place) => {
      await everyone()
      const end = began + seconds * 1000
      const stock = ready[place] ?? []
      while (performance.now() < end) {
        let next = stock.pop()
        if (!next) {
          late += 1
          next = await writeOne(place)
        }
        const sent = performance.now()
        const { status, length, body = '' } = await connection.send(next.text)
        const took = performance.now() - sent
        if (status === operation.status && length === lengths.get(`${target.operation} ${next.at}`)) times.push(took)
        else {
          const seen = `status ${status}, ${status === operation.status ? 'another length' : body.slice(0, 300)}`
          wrong[seen] = (wrong[seen] ?? 0) + 1
        }
      }
    })
    const took = (performance.now() - began) / 1000
    const { user, system } = process.cpuUsage(cpu)
    times.sort((a, b) => a - b)
    const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
    return { answers: times.length, wrong, seconds: took, p50: at(0.5), p99: at(0.99), cpu: user + system, late }
  },
}
export type ClientCommands = typeof commands

async function eachConnection(
  count: number,
  url: string,
  work: (connection: Awaited<ReturnType<typeof openConnection>>, place: number) => Promise<void>,
): Promise<void> {
  await Promise.all(
    Array.from({ length: count }, async (_, place) => {
      const connection = await openConnection(url)
      await work(connection, place)
      connection.close()
    }),
  )
}

/** Lets all go when the last has come. */
function barrier(count: number, opens: () => void): () => Promise<void> {
  const gate = Promise.withResolvers<void>()
  let come = 0
  return () => {
    come += 1
    if (come === count) {
      opens()
      gate.resolve()
    }
    return gate.promise
  }
}

/** Both texts from a little before they part. */
function difference(one = '', other = ''): string {
  const same = [...one].findIndex((character, at) => character !== other[at])
  const from = Math.max(0, (same < 0 ? one.length : same) - 100)
  return [one, other].map((text) => text.slice(from, from + 300)).join('\n')
}

const UNSIGNED = 'x'.repeat(86)

async function write(operation: Operation, parameter: Parameter, url: string, place: number, signed: boolean): Promise<string> {
  const { method, path, type, body } = operation.request(parameter)
  const tokens = operation.asks === 'nurse' ? nurses : recordSystem
  const token = tokens[place % tokens.length]
  if (!token) throw new Error('Nobody has signed in.')
  const attestation = operation.asks === 'nurse' ? attested(place % tokens.length, parameter.number) : undefined
  sample ??= await token.proof('POST', `${url}${path}`, undefined, attestation)
  // As many bytes as a proof, without the work of signing one.
  const proof = signed
    ? await token.proof(method, `${url}${path}`, undefined, attestation)
    : `${sample.slice(0, -UNSIGNED.length)}${UNSIGNED}`
  return requestText(url, { method, path, type, body }, { accessToken: token.accessToken, proof, attestation })
}

let sample: string | undefined
serve(commands)

/** Without the mark of the next page, which is sealed again in each answer. */
function unsealed(body: string | undefined): string | undefined {
  return body?.replace(/_cursor=[a-p]+/, '_cursor=')
}
