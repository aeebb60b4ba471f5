/** docs/run/limits.md: every limit, from the constants that enforce it. */
import { MESSAGE_LIMITS } from '@helsevev/clinical/e-prescription/read'
import { MOST_MINUTES_AHEAD } from '@helsevev/clinical/e-prescription-fhir/addressed'
import { XML_LIMITS } from '@helsevev/clinical/kith/read-xml'
import { LOOK_UP_HOURS, MOST_BESIDE, MOST_LINES } from '@helsevev/clinical/medicines/sending-limits'
import { LONGEST_PACK } from '@helsevev/governance/store/import'
import { MOST_PATIENTS } from '@helsevev/kernel/control/indicators'
import { MOST_ISSUES_OF_ENTRY } from '@helsevev/kernel/fhir/outcome'
import { MAX_COUNT, MAX_PARAMETERS, MAX_VALUES } from '@helsevev/kernel/fhir/search/search-parameters'
import { REQUEST_SECONDS } from '@helsevev/kernel/fhir/time-limit'
import { lengthLimits } from '@helsevev/kernel/fhir/validation/primitives'
import { MAX_ENTRIES } from '@helsevev/kernel/fhir/write/bundle-entries'
import { BODY_LIMIT, MOST_PARAMETERS } from '@helsevev/kernel/http/body'
import { HELD } from '@helsevev/kernel/http/held-bodies'
import { connectionLimits } from '@helsevev/kernel/http/http-server'
import { MOST_REQUESTS } from '@helsevev/kernel/http/load'
import { MOST_ISSUES } from '@helsevev/kernel/problem/problem'
import { MOST_JOBS, MOST_JOBS_OF_CLIENT } from '@helsevev/kernel/store/batch-jobs'
import { MOST_READ_FOR_WORDS } from '@helsevev/kernel/store/narrowing'
import { MOST_ECHOED } from '@helsevev/kernel/values/echoed'
import { MAX_DEPTH } from '@helsevev/kernel/values/json'
import { MOST_PATCH_OPERATIONS, MOST_PATCH_WORK } from '@helsevev/kernel/values/json-patch'
import { LONGEST, MOST_BYTES, MOST_ROWS } from '@helsevev/portal-clinician/reconciliation-contract'
import { SIGN_IN_RATE, STATEMENT_SECONDS } from '@helsevev/server/limits'

export const limitsFile = 'docs/run/limits.md'

const mib = (octets: number) => `${octets / 1024 / 1024} MiB`
const seconds = (milliseconds: number) => `${milliseconds / 1000} s`

// biome-ignore format: a table, one row to a line
const requests: readonly (readonly [limit: string, value: string, answer: string])[] = [
  ['All headers and the address', `${connectionLimits.headerOctets / 1024} KiB`, '431 [headers-too-large](../api/problems.md#headers-too-large), and the connection is closed'],
  ['From the first octet to the end of the headers', seconds(connectionLimits.headers), '408 [request-timeout](../api/problems.md#request-timeout), and the connection is closed'],
  ['From the first octet to the end of the body', seconds(connectionLimits.request), '408 [request-timeout](../api/problems.md#request-timeout), and the connection is closed'],
  ['Requests of one connection that wait for answers', String(connectionLimits.pipelined), 'the connection is closed'],
  ['Connections of a process', String(connectionLimits.connections), 'the connection is closed'],
  ['A body, as sent and inflated', mib(BODY_LIMIT), '413 [too-large](../api/problems.md#too-large)'],
  ['Bodies that a process holds, of all with a token', mib(HELD.admitted), '[busy](../api/problems.md#busy)'],
  ['Bodies of one client for one organisation, or of one citizen', mib(HELD.client), '[busy](../api/problems.md#busy)'],
  ['Bodies of all without a token', mib(HELD.anonymous), '[busy](../api/problems.md#busy)'],
  ['Levels of XML, and elements of a message', `${XML_LIMITS.depth}, and ${XML_LIMITS.elements}`, '400 [not-xml](../api/problems.md#not-xml)'],
  ['Octets of an e-prescription message, with all that is opened in it', mib(MESSAGE_LIMITS.octets), '413 [too-large](../api/problems.md#too-large)'],
  ['Messages inside an e-prescription message', `${MESSAGE_LIMITS.messages}, and ${MESSAGE_LIMITS.depth} inside one another`, '413 [too-large](../api/problems.md#too-large); one that lies deeper is kept as sent'],
  ['Notes on an e-prescription message', String(MESSAGE_LIMITS.notes), '413 [too-large](../api/problems.md#too-large)'],
  ['Time of a message of e-prescription ahead of now', `${MOST_MINUTES_AHEAD} minutes`, '422 [invalid-resource](../api/problems.md#invalid-resource)'],
  ['Lines of a medication list, in a message or sent, and the age of the look-up that it is based on', `${MOST_LINES}, and ${LOOK_UP_HOURS} hours`, '422 [invalid-resource](../api/problems.md#invalid-resource)'],
  ['Records of a type with the list in `$getMedication`, and doses given in hospital', `${MOST_BESIDE.records}, and ${MOST_BESIDE.given}`, 'the newest are shown; `leftOut` names the type'],
  ['A reconciliation that the portal of staff sends, with the list as it was read', `${MOST_BYTES / 1_000_000} MB; ${MOST_ROWS} rows that the patient states, that are marked or unmarked; ${LONGEST} characters of a text`, '400 `invalid-request` of the [portal](portals.md): nothing is sent'],
  ['Levels of JSON', String(MAX_DEPTH), '400 [not-json](../api/problems.md#not-json)'],
  ['Entries of a Bundle', String(MAX_ENTRIES), '413 [too-large](../api/problems.md#too-large)'],
  ['Parameters of a form', String(MOST_PARAMETERS), '400 [invalid-parameter](../api/problems.md#invalid-parameter)'],
  ['Parameters of a search', String(MAX_PARAMETERS), '400 [invalid-parameter](../api/problems.md#invalid-parameter)'],
  ['Values of one parameter', String(MAX_VALUES), '400 [invalid-parameter](../api/problems.md#invalid-parameter)'],
  ['Records that a search reads for [words](../api/search-type.md#words)', String(MOST_READ_FOR_WORDS), '400 [invalid-parameter](../api/problems.md#invalid-parameter)'],
  ['Patients that an [indicator](../api/control.md) counts', String(MOST_PATIENTS), '`isWhole` is false'],
  ['Characters of a [meeting pack](../council.md)', String(LONGEST_PACK), 'the command refuses it'],
  ['Matches of a page', String(MAX_COUNT), '400 [invalid-parameter](../api/problems.md#invalid-parameter)'],
  ['A statement of the database', `${STATEMENT_SECONDS} s`, '503 [unavailable](../api/problems.md#unavailable)'],
  ['A request of the FHIR API or of the control API, from its body to its last statement; not what is streamed', `${REQUEST_SECONDS} s`, '503 [unavailable](../api/problems.md#unavailable): what is written is written whole'],
  ['Batches of a client that are [answered later](../api/batch.md#answered-later)', `${MOST_JOBS_OF_CLIENT}, and ${MOST_JOBS} in a process`, '[busy](../api/problems.md#busy)'],
  ['Operations of a [patch](../api/update.md#patch)', String(MOST_PATCH_OPERATIONS), '400 [body-invalid](../api/problems.md#body-invalid)'],
  ['Characters, values and items that a patch copies and moves in all', String(MOST_PATCH_WORK), '422 [invalid-resource](../api/problems.md#invalid-resource)'],
  ['Issues of an answer', String(MOST_ISSUES), '`more-issues` counts the others'],
  ["Issues of an entry in a Bundle's answer", String(MOST_ISSUES_OF_ENTRY), '`more-issues` counts the others'],
  ["Characters of a sender's own text that an answer repeats", String(MOST_ECHOED), 'cut off'],
]

