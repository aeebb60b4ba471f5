/** A record system of a vendor whose user opens the clinician portal from it, with real tokens and proofs. */
import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { identityNumberSystems } from '@helsevev/kernel/values/identity-number'
import { type PersonToken, signIn } from '@helsevev/sdk'
import type { TestSystem } from './test-system.ts'

export interface RecordSystem {
  token: PersonToken
  /** Hands over user and patient; returns the address that the browser is to open, and the id that the record system goes on with. */
  handOver(patient: string, basis?: string): Promise<{ code: string; verifier: string; sessionId: string; address: string }>
  /** POST to the portal's routes for record systems; `proof` instead of the one that belongs. */
  call(event: 'create' | 'refresh' | 'end', body: object, proof?: string): Promise<Response>
}

/** Fjordjournal, where that person has signed in for that organisation. */
export async function recordSystem({ system }: TestSystem, personId: string, organization: string): Promise<RecordSystem> {
  assert.ok(system.testIssuer)
  const clientId = 'fjordjournal-user'
  const token = await signIn({
    issuer: system.issuer,
    clientId,
    privateJwk: await system.testIssuer.privateKey(clientId),
    redirectUri: 'http://localhost/fjordjournal/callback',
    scope: 'helsevev:clinician/launch',
    personId,
    organization: { parent: organization },
  })

  const call: RecordSystem['call'] = async (event, body, proof) => {
    const url = `${system.baseUrl}/clinician/api/session/${event}`
    return await fetch(url, {
      method: 'POST',
      headers: {
        authorization: `DPoP ${token.accessToken}`,
        dpop: proof ?? (await token.proof('POST', url)),
        'x-source-system': 'Fjordjournal 7.2',
        'content-type': 'application/json',
      },
      body: JSON.stringify(body),
    })
  }
  return {
    token,
    call,
    async handOver(patient, basis = 'AKUTT') {
      const verifier = randomBytes(32).toString('base64url')
      const answer = await call('create', {
        ehr_code_challenge: createHash('sha256').update(verifier).digest('base64url'),
        claims: { patient_identifier: { id: patient, system: identityNumberSystems.FNR }, access_basis: { code: basis } },
      })
      const told = (await answer.json()) as { code: string; sessionId: string }
      assert.equal(answer.status, 200, JSON.stringify(told))
      const query = new URLSearchParams({ code: told.code, ehr_code_verifier: verifier })
      return { ...told, verifier, address: `${system.baseUrl}/clinician/launch?${query}` }
    },
  }
}
