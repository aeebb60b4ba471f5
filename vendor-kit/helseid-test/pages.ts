/** The pages a person sees: plain HTML in bokmål, whole without script, readable at 320 CSS pixels. */
import { createHash } from 'node:crypto'
import type { TestPerson } from './world.ts'

const STYLE = `
:root { color-scheme: light; font: 100%/1.5 system-ui, sans-serif; color: #1b1b1b; background: #f4f4f2 }
body { margin: 0; padding: 1rem }
main { max-width: 36rem; margin: 0 auto }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 1rem 0 0.5rem }
ul { list-style: none; margin: 1rem 0; padding: 0 }
li { margin: 0 0 0.5rem }
button { font: inherit; text-align: left; width: 100%; padding: 0.75rem 1rem; color: inherit; background: #fff;
  border: 1px solid #6b6b6b; border-radius: 0.25rem; cursor: pointer; overflow-wrap: anywhere }
button:hover { background: #eef3f7 }
button:focus-visible { outline: 3px solid #004a93; outline-offset: 2px }
button strong, button span { display: block }
.notice { border-left: 0.25rem solid #8a5a00; padding: 0.25rem 0.75rem; background: #fff }
`

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64')

export interface Page {
  body: string
  headers: Record<string, string>
}

/** Every person as a button in one form. `returnTo` is where the sign-in ends: forms may be redirected there and nowhere else. */
export function signInPage(options: { clientName: string; people: readonly TestPerson[]; action: string; returnTo: string }): Page {
  const people = options.people
    .map((person) => {
      const shown = `<strong>${escapeHtml(person.name)}</strong><span>${escapeHtml(describe(person))}</span>`
      return `<li><button name="person" value="${escapeHtml(person.id)}">${shown}</button></li>`
    })
    .join('\n')
  return page(
    'Velg testperson',
    `<p>Du logger inn i ${escapeHtml(options.clientName)}.</p>
<p class="notice">Dette er en test-innlogging. Alle personer er oppdiktet, og passord trengs ikke.</p>
<form method="post" action="${escapeHtml(options.action)}">
<ul aria-label="Testpersoner">
${people}
</ul>
<p><button name="cancel" value="yes">Avbryt</button></p>
</form>`,
    options.returnTo,
  )
}

/** Asks before the session ends, when the portal could not show whose session it is. */
export function signOutPage(form: string, returnTo: string | undefined): Page {
  return page('Logg ut', `${form}\n<p><button type="submit" form="op.logoutForm" name="logout" value="yes">Logg ut</button></p>`, returnTo)
}

export function signedOutPage(): Page {
  return page('Du er logget ut', '<p>Du kan lukke vinduet.</p>')
}

export function errorPage(error: string, description: string | undefined): Page {
  return page(
    'Innloggingen stoppet',
    `<p>Gå tilbake til tjenesten du kom fra, og logg inn på nytt.</p>
<p lang="en"><strong>${escapeHtml(error)}</strong>${description ? `: ${escapeHtml(description)}` : ''}</p>`,
  )
}

function page(heading: string, content: string, returnTo?: string): Page {
  const formAction = ["'self'", ...(returnTo ? [originOf(returnTo)] : [])].join(' ')
  return {
    body: `<!doctype html>
<html lang="nb">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(heading)} – HelseID-test</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escapeHtml(heading)}</h1>
${content}
</main>
</body>
</html>
`,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      // form-action also governs where the answer to a form may redirect, hence the portal's own origin.
      'content-security-policy': [
        `default-src 'none'; style-src 'sha256-${STYLE_HASH}'`,
        `form-action ${formAction}; base-uri 'none'; frame-ancestors 'none'`,
      ].join('; '),
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    },
  }
}

function describe(person: TestPerson): string {
  return [person.role, person.employer?.name].filter(Boolean).join(', ')
}

function originOf(uri: string): string {
  const { origin, protocol } = new URL(uri)
  return origin === 'null' ? protocol : origin
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