const intro = `# Limits

<!-- Written by npm run docs from the constants. Change them there, or the text in tools/docs/limits-page.ts. -->

## In one request

What is over a limit is refused, nothing of it is stored, and others are answered as before
(\`kernel/http/connections.test.ts\`, \`e2e/hostile-input.test.ts\`). The headers and the token are checked before a body is read. No limit
here has a variable, except that of the [rate](variables.md).`

// biome-ignore format: a table, one row to a line
const acrossProcesses: readonly string[] = [
  `| Requests of one client for one organisation, or of one citizen ([HELSEVEV_CLIENT_RATE](variables.md)) | persons: lists, guesses, everything a token may ask | across: each process gives its share of the rate |`,
  `| Sign-in pages for each address: ${SIGN_IN_RATE.perSecond} a second, ${SIGN_IN_RATE.burst} at once | accounts | across, by the same shares |`,
  `| Published checkpoints and proofs for each address ([/log](../api/log.md)) | the process, and the database | across, by the same shares |`,
  `| A DPoP proof works once | tokens | across: in the database ([decision 0008](../decisions/0008-replay-cache-in-the-database.md)) |`,
  `| A session of a portal, and its sign-in | accounts | across: in the database |`,
  `| What is closed, confirmed or signed once (follow-ups, agreements, requests to lift a block) | evidence | across: in the database, by one statement |`,
  `| 100 patients in one [has-data](../api/has-data.md) | persons | in each request |`,
  `| ${MOST_REQUESTS} requests under way | the process: what it has begun, it finishes | in each process: twice as many processes run twice as many |`,
  `| Bodies that are held, and connections | the memory of the process | in each process |`,
]

const processes = `## In one process and across processes

Any number of server processes share a database. A limit that protects persons or secrets holds for all of them together; one that keeps a
process able to answer holds in each.

| Limit | Protects | Holds |
|---|---|---|
${acrossProcesses.join('\n')}

A process gives a sign of life in \`server_process\` every ten seconds and counts the others
(\`kernel/store/server-processes.ts\`). When one starts, the others learn of it within ten seconds; when one is killed, within half a
minute. Until then a rate is a little too high or too low, by the share of that process. A client that is sent to one process
only gets that process's share.
`

/** The whole page. */
export async function limitsPage(): Promise<string> {
  const lengths = Object.entries(lengthLimits).map(([type, most]) => `| ${names[type] ?? `\`${type}\``} | ${most} |`)
  return [
    intro,
    '',
    '| What | Limit | Answer |',
    '|---|---|---|',
    ...requests.map((row) => `| ${row.join(' | ')} |`),
    '',
    '## In one element',
    '',
    'Characters of a value. What is longer is 422 with the rule `length` ([what is validated](../api/validation.md)).',
    '',
    '| Type | Characters |',
    '|---|---|',
    ...lengths,
    '',
    processes,
  ].join('\n')
}

// biome-ignore format: a table, one row to a line
const names: Readonly<Record<string, string>> = {
  idText: '`id` of an element',
  name: '`string` that names something: `display`, `text` of a code, `unit`, `value` of an identifier, `reference`, parts of names and addresses',
  text: '`string` otherwise, `markdown`, `base64Binary`, narrative',
}
