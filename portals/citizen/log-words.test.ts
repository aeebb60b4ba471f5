/** Every row that a person can find in the own log, as a sentence: from the event that the server writes to the words in each language. */
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { areaRoutes } from '@helsevev/kernel/areas/routes'
import { rememberServices } from '@helsevev/portal/client/service-names.ts'
import { contacts } from '@helsevev/service-contacts/service'
import { criticalInformation } from '@helsevev/service-critical-information/service'
import { ePrescriptions } from '@helsevev/service-e-prescriptions/service'
import { homeMonitoring } from '@helsevev/service-home-monitoring/service'
import { hospitalMedicines } from '@helsevev/service-hospital-medicines/service'
import { medicationList } from '@helsevev/service-medication-list/service'
import { municipalServices } from '@helsevev/service-municipal-services/service'
import { news2 } from '@helsevev/service-news2/service'
import { testResults } from '@helsevev/service-test-results/service'
import { type Language, languages } from '@helsevev/ui/format.ts'
import { wordsFrom } from '@helsevev/ui/testing/words.ts'
import { createInstance } from 'i18next'
import { type Sentences, sentenceOf } from './client/sentence.ts'
import { citizenTexts } from './client/texts.ts'
import type { Did, LogLine } from './contract.ts'
import { visitsOf } from './log-visits.ts'
import { didOf } from './server/did.ts'

const services = [
  contacts,
  criticalInformation,
  ePrescriptions,
  homeMonitoring,
  hospitalMedicines,
  medicationList,
  municipalServices,
  news2,
  testResults,
]
rememberServices(services.map(({ id, names }) => ({ id, names })))
const root = join(import.meta.dirname, '../..')

/** Names of events in the sources: of requests, of look-ups and changes of the control API, of commands. */
function eventsInSources(): Set<string> {
  const files = globSync('{kernel,server/commands}/**/*.ts', { cwd: root, exclude: (name) => /\.test\.ts$|testing/.test(name) })
  const found = new Set<string>()
  for (const file of files)
    for (const [, event = ''] of readFileSync(join(root, file), 'utf8').matchAll(/\b(?:event|done)(?::|\s=) '(\$?[a-z][a-z0-9-]+)'/g))
      found.add(event)
  return found
}

/**
 * Rows of these are on no patient: they are about agreements, roles that end, vendors, units and figures; or the request was refused before
 * any person was found.
 */
const onNobody = new RegExp(
  [
    '^(agreement|standard-agreement|sharing|counterparts|group|role-rule|close-relations-set|participation|case-officers|vendors',
    'delegation|units|phone|use-read|refusals|adoption|indicators|control-read|role-(grant|end|ended)$|messages-read',
    'message-(attach|discard)$',
    'question-answer$|follow-up-close$|misuse-case-close$|block-lift-(ask|confirm)$|operation$|failed$|\\$refused-calls$|\\$export$)',
  ].join('|'),
)

interface Row {
  event: string
  service: string | undefined
  resource?: string
}

function rows(): Row[] {
  const ofServices = services.flatMap(({ id, resources, operations = [], adapters = [] }) => [
    ...Object.keys(resources).flatMap((resource) =>
      ['read', 'vread', 'history-instance', 'search-type', 'create', 'update', 'delete'].map((event) => ({ event, service: id, resource })),
    ),
    ...['batch', 'transaction', '$summary', '$everything'].map((event) => ({ event, service: id })),
    ...[...operations, ...adapters].map(({ name }) => ({ event: `$${name}`, service: id })),
  ])
  const ofAreas = areaRoutes.flatMap(({ path, area: { id } }) => {
    const [resource = '', last = ''] = path.split('/')
    const operation = [resource, last].find((part) => part.startsWith('$'))
    if (operation) return [{ event: operation, service: id }]
    return id === 'worklist'
      ? ['read', 'update', 'delete'].map((event) => ({ event, service: id, resource }))
      : [{ event: 'search-type', service: id, resource }]
  })
  const ofSources = [...eventsInSources()].map((event) => ({ event, service: undefined }))
  return [...ofServices, ...ofAreas, ...ofSources].filter(({ event }) => !onNobody.test(event))
}

const act = ({ event, service, resource }: Row): Did =>
  didOf({ subtype: event.startsWith('$') ? [{ code: 'operation', display: event }] : [{ code: event }], service, resource })

const inUse = new Map<Language, Pick<Sentences, 't' | 'i18n'>>()
async function wordsIn(language: Language): Promise<Pick<Sentences, 't' | 'i18n'>> {
  const i18n = createInstance()
  await i18n.init({ lng: language })
  const words = inUse.get(language) ?? { t: (await wordsFrom('citizen', citizenTexts, language)).t, i18n }
  inUse.set(language, words)
  return words
}

