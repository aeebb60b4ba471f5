/**
 * `npm run messages -- list|show|attach|discard`: the queue of messages that nobody's record could take, for people of the data controller.
 * docs/run/messages.md
 */
import { parseArgs } from 'node:util'
import { attachMessage, discardMessage, readMessage, type Settling } from '@helsevev/kernel/areas/messages/settle-message'
import type { Kernel } from '@helsevev/kernel/fhir/exchange'
import { type ListedMessage, openMessages } from '@helsevev/kernel/fhir/messages/unattached-messages'
import type { InformationService } from '@helsevev/kernel/fhir/service'
import { keyOfNumber } from '@helsevev/kernel/identity/persons'
import { isProblem, type Problem, problem } from '@helsevev/kernel/problem/problem'
import type { Database } from '@helsevev/kernel/store/database'
import { redactIdentityNumbers } from '@helsevev/kernel/values/identity-number'
import { table, wrapped } from '@helsevev/replay/table'
import { counted, norwegianTime } from './audit-words.ts'
import { actorOf, patientWords } from './follow-up-closing.ts'
import { DONE, environmentOr, REFUSED, WRONG_USE, withDatabase } from './open.ts'
import { numberInArguments, runHere, type Terminal } from './terminal.ts'

const usage = `Usage: npm run messages -- list [--organization NUMBER]
       npm run messages -- show ID --organization NUMBER [--content]    what is known of it; with --content the message itself
       npm run messages -- attach ID --organization NUMBER              to the person whose identity number is asked for
       npm run messages -- discard ID --organization NUMBER --reason TEXT
The identity number of whoever reads, attaches or discards is asked for first.
`

const options = {
  organization: { type: 'string' },
  content: { type: 'boolean' },
  reason: { type: 'string' },
} as const

type Asked =
  | { command: 'list'; organization: string | undefined }
  | { command: 'show'; id: string; organization: string; content: boolean }
  | { command: 'attach'; id: string; organization: string }
  | { command: 'discard'; id: string; organization: string; reason: string }

type Acting = Exclude<Asked, { command: 'list' }>

/** Exit codes: 0 done, 1 refused and nothing changed, 2 wrong use, 78 wrong environment. */
export async function run(
  words: readonly string[],
  source: Record<string, string | undefined>,
  terminal: Terminal,
  services?: readonly InformationService[],
): Promise<number> {
  const wrong = numberInArguments(words)
  const asked = wrong ? undefined : readWords(words)
  if (!asked) {
    terminal.print(wrong ?? usage)
    return WRONG_USE
  }
  const environment = environmentOr(source, terminal.print)
  if (typeof environment === 'number') return environment
  return await withDatabase(environment, async ({ sql }) => {
    if (asked.command === 'list') {
      terminal.print(listText(await openMessages(sql, asked.organization)))
      return DONE
    }
    if (asked.command === 'show' && !asked.content) return answer(terminal, await described(sql, asked))
    const by = await actorOf(sql, asked.organization, await terminal.ask(`Identity number of whoever ${deedOf[asked.command]}`))
    if (!by) return answer(terminal, notAPerson())
    const settling: Settling = { id: asked.id, by: { ...by, client: 'messages' } }
    // Loaded when something is done only: what reads a list does not need the whole server.
    const { withKernel } = await import('./with-kernel.ts')
    const offered = services ?? (await import('../services.ts')).services
    return answer(terminal, await withKernel(sql, environment, offered, async (kernel) => await act(kernel, asked, settling, terminal)))
  })
}

function readWords(words: readonly string[]): Asked | undefined {
  try {
    const { values, positionals } = parseArgs({ args: [...words], options, allowPositionals: true })
    const [command, id, ...more] = positionals
    const { organization, content = false, reason } = values
    if (more.length > 0) return undefined
    if (command === 'list') return id || content || reason !== undefined ? undefined : { command, organization }
    if (!id || !organization || (content && command !== 'show') || (reason !== undefined) !== (command === 'discard')) return undefined
    if (command === 'show') return { command, id, organization, content }
    if (command === 'attach') return { command, id, organization }
    return command === 'discard' && reason !== undefined ? { command, id, organization, reason } : undefined
  } catch {
    // parseArgs throws at an unknown flag; the usage says which there are.
    return undefined
  }
}

const deedOf = { show: 'reads', attach: 'attaches', discard: 'discards' } as const

async function act(kernel: Kernel, asked: Acting, settling: Settling, terminal: Terminal): Promise<string | Problem> {
  switch (asked.command) {
    case 'show': {
      const text = await readMessage(kernel, settling)
      return isProblem(text) ? text : `${text.trimEnd()}\n`
    }
    case 'attach':
      return await attach(kernel, settling, terminal)
    case 'discard': {
      const done = await discardMessage(kernel, { ...settling, reason: asked.reason })
      return isProblem(done) ? done : 'Discarded. The content is gone; who, when and why is kept.\n'
    }
  }
}

/** Says who has the number before anything is done: a number that is mistyped may be somebody's. */
async function attach(kernel: Kernel, settling: Settling, { ask }: Terminal): Promise<string | Problem> {
  const identityNumber = await ask('Identity number of the person the message is about')
  const person = await keyOfNumber(kernel.sql, identityNumber)
  if (!person)
    return problem('person-unknown', 'Nobody in the person register here has that number. Add the person first, or mend the number.')
  const who = await patientWords(kernel.sql, person)
  if ((await ask(`That is ${who}. Type yes to attach`)).toLowerCase() !== 'yes')
    return problem('settlement-refused', 'Nothing was attached.')
  const attached = await attachMessage(kernel, { ...settling, identityNumber })
  if (isProblem(attached)) return attached
  const said = (attached.issue ?? []).flatMap(({ details }) => details?.text ?? [])
  return `Attached to ${who}.\n${said.map((text) => `${text}\n`).join('')}`
}

function notAPerson(): Problem {
  return problem(
    'person-unknown',
    'Whoever reads, attaches or discards is a person in the person register, with a name. Nothing was changed.',
  )
}

async function described(sql: Database['sql'], { id, organization }: Acting): Promise<string | Problem> {
  const message = (await openMessages(sql, organization)).find((one) => one.id === id)
  if (!message) return problem('message-unknown')
  const rows = [
    ['id', message.id],
    ['received', norwegianTime(message.received)],
    ['controller', `${message.controllerName} (${message.controller})`],
    ['service', message.service],
    ['adapter', `$${message.adapter}`],
    ['label', message.label],
    ['reason', message.reason],
    ['detail', message.detail],
  ] as const
  return redactIdentityNumbers(rows.map(([name, value]) => `${name.padEnd(12)}${value}\n`).join(''))
}

function listText(found: readonly ListedMessage[]): string {
  if (found.length === 0) return 'No message waits.\n'
  const rows = found.map((one) => [
    norwegianTime(one.received),
    one.id,
    one.controllerName,
    one.service,
    one.reason,
    wrapped(redactIdentityNumbers(one.label), 60),
  ])
  return `${table([['received', 'id', 'controller', 'service', 'reason', 'label'], ...rows])}\n${counted(found.length, 'message')}, oldest first of each controller, in Norwegian time.\n`
}

function answer({ print }: Terminal, outcome: string | Problem): number {
  if (!isProblem(outcome)) {
    print(outcome)
    return DONE
  }
  print(outcome.issues.map(({ text, expression }) => `${redactIdentityNumbers(expression ? `${expression}: ${text}` : text)}\n`).join(''))
  return REFUSED
}

if (import.meta.main) await runHere(run)
