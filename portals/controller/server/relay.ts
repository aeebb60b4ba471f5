/**
 * The rows of the control API that the pages use, passed on unchanged: what a page sends has been checked against the row on arrival, and
 * what the API answers holds no identity number. docs/api/control.md
 */
import { alike } from '@helsevev/kernel/wire/serve'
import { type PortalHandlers, passOn } from '@helsevev/portal/server'
import { relayed } from '../contract.ts'
import type { Content } from './session.ts'

/** A logical id, a UUID, a number, or parts of an imported agreement with colons between them: none leads to another address. */
const id = /^[A-Za-z0-9][A-Za-z0-9:-]{0,119}$/

export const relay: PortalHandlers<typeof relayed, Content> = alike(relayed, async (row, { api }, received) => {
  const parts = Object.entries(received).filter(([name]) => row.path.includes(`:${name}`))
  if (!parts.every(([, part]) => typeof part === 'string' && id.test(part))) return { code: 'invalid-request' }
  return await passOn(api, '/control', row, received)
})