async function sentences(did: Did, service: string | undefined, outcome: LogLine['outcome']): Promise<Record<Language, string>> {
  const at = '2026-03-01T12:00:00Z'
  const line: LogLine = {
    ...{ id: 'a', at, actor: { kind: 'self' }, did, ...(service === undefined ? {} : { service }) },
    ...{ count: 1, purpose: 'PATRQT', outcome, withheld: false },
  }
  const told = await Promise.all(
    languages.map(async (language) => {
      const { t, i18n } = await wordsIn(language)
      const about = { id: 'self', isSelf: true } as Sentences['about']
      const [visit] = visitsOf([line])
      assert.ok(visit)
      return [language, sentenceOf({ t, i18n, about, me: '', choices: [] }, visit)]
    }),
  )
  return Object.fromEntries(told)
}

test('every event that can be on a patient is known by its act; none is told as a look that is not one', () => {
  const all = rows()
  assert.ok(all.length > 100, String(all.length))
  assert.deepEqual(
    all.filter((row) => act(row) === 'other'),
    [],
  )
  const looksInAreas = all.filter((row) => row.service && !services.some(({ id }) => id === row.service) && act(row) === 'looked')
  assert.deepEqual([...new Set(looksInAreas.map(({ event, service, resource = '' }) => `${service} ${event} ${resource}`))].sort(), [
    'access-log search-type AuditEvent',
    'privacy search-type Consent',
    'representation $acts-for ',
    'representation search-type RelatedPerson',
  ])
})

test('each act is a sentence of its own in each language, whether it was done, refused, or failed', async () => {
  const known = new Map(rows().map((row) => [`${act(row)} ${row.service ?? ''}`, row]))
  const seen = new Map<string, Did>()
  for (const row of known.values()) {
    const did = act(row)
    for (const outcome of ['ok', 'refused', 'failed'] as const) {
      const told = await sentences(did, row.service, outcome)
      for (const [language, sentence] of Object.entries(told)) {
        assert.doesNotMatch(sentence, /\{\{|log\.|undefined|\bnoe med\b|\bnoko med\b|something with/, `${did} ${language}`)
        const other = seen.get(`${language} ${sentence}`)
        // The people who run the server see the same list as the patient.
        if (did !== 'log-read') assert.ok(other === undefined || other === did, `${sentence} ${did} ${other}`)
        if (did !== 'log-read') seen.set(`${language} ${sentence}`, did)
      }
    }
  }
})

// biome-ignore format: a table, one row to a line
const told: [row: Row, outcome: LogLine['outcome'], nb: string, nn: string, en: string][] = [
  [{ event: '$set-notice-settings', service: 'privacy' }, 'ok',
    'Du endret hvilke varsler som blir sendt.', 'Du endra kva varsel som blir sende.', 'You changed which notices are sent.'],
  [{ event: '$notice-settings', service: 'privacy' }, 'ok',
    'Du så hvilke varsler som blir sendt, og hvor.', 'Du såg kva varsel som blir sende, og kvar.', 'You saw which notices are sent, and where.'],
  [{ event: 'search-type', service: 'privacy', resource: 'Consent' }, 'ok',
    'Du så valg om hvem som får se.', 'Du såg val om kven som får sjå.', 'You saw choices about who may see.'],
  [{ event: 'search-type', service: 'access-log', resource: 'Communication' }, 'ok',
    'Du så spørsmål, svar og varsler.', 'Du såg spørsmål, svar og varsel.', 'You saw questions, answers and notices.'],
  [{ event: '$last-visit', service: 'access-log' }, 'ok', 'Du åpnet siden her.', 'Du opna sida her.', 'You opened the page here.'],
  [{ event: 'question-asked', service: 'access-log' }, 'refused',
    'Du ville stille et spørsmål om denne listen, og ble avvist.', 'Du ville stille eit spørsmål om denne lista, og blei avvist.',
    'You wanted to ask a question about this list, and was refused.'],
  [{ event: 'update', service: 'news2', resource: 'Observation' }, 'failed',
    'Du prøvde å rette NEWS2, men noe gikk galt.', 'Du prøvde å rette NEWS2, men noko gjekk gale.',
    'You tried to correct NEWS2, but something went wrong.'],
]
for (const [row, outcome, nb, nn, en] of told)
  test(`${row.event} of ${row.service ?? ''}, ${outcome}`, async () => {
    assert.deepEqual(await sentences(act(row), row.service, outcome), { nb, nn, en })
  })
