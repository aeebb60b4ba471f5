/** The first page: what this is, where to go, and as whom to sign in. */
import { createHash } from 'node:crypto'
import type { TestWorld } from '@helsevev/helseid-test'
import type { FastifyInstance } from 'fastify'
import type { PortalName } from './env.ts'

const STYLE = `
body { font: 1.125rem/1.6 system-ui, sans-serif; max-width: 42rem; margin: 0 auto; padding: 2rem 1rem; color: #1c1c1c; background: #fff }
h1 { font-size: 2.25rem; line-height: 1.2 } h2 { font-size: 1.375rem; margin-top: 2.5rem }
a { color: #06636a } a.button { display: inline-block; padding: .75rem 1.5rem; background: #06636a; color: #fff; border-radius: .25rem; text-decoration: none }
a:focus-visible { outline: 3px solid #1c1c1c; outline-offset: 3px } li { margin-bottom: .25rem } code { background: #f0f0f0; padding: .1rem .3rem }
`
/** The one style there is, by its hash: nothing else may style or run on the page. */
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64')

const PORTALS: Record<PortalName, string> = {
  clinician: 'Åpne siden for helsepersonell',
  citizen: 'Åpne siden for innbyggere',
  controller: 'Åpne siden for dataansvarlige',
}

export async function frontPage(app: FastifyInstance, world: TestWorld | undefined, portals: readonly PortalName[]): Promise<void> {
  const html = page(world, portals)
  app.get('/', (_request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .headers({
        'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`,
        'X-Content-Type-Options': 'nosniff',
        'Referrer-Policy': 'no-referrer',
      })
      .send(html),
  )
}

function page(world: TestWorld | undefined, portals: readonly PortalName[]): string {
  const people = (world?.people ?? [])
    .map(({ name, role }) => `<li><strong>${escapeHtml(name)}</strong>, ${escapeHtml(role)}</li>`)
    .join('')
  return `<!doctype html>
<html lang="nb">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Helsevev</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>Helsevev</h1>
<p>Helsevev deler helseopplysninger mellom kommuner, sykehus og innbyggere. Hver opplysning har en dataansvarlig, hvert oppslag avgjøres etter avtale og blir logget.</p>
${portals.map((name) => `<p><a class="button" href="/${name}/">${PORTALS[name]}</a></p>`).join('\n')}
${people ? `<h2>Oppdiktede personer du kan logge inn som</h2><ul>${people}</ul><p>Alle personer her er oppdiktet.</p>` : ''}
<h2>For leverandører</h2>
<p>Grensesnittet er FHIR R4: <a href="/fhir/metadata">/fhir/metadata</a>. Hver tjeneste har sin egen beskrivelse under <code>/fhir/{tjeneste}/metadata</code>.</p>
</main>
</body>
</html>
`
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
