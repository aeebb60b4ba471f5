/** The one page of the test record system: who works, and who to open. Plain HTML, whole without script. */
import { createHash } from 'node:crypto'

const STYLE = `
:root { color-scheme: light; font: 100%/1.5 system-ui, sans-serif; color: #1b1b1b; background: #f6f3ea }
body { margin: 0; padding: 1rem } main { max-width: 36rem; margin: 0 auto }
h1 { font-size: 1.5rem; line-height: 1.25 } h2 { font-size: 1.125rem }
select, button { font: inherit; padding: .5rem 1rem; color: inherit; background: #fff }
select, button { border: 1px solid #6b6b6b; border-radius: .25rem; max-width: 100% }
button { cursor: pointer } select:focus-visible, button:focus-visible { outline: 3px solid #004a93; outline-offset: 2px }
ul { list-style: none; padding: 0 } li { padding: .5rem 0; border-bottom: 1px solid #d6d0bf }
li { display: flex; flex-wrap: wrap; gap: .5rem; justify-content: space-between; align-items: center }
.notice { border-left: .25rem solid #8a5a00; padding: .25rem .75rem; background: #fff }
`
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64')

interface PageOptions {
  users: readonly { id: string; name: string }[]
  patients: readonly { id: string; name: string }[]
  action: string
  /** Sent with the form. */
  kept: Record<string, string>
}

export function patientsPage({ users, patients, action, kept }: PageOptions): { headers: Record<string, string>; body: string } {
  const hidden = Object.entries(kept).map(
    ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  )
  const people = users.map(({ id, name }) => `<option value="${escapeHtml(id)}">${escapeHtml(name)}</option>`)
  const lines = patients.map((patient) => {
    const id = escapeHtml(patient.id)
    const button = `<button name="patient" value="${id}" aria-describedby="p-${id}">Åpne i Helsevev</button>`
    return `<li><span id="p-${id}">${escapeHtml(patient.name)}</span>${button}</li>`
  })
  return {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      // No form-action: what a form leads to goes on to the identity provider.
      'content-security-policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; frame-ancestors 'none'; base-uri 'none'`,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    },
    body: `<!doctype html>
<html lang="nb"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Testjournalen</title><style>${STYLE}</style></head>
<body><main>
<h1>Testjournalen</h1>
<p class="notice">Et journalsystem til utprøving. Alle personer er oppdiktet.</p>
<form method="post" action="${escapeHtml(action)}">${hidden.join('')}
<p><label for="user">Du arbeider som</label><br><select id="user" name="user">${people.join('')}</select></p>
<h2>Pasienter</h2>
<ul>${lines.join('\n')}</ul>
</form>
</main></body></html>
`,
  }
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
