/**
 * What is to be done when a request is over: its answer has been sent, or its connection is gone. Node does not report to an
 * answer that its connection has ended while it waits behind another (pipelining, RFC 9112 § 9.3.2): the connection is asked for that.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyReply } from 'fastify'

type Answer = Pick<ServerResponse<IncomingMessage>, 'once'>

/** The requests of each connection that are not over, with what each still has to do. */
const underWay = new WeakMap<Socket, Map<Answer, (() => void)[]>>()

/** Calls once when the answer has been sent, or the connection is gone. */
export function whenAnswered({ raw, request: { raw: asked } }: FastifyReply, call: () => void): void {
  if (asked.socket.destroyed) {
    call()
    return
  }
  const answers = underWay.get(asked.socket) ?? observed(asked.socket)
  const calls = answers.get(raw)
  if (calls) {
    calls.push(call)
    return
  }
  answers.set(raw, [call])
  // It comes after `finish` too.
  raw.once('close', () => over(answers, raw))
}

/** How many requests of the connection are not over. */
export function requestsUnderWay({ raw: { socket } }: FastifyReply['request']): number {
  return underWay.get(socket)?.size ?? 0
}

function observed(socket: Socket): Map<Answer, (() => void)[]> {
  const answers = new Map<Answer, (() => void)[]>()
  underWay.set(socket, answers)
  socket.once('close', () => {
    for (const answer of [...answers.keys()]) over(answers, answer)
  })
  return answers
}

function over(answers: Map<Answer, (() => void)[]>, answer: Answer): void {
  const calls = answers.get(answer) ?? []
  answers.delete(answer)
  for (const call of calls) call()
}
