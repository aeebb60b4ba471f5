/** Sends to Helsevev what record systems and pharmacies have, as the systems of their vendors would: each of the three by itself. */
import { createApi, type HelseId, type Organization } from '@helsevev/sdk'
import type { Delivery } from './mediator.ts'

export interface Sender {
  helseId: HelseId
  /** The data controller that the client sends for; without one, its own organisation. */
  organization?: Organization
}

export interface ForwardOptions {
  /** The server, as in `http://localhost:8080`. */
  baseUrl: string
  senders: Readonly<Record<Delivery['at'], Sender>>
}

/** What Helsevev answered to one message. */
interface Forwarded {
  at: Delivery['at']
  kind: Delivery['kind']
  status: number
  /** Code of the answer, such as `message-stored`. */
  code: string | undefined
}

export type Forward = (deliveries: readonly Delivery[]) => Promise<Forwarded[]>

const SERVICE = 'e-prescriptions'

/** One after the other, in the order given. Throws when Helsevev or the identity provider cannot be reached. */
export function createForward({ baseUrl, senders }: ForwardOptions): Forward {
  const apiOf = ({ helseId, organization }: Sender) =>
    createApi({
      baseUrl: `${baseUrl}/fhir`,
      sourceSystem: 'Helsevev prescriptions-test',
      token: () => helseId.clientCredentials({ scope: `helsevev:${SERVICE}/write`, ...(organization ? { organization } : {}) }),
    })
  const apis = {
    prescriber: apiOf(senders.prescriber),
    pharmacy: apiOf(senders.pharmacy),
    'general-practitioner': apiOf(senders['general-practitioner']),
  }
  return async (deliveries) => {
    const forwarded: Forwarded[] = []
    for (const { at, kind, text } of deliveries) {
      const headers = { 'content-type': 'application/xml', prefer: 'return=OperationOutcome' }
      const { status, body } = await apis[at].post(`${SERVICE}/$e-prescription`, text, headers)
      forwarded.push({ at, kind, status, code: codeIn(body) })
    }
    return forwarded
  }
}

function codeIn(body: unknown): string | undefined {
  const [issue] = (body as { issue?: { details?: { coding?: { code?: string }[] } }[] } | undefined)?.issue ?? []
  return issue?.details?.coding?.[0]?.code
}
