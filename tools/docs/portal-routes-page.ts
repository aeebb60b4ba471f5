/** docs/run/portal-routes.md: what the pages of each portal ask its server, from the contracts. */
import * as wire from '@helsevev/kernel/wire/contract'
import * as shared from '@helsevev/portal/contract'
import * as citizen from '@helsevev/portal-citizen/contract'
import * as clinician from '@helsevev/portal-clinician/contract'
import * as handover from '@helsevev/portal-clinician/handover'
import * as controller from '@helsevev/portal-controller/contract'
import { wrapPage } from '../wrap.ts'
import { namesIn } from './notation.ts'
import { columns, shapes, table } from './wire-tables.ts'

const { apiPrefix, commonStatus, csrfHeader } = shared

const intro = `# Routes of the portals

<!-- Written by npm run docs from the contracts of the portals. Change the rows there. -->

What the pages of each portal ask the portal's server. This page is for engineers who change a portal or look for a call in its log. The
routes belong to the pages and change with them; a system uses the [API](../api/index.md) instead. All routes take and return JSON, below
\`/{portal}${apiPrefix}\`.

- **Sign-in**: a request without a session is answered with 401 \`signed-out\`; \`GET ${apiPrefix}/me\` alone is answered without one. The
  session is a cookie that scripts cannot read.
- **A change** (every method but GET) must come from the portal's own page: with its \`Origin\`, with the header \`${csrfHeader}\` that
  holds \`csrf\` of \`GET ${apiPrefix}/me\`, and as JSON. Everything else is 403 \`not-from-our-page\`.
- **A problem** is \`{ "code": "…" }\` with a status: ${Object.entries(commonStatus)
  .map(([code, status]) => `\`${code}\` ${status}`)
  .join(', ')}.
- **A wrong form**: a part of the path, a query or a body that does not have the form stated in the row is 400 \`invalid-request\`.
- **Identity numbers**: none stands in an address. Only the answer of \`POST /clinician${apiPrefix}/patient/number\` holds one.
`

interface Section {
  title: string
  text?: string
  prefix: string
  rows: wire.Contract
  modules: readonly object[]
}

const sections: readonly Section[] = [
  {
    title: 'Citizen',
    text: `The header \`${citizen.aboutHeader}\` names the person that the page is about:
\`${citizen.oneself}\`, or the id of a person in \`People\`.`,
    prefix: `/citizen${apiPrefix}`,
    rows: { ...citizen.session, ...citizen.contract },
    modules: [citizen],
  },
  {
    title: 'Clinician',
    text: `The headers \`${clinician.openingHeader}\` and \`${clinician.accessHeader}\` name the patient
and the access that the page shows.`,
    prefix: `/clinician${apiPrefix}`,
    rows: { ...clinician.session, ...clinician.contract },
    modules: [clinician],
  },
  {
    title: 'Clinician, for record systems',
    text: 'Called with the access token of the record system and a proof, as the API is: [session handover](../api/session-handover.md).',
    prefix: `/clinician${apiPrefix}`,
    rows: handover.handover,
    modules: [handover],
  },
  {
    title: 'Controller',
    text: `Every route of [control](../api/control.md) but \`GET /control/me\` stands below \`/controller${apiPrefix}\` too,
with the same path, query, body and answer. In addition there are:`,
    prefix: `/controller${apiPrefix}`,
    rows: { ...controller.session, ...controller.own },
    modules: [controller],
  },
]

/** The whole page. */
export async function portalRoutesPage(): Promise<string> {
  return `${[wrapPage(intro), ...sections.map(sectionText)].join('\n')}\n`
}

function sectionText({ title, text, prefix, rows, modules }: Section): string {
  const names = namesIn({ file: wire.file, nothing: wire.nothing }, ...modules)
  const shown = new Map([...names].map(([schema, name]) => [schema, name === 'File' || name === 'Nothing' ? name.toLowerCase() : name]))
  const inShapes = new Map([...shown].filter(([schema]) => schema !== wire.file && schema !== wire.nothing))
  const { route, headers, body, answer, about } = columns(prefix, shown)
  const hasHeaders = Object.values(rows).some((row) => row.headers)
  const parts = [
    `## ${title}`,
    ...(text ? [text] : []),
    table(rows, [route, ...(hasHeaders ? [headers] : []), body, answer, about]),
    shapes(rows, inShapes),
  ]
  return `${parts.join('\n\n')}\n`
}
