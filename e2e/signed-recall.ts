/** What a record system does with a recall that waits in the outbox, for tests: it names the patient in the message and signs it. */
import assert from 'node:assert/strict'
import type { Task } from '@medplum/fhirtypes'

/** The M5 as it is sent to Reseptformidleren. Fails when the stored message has the identity number. */
export function signedRecall({ input = [] }: Task, identityNumber: string): string {
  const data = input.find(({ valueAttachment }) => valueAttachment)?.valueAttachment?.data ?? ''
  const message = Buffer.from(data, 'base64').toString('utf8')
  assert.ok(!message.includes(identityNumber), 'the number of the patient is not stored')
  const patient = `<Patient><Ident><Id>${identityNumber}</Id><TypeId V="FNR"/></Ident></Patient>`
  const signature = '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignatureValue>eA==</SignatureValue></Signature>'
  return message.replace('</MsgInfo>', `${patient}</MsgInfo>`).replace('</MsgHead>', `${signature}</MsgHead>`)
}
