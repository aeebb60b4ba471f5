/**
 * Reconciliation of medicines. The list goes to the page and back as it was read, sealed for this person and this patient: the page cannot
 * read it, change it, or send it for somebody else, and the server keeps nothing in between.
 */
import { createHash, randomUUID } from 'node:crypto'
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib'
import { parseJson, writeJson } from '@helsevev/kernel/values/json'
import { ApiError, type Desk, open, seal } from '@helsevev/portal/server'
import { mayEverSend, readFor, withoutPlaces } from '@helsevev/service-medication-list/reconciliation/read'
import { type ReconciliationBasis, send, type WritingApi } from '@helsevev/service-medication-list/reconciliation/send'
import type { Accesses } from './access.ts'
import { openPatients } from './open-patients.ts'
import { patientApi } from './patient-api.ts'
import type { ClinicianHandlers } from './patient-routes.ts'
import type { Content, OpenPatient, Session } from './sessions.ts'

interface Surroundings {
  access: Accesses
  /** 32 bytes. */
  key: Uint8Array
}

export function reconciliationHandlers(
  { sessions, now }: Desk<Content>,
  { access, key }: Surroundings,
): Pick<ClinicianHandlers, 'reconciliation' | 'reconcile'> {
  const { shown } = openPatients(sessions, access)
  return {
    async reconciliation(asked, { headers }) {
      const patient = await shown(asked, headers)
      if ('code' in patient) return patient
      const { data, basis } = await readFor(patientApi(patient, asked.api), now())
      const mayShowPlaces = patient.person !== undefined && !patient.person.hasProtectedAddress
      return {
        access: patient.access.id,
        sealed: sealed(key, boundTo(asked.session, patient), { ...basis, subject: subjectOf(patient) }),
        maySend: patient.access.authorization !== undefined && mayEverSend(patient.access.authorization),
        data: mayShowPlaces ? data : withoutPlaces(data),
      }
    },

    async reconcile(asked, { headers, body }) {
      const patient = await shown(asked, headers)
      if ('code' in patient) return patient
      const basis = opened(key, boundTo(asked.session, patient), body.sealed)
      if (!basis) return { code: 'invalid-request' }
      const { name, hprNumber } = asked.session.person
      const { post, ...reading } = patientApi(patient, asked.api)
      const api: WritingApi = { ...reading, write: async (...resource) => await answered(post(...resource)) }
      const result = await send(api, { basis, written: body.written, writer: { name, hprNumber }, now: now(), id: randomUUID })
      return result ? { result } : { code: 'invalid-request' }
    },
  }
}

/** The first list of a patient names the patient as any other does. */
function subjectOf({ identitySystem, identityNumber }: OpenPatient): ReconciliationBasis['subject'] {
  return { type: 'Patient', identifier: { system: identitySystem, value: identityNumber } }
}

/** Refusals that the page words by their content. Others are problems as everywhere. */
const WORDED = new Set([403, 412, 422])

async function answered(asked: Promise<unknown>): Promise<{ status: number; answer: unknown }> {
  try {
    return { status: 201, answer: await asked }
  } catch (error) {
    if (error instanceof ApiError && WORDED.has(error.status)) return { status: error.status, answer: error.answer() }
    throw error
  }
}

/** It opens for the same person, acting for the same organisation, about the same patient. */
function boundTo({ person, organization = '' }: Session, { identitySystem, identityNumber }: OpenPatient): Buffer {
  const parts = ['reconciliation', person.hprNumber, organization, identitySystem, identityNumber]
  return createHash('sha256').update(JSON.stringify(parts)).digest()
}

function sealed(key: Uint8Array, bound: Buffer, basis: ReconciliationBasis): string {
  return seal(key, bound, brotliCompressSync(writeJson(basis)).toString('base64')).toString('base64url')
}

function opened(key: Uint8Array, bound: Buffer, text: string): ReconciliationBasis | undefined {
  const content = open(key, bound, Buffer.from(text, 'base64url'))
  if (typeof content !== 'string') return undefined
  return parseJson(brotliDecompressSync(Buffer.from(content, 'base64')).toString('utf8')) as ReconciliationBasis
}
