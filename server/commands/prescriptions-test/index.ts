/**
 * `npx helsevev prescriptions-test`: a mediator of prescriptions, whose messages are forwarded to the running server.
 * docs/run/prescriptions-test.md
 */
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createForward, type Sender } from '@helsevev/prescriptions-test/forward'
import { createMediator } from '@helsevev/prescriptions-test/mediator'
import { serveMediator } from '@helsevev/prescriptions-test/server'
import { createHelseId } from '@helsevev/sdk'
import { bergen, helseVest } from '../../seed/organizations.ts'
import { clientOf, supplierOf } from '../../seed/sign-in.ts'
import { type Context, defineCommand, optional } from '../define-command.ts'
import { DONE, type Outcome, refuse } from '../outcome.ts'
import { address, count, organizationNumber } from '../values.ts'

interface Values {
  port: number | undefined
  prescriber: string | undefined
  pharmacy: string | undefined
  'general-practitioner': string | undefined
  'base-url': string | undefined
  issuer: string | undefined
}

const USUAL_PORT = 8090

export const commands = [
  defineCommand({
    name: 'prescriptions-test',
    summary: 'Start a mediator of prescriptions for test, and forward its messages to the running server',
    about: 'Runs until it is stopped. For test only: it asks nobody who they are.',
    options: {
      port: optional(count, `the port; default: ${USUAL_PORT}`),
      prescriber: optional(organizationNumber, 'whose system has M1, M5, M5.2, M6, M7 and M9.6; default: Bergen kommune'),
      pharmacy: optional(organizationNumber, 'whose system has M10; default: Helse Vest'),
      'general-practitioner': optional(organizationNumber, 'whose system has M8; default: Bergen kommune'),
      'base-url': optional(address, 'the server; default: as the environment says'),
      issuer: optional(address, 'the identity provider; default: as the environment says'),
    },
    exitCodes: { 1: 'a key is missing, or an organisation has no client' },
    isOffline: true,
    example: '--port 8090',
    run: started,
  }),
]

async function started({ values, environment }: Context<Values, never>): Promise<Outcome> {
  const baseUrl = values['base-url'] ?? environment.baseUrl ?? `http://localhost:${environment.port}`
  const issuer = values.issuer ?? environment.issuer ?? `http://localhost:${environment.issuerPort}`
  const senderOf = async (organization: string): Promise<Sender> => {
    const clientId = clientOf(organization)
    const key = await readFile(join(environment.dataDirectory, 'vendor-keys', `${clientId}.json`), 'utf8')
    const helseId = createHelseId({ issuer, clientId, privateJwk: JSON.parse(key) })
    return { helseId, ...(supplierOf(organization) ? { organization: { parent: organization } } : {}) }
  }
  let senders: Record<'prescriber' | 'pharmacy' | 'general-practitioner', Sender>
  try {
    senders = {
      prescriber: await senderOf(values.prescriber ?? bergen.number),
      pharmacy: await senderOf(values.pharmacy ?? helseVest.number),
      'general-practitioner': await senderOf(values['general-practitioner'] ?? bergen.number),
    }
  } catch (error) {
    const remedy = 'Start the server once, which makes the keys of the made-up vendors, and name organisations that have one.'
    return refuse('key-unreadable', `A sender has no key: ${(error as Error).message}. ${remedy}`)
  }
  const mediator = createMediator({ clock: () => new Date(), id: randomUUID })
  const server = await serveMediator(mediator, values.port ?? USUAL_PORT, createForward({ baseUrl, senders }))
  process.stdout.write(`\n  POST messages to ${server.address}/messages. They are forwarded to ${baseUrl}. Stop with Ctrl-C.\n\n`)
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
  await server.close()
  return { result: { address: server.address }, text: '', exitCode: DONE }
}
