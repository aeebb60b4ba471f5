/** Requests to Helsevev with a DPoP-bound token. */
import type { Token } from './helseid.ts'

export interface ApiOptions {
  /** Such as `https://api.example.no/fhir`; paths are put behind it. */
  baseUrl: string
  /** Asked before every request; let it give the kept token while that holds. */
  token: () => Promise<Token>
  /** The name of the system that asks, 3 to 512 characters; header `nhn-source-system`. */
  sourceSystem: string
  /** Header `Purpose-Of-Use`: TREAT, ETREAT, COC, BTG. */
  purposeOfUse?: string
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
  /** A resource that is a text is sent as it stands. */
  post<Body = unknown>(path: string, resource: unknown, more?: More): Promise<ApiResponse<Body>>
  put<Body = unknown>(path: string, resource: unknown, more?: More): Promise<ApiResponse<Body>>
  /** POST `{service}/{type}/_search`: the patient's identity number goes in the form, never in the address. */
  search<Body = unknown>(service: string, type: string, form: Record<string, string>, more?: More): Promise<ApiResponse<Body>>
}

export function createApi({ baseUrl, token, sourceSystem, purposeOfUse }: ApiOptions): Api {
  const base = baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`

  async function send<Body>(method: string, path: string, headers: More, body?: string): Promise<ApiResponse<Body>> {
    const url = new URL(path.replace(/^\//, ''), base).href
    const bound = await token()
    const attempt = async (nonce?: string) =>
      fetch(url, {
        method,
        headers: {
          accept: 'application/fhir+json',
          authorization: `DPoP ${bound.accessToken}`,
          dpop: await bound.proof(method, url, nonce),
          'nhn-source-system': sourceSystem,
          ...(purposeOfUse ? { 'purpose-of-use': purposeOfUse } : {}),
          ...headers,
        },
        ...(body === undefined ? {} : { body }),
      })
    let response = await attempt()
    const nonce = response.headers.get('dpop-nonce')
    // RFC 9449 section 9: an API that uses nonces refuses once and tells the nonce.
    if (response.status === 401 && nonce && response.headers.get('www-authenticate')?.includes('use_dpop_nonce')) {
      await response.body?.cancel()
      response = await attempt(nonce)
    }
    return { status: response.status, headers: response.headers, body: await readBody(response) }
  }

  const json = { 'content-type': 'application/fhir+json' }
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  return {
    get: (path, more) => send('GET', path, { ...more }),
    post: (path, resource, more) =>
      send('POST', path, { ...json, ...more }, typeof resource === 'string' ? resource : JSON.stringify(resource)),
    put: (path, resource, more) => send('PUT', path, { ...json, ...more }, JSON.stringify(resource)),
    search: (service, type, values, more) =>
      send('POST', `${service}/${type}/_search`, { ...form, ...more }, new URLSearchParams(values).toString()),
  }
}

async function readBody<Body>(response: Response): Promise<Body> {
  const text = await response.text()
  if (text === '') return undefined as Body
  const type = response.headers.get('content-type') ?? ''
  return (/\bjson\b/.test(type) ? JSON.parse(text) : text) as Body
}
