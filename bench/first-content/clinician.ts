/** One who works in the clinician portal, over HTTP: signs in, and opens patients as the page does. */
import { csrfHeader } from '@helsevev/portal/contract'

export interface Opened {
  /** Milliseconds until the patient was open and the first panel had answered. */
  first: number
  /** Until all had. */
  all: number
}

export interface Clinician {
  /** In words, when the portal or a panel did not answer with 200. */
  open(identityNumber: string): Promise<Opened | string>
}

interface Place {
  organization: string
  place: string
}

/** @throws when the sign-in comes to nothing. */
export async function signInClinician(baseUrl: string, personId: string, { organization, place }: Place): Promise<Clinician> {
  const origin = new URL(baseUrl).origin
  const portal = `${baseUrl}/clinician`
  const browse = cookieFetch()
  const page = await browse(`${portal}/login`)
  const back = await browse(page.url, { method: 'POST', body: new URLSearchParams({ person: personId }) })
  if (!back.url.startsWith(portal)) throw new Error(`The sign-in of ${personId} ended at ${back.url}.`)
  const { csrf } = JSON.parse((await browse(`${portal}/api/me`)).text) as { csrf?: string }
  const change = (path: string, body: unknown) =>
    browse(`${portal}/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin, 'sec-fetch-site': 'same-origin', [csrfHeader]: csrf ?? '' },
      body: JSON.stringify(body),
    })
  const chosen = await change('api/organization', { number: organization, place })
  if (chosen.status !== 200) throw new Error(`The place of work of ${personId} was not taken: ${chosen.text}`)

  return {
    async open(identityNumber) {
      const started = performance.now()
      const opened = await change('api/patient', { identityNumber, purpose: 'TREAT' })
      if (opened.status !== 200) return `opening: ${opened.status} ${opened.text.slice(0, 100)}`
      const { patient, panels } = JSON.parse(opened.text) as { patient: { opening: string; access: { id: string } }; panels: string[] }
      const headers = { 'helsevev-opening': patient.opening, 'helsevev-access': patient.access.id }
      let first = Number.POSITIVE_INFINITY
      const answers = await Promise.all([
        ...panels.map(async (service) => {
          const { status, text } = await browse(`${portal}/api/panels/${service}`, { headers })
          first = Math.min(first, performance.now() - started)
          return status === 200 ? undefined : `${service}: ${status} ${text.slice(0, 100)}`
        }),
        browse(`${portal}/api/me`).then(({ status }) => (status === 200 ? undefined : `me: ${status}`)),
      ])
      return answers.find((fault) => fault !== undefined) ?? { first, all: performance.now() - started }
    },
  }
}

/** Follows redirects with cookies, by path, until a page. */
function cookieFetch() {
  const jar = new Map<string, { pair: string; path: string; host: string }>()

  return async function browse(url: string, init: RequestInit = {}): Promise<{ url: string; status: number; text: string }> {
    const { pathname, host } = new URL(url)
    const cookie = [...jar.values()].filter((one) => one.host === host && pathname.startsWith(one.path)).map(({ pair }) => pair)
    const headers = { accept: 'text/html, application/json', ...(init.headers as Record<string, string>), cookie: cookie.join('; ') }
    const response = await fetch(url, { ...init, redirect: 'manual', headers })
    const text = await response.text()
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split('; ')
      const path = attributes.find((attribute) => attribute.toLowerCase().startsWith('path='))?.slice(5) ?? '/'
      jar.set(`${host} ${pair.split('=')[0]} ${path}`, { pair, path, host })
    }
    const location = response.headers.get('location')
    return location ? await browse(new URL(location, url).href) : { url, status: response.status, text }
  }
}
