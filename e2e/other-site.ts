/** A site of somebody else, as an attacker has one: another origin, and another site, than the portals. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface OtherSite {
  address: string
  /** Puts up a page; answers with its address. */
  put(html: string): string
  close(): Promise<void>
}

/** At 127.0.0.1, where the portals are at localhost. */
export async function otherSite(): Promise<OtherSite> {
  const pages = new Map<string, string>()
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end(pages.get(request.url ?? '') ?? '<!doctype html><title>elsewhere</title>')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    address,
    put(html) {
      const path = `/${pages.size + 1}`
      pages.set(path, `<!doctype html><title>elsewhere</title>${html}`)
      return address + path
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
