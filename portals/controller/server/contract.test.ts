/** Every row of this portal against a running portal; the rows of the control API are passed on unchanged, and so are their answers. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { after, before, describe, test } from 'node:test'
import { contract as control } from '@helsevev/kernel/control/contract'
import { addressOf, type Given, type Input, type Row } from '@helsevev/kernel/wire/contract'
import { browser, origin } from '@helsevev/portal/testing/browser'
import { type FakeIssuer, fakeIssuer } from '@helsevev/portal/testing/fake-issuer'
import { sampleOf } from '@helsevev/portal/testing/sample'
import { memoryRows } from '@helsevev/portal/testing/session-rows'
import { type Requests, walk } from '@helsevev/portal/testing/walk'
import fastify, { type FastifyInstance } from 'fastify'
import { contract, type own, relayed, session } from '../contract.ts'
import { controllerPortal } from './index.ts'

const bergen = { number: '998877665', name: 'Bergen kommune' }
const id = '0b8f0e0e-6f0a-4b0c-9a52-0c4a3c1f0e11'
const letters = 'abcdef-ghijk'
const vendor = '987654321'
/** A number with a valid date and check digits that belongs to nobody. */
const identityNumber = '17866412308'
const reason = 'Besluttet i ledermøtet i går'
const closing = { service: 'news2', receiver: '887766554', reason }

let issuer: FakeIssuer
let app: FastifyInstance

before(async () => {
  issuer = await fakeIssuer()
  app = fastify()
  await app.register(
    controllerPortal({
      publicUrl: origin,
      issuer: () => issuer.url,
      clientId: 'portal',
      clientKey: issuer.clientKey,
      apiBaseUrl: () => issuer.url,
      apiAudience: 'helsevev',
      apiScopes: ['helsevev:control/read', 'helsevev:control/write'],
      sessionRows: memoryRows(),
      sessionKey: randomBytes(32),
      organizationsOf: async () => [bergen],
      clientFolder: tmpdir(),
      services: [{ id: 'news2', names: { nb: 'NEWS2', nn: 'NEWS2', en: 'NEWS2' } }],
    }),
  )
  await app.ready()
})

after(async () => {
  await app.close()
  await issuer.close()
})

const passedOn: { readonly [Name in keyof typeof relayed]: Given<(typeof relayed)[Name]> } = {
  roles: { query: { count: '50', skip: '50' } },
  grantRole: { body: { identityNumber, role: 'reader', reason } },
  endRole: { id, body: { reason } },
  agreements: {},
  agreement: { id: '998877665:news2:887766554:1' },
  proposeAgreement: {
    body: { controller: bergen.number, receiver: '887766554', service: 'news2', purposes: ['TREAT'], legalBasis: '§ 19', reason },
  },
  amendAgreement: { id: letters, body: { purposes: ['BTG'], reason } },
  signAgreement: { id: letters, body: { version: 2, reason } },
  endAgreement: { id: letters, body: { reason } },
  counterparts: { query: { name: 'Helse Vest' } },
  closeService: { body: closing },
  reopenService: { body: closing },
  standardAgreements: {},
  joinStandard: { id: 'common', body: { reason } },
  leaveStandard: { id: 'common', body: { reason } },
  caseOfficers: {},
  openToCaseOfficers: { body: closing },
  closeToCaseOfficers: { id, body: { reason } },
  vendors: {},
  withdrawDelegation: { number: vendor, body: { reason } },
  restoreDelegation: { number: vendor, body: { reason } },
  units: { query: {} },
  changePhone: { body: { organization: bergen.number, system: 'urn:x', value: 'a', phone: null, reason } },
  use: { query: { from: '2026-01-01', until: '2026-01-29', by: 'week', service: 'news2' } },
  refusals: { query: { from: '2026-01-01' } },
  adoption: {},
  indicators: {},
  followUps: { query: { status: 'closed', count: '50', skip: '50' } },
  closeFollowUp: { id, body: { finding: 'justified', reason, seenUntil: '2026-01-15T10:00:00.000Z' } },
  misuseCases: { query: { status: 'open' } },
  misuseCase: { id: letters },
  closeMisuseCase: { id: letters, body: { finding: 'no-breach', reason } },
  questions: { query: { status: 'open' } },
  answerQuestion: { id: letters, body: { answer: 'Hun hadde vakt.', role: 'personvernombud' } },
  blockLifts: { query: { status: 'open' } },
  askBlockLift: { body: { identityNumber, hprNumber: '990000011', identified: 'passport', identifiedAt: '2026-01-15', reason } },
  confirmBlockLift: { id: letters, body: { reason } },
  messages: { query: { count: '10' } },
  readMessage: { id, body: { reason } },
  attachMessage: { id, body: { identityNumber, reason } },
  discardMessage: { id, body: { reason } },
}

/** Makes the API answer the row as its contract states. */
function answers(row: Row, given: object): void {
  issuer.answers[`${row.method} /control${addressOf(row, given)}`] = { body: sampleOf(row.answer) }
}

const ofRelayed = Object.fromEntries(
  Object.entries(passedOn).map(([name, given]) => [
    name,
    () => {
      answers(relayed[name as keyof typeof relayed], given)
      return given
    },
  ]),
) as Requests<typeof relayed>

const ofOwn: Requests<typeof own & typeof session> = {
  me: () => ({}),
  stay: () => ({ body: {} }),
  signOut: () => ({ body: {} }),
  chooseOrganization: () => ({ body: { number: bergen.number } }),
  role: () => {
    answers(control.me, {})
    return {}
  },
  overview: () => {
    for (const row of [control.followUps, control.misuseCases, control.questions, control.messages])
      answers(row, { query: { count: '200' } })
    answers(control.agreements, {})
    issuer.api.searchset = sampleOf(control.refusals.answer)
    return {}
  },
}

walk({
  runner: { before, describe, test },
  contract: { ...session, ...contract },
  requests: { ...ofOwn, ...ofRelayed },
  arrive: () => browser(app, 'controller'),
  signIn: async (page) => await page.signIn(issuer),
})

for (const name of Object.keys(relayed) as (keyof typeof relayed)[]) {
  test(`${name} goes on to the control API as it is, and comes back as it is`, async () => {
    const row: Row = relayed[name]
    const page = browser(app, 'controller')
    await page.signIn(issuer)
    const given = passedOn[name]
    answers(row, given)
    const answer = await page.ask(row, ...([given] as unknown as Input<Row>))
    assert.deepEqual([answer.statusCode, answer.json()], [200, sampleOf(row.answer)])
    const asked = issuer.seen.apiRequests.at(-1)
    assert.deepEqual([asked?.method, asked?.url], [row.method, `/control${addressOf(row, given)}`])
    if ('body' in given) assert.deepEqual(JSON.parse(asked?.body ?? ''), given.body)
  })
}
