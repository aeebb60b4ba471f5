/** Requests to Helsevev with a DPoP-bound token. */
import { type Attestation, encodeAttestation } from './attestation.ts'
import type { Token } from './helseid.ts'

export interface ApiOptions {
  /** Such as `https://api.example.no/fhir`; paths are appended. */
  baseUrl: string
  /** Called before every request; return the stored token while it is valid. */
  token: () => Promise<Token>
  /** The name of the system that asks, 3 to 512 characters; header `nhn-source-system`. */
  sourceSystem: string
  /**
   * Called before every request for what the signed-in person attests; sent in the header `Attestation` and signed by the proof. A call
   * that brings its own header `attestation` sends that. Systems that read back their own records attest nothing.
   */
  attestation?: (call: Call) => Attestation | undefined | Promise<Attestation | undefined>
}

/** What is about to be sent. */
export interface Call {
  method: string
  path: string
  /** For a search: `patient.identifier` names the patient of the attestation. */
  form: Record<string, string> | undefined
}

export interface ApiResponse<Body = unknown> {
  status: number
  headers: Headers
  /** Parsed when it is JSON, else the text; undefined when empty. */
  body: Body
}

type More = Record<string, string>

/** `more` are headers of that one request. A refusal is an answer like any other; only a network failure throws. */
export interface Api {
  get<Body = unknown>(path: string, more?: More): Promise<ApiResponse<Body>>
  /** A text or octets are sent unchanged; for octets, state their media type in the header `content-type`. */
  post<Body = unknown>(path: string, resource: unknown, more?: More): Promise<ApiResponse<Body>>
  put<Body = unknown>(path: string, resource: unknown, more?: More): Promise<ApiResponse<Body>>
  /** POST `{service}/{type}/_search`: the patient's identity number goes in the form, never in the address. */
  search<Body = unknown>(service: string, type: string, form: Record<string, string>, more?: More): Promise<ApiResponse<Body>>
}

export function createApi({ baseUrl, token, sourceSystem, attestation }: ApiOptions): Api {
  const base = baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`

  async function attestedText(call: Call): Promise<string | undefined> {
    const attested = await attestation?.(call)
    return attested && encodeAttestation(attested)
  }

  async function send<Body>(call: Call, headers: More, body?: string | Uint8Array<ArrayBuffer>): Promise<ApiResponse<Body>> {
    const { method, path } = call
    const attested = headers.attestation ?? (await attestedText(call))
    const url = new URL(path.replace(/^\//, ''), base).href
    const bound = await token()
    const attempt = async (nonce?: string) =>
      fetch(url, {
        method,
        headers: {
          accept: 'application/fhir+json',
          authorization: `DPoP ${bound.accessToken}`,
          dpop: await bound.proof(method, url, nonce, attested),
          'nhn-source-system': sourceSystem,
          ...headers,
          ...(attested === undefined ? {} : { attestation: attested }),
        },
        ...(body === undefined ? {} : { body }),
      })
    let response = await attempt()
    const nonce = response.headers.get('dpop-nonce')
    // RFC 9449 section 9: an API that uses nonces refuses once and returns the nonce.
    if (response.status === 401 && nonce && response.headers.get('www-authenticate')?.includes('use_dpop_nonce')) {
      await response.body?.cancel()
      response = await attempt(nonce)
    }
    return { status: response.status, headers: response.headers, body: await readBody(response) }
  }

  const json = { 'content-type': 'application/fhir+json' }
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  const call = (method: string, path: string, values?: Record<string, string>): Call => ({ method, path, form: values })
  return {
    get: (path, more) => send(call('GET', path), { ...more }),
    post: (path, resource, more) => send(call('POST', path), { ...json, ...more }, isReady(resource) ? resource : JSON.stringify(resource)),
    put: (path, resource, more) => send(call('PUT', path), { ...json, ...more }, JSON.stringify(resource)),
    search: (service, type, values, more) =>
      send(call('POST', `${service}/${type}/_search`, values), { ...form, ...more }, new URLSearchParams(values).toString()),
  }
}

function isReady(resource: unknown): resource is string | Uint8Array<ArrayBuffer> {
  return typeof resource === 'string' || resource instanceof Uint8Array
}

async function readBody<Body>(response: Response): Promise<Body> {
  const text = await response.text()
  if (text === '') return undefined as Body
  const type = response.headers.get('content-type') ?? ''
  return (/\bjson\b/.test(type) ? JSON.parse(text) : text) as Body
}
