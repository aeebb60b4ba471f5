/** A request as it goes over the wire, written before the clock starts. */
export interface Sendable {
  method: string
  path: string
  type?: string | undefined
  body?: string | undefined
}

export interface Proofs {
  accessToken: string
  proof: string
  attestation?: string | undefined
}

export function requestText(url: string, { method, path, type, body }: Sendable, { accessToken, proof, attestation }: Proofs): string {
  const headers = [
    `${method} ${path} HTTP/1.1`,
    `host: ${url.slice('http://'.length)}`,
    'accept: application/fhir+json',
    `authorization: DPoP ${accessToken}`,
    `dpop: ${proof}`,
    ...(attestation ? [`attestation: ${attestation}`] : []),
    'nhn-source-system: Helsevev bench',
    ...(type ? [`content-type: ${type}`] : []),
    ...(body === undefined ? [] : [`content-length: ${Buffer.byteLength(body)}`]),
  ]
  return `${headers.join('\r\n')}\r\n\r\n${body ?? ''}`
}
