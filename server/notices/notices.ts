/** Sends notices to patients: by the gateways of the environment, and in development by one that shows them at /test-notices. */
import { keepSending } from '@helsevev/kernel/areas/notices-outside/outbox'
import type { Log } from '@helsevev/kernel/log/lines'
import type { Sql } from 'postgres'
import type { Environment } from '../env.ts'
import { httpGateway, type KeptMessage, keepingGateway } from './gateway.ts'

interface NoticesOptions {
  environment: Pick<Environment, 'mode' | 'noticeGateways'>
  sql: Sql
  clock: () => Date
  log: Log
  baseUrl: () => string
}

interface Notices {
  /** What would have been sent, newest first; undefined in production. */
  kept: (() => readonly KeptMessage[]) | undefined
  /** Begins to send, and returns how to end it. */
  start(): () => Promise<void>
}

export function notices({ environment, sql, clock, log, baseUrl }: NoticesOptions): Notices {
  const { sms, email, token } = environment.noticeGateways
  const keeping = environment.mode === 'development' ? keepingGateway(clock) : undefined
  const senders = {
    sms: sms === undefined ? keeping?.send : httpGateway(sms, token),
    email: email === undefined ? keeping?.send : httpGateway(email, token),
  }
  return {
    kept: keeping?.kept,
    start: () =>
      keepSending({
        sql,
        senders,
        clock,
        where: () => `${baseUrl()}/citizen`,
        failed: (failure) => log('NOTICE_NOT_SENT', failure),
      }),
  }
}
