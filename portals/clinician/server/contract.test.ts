/** Every row of this portal against a running portal, with a patient open where the row is about one. */
import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { after, before, describe, test } from 'node:test'
import { problem } from '@helsevev/kernel/problem/problem'
import type { PanelLoader } from '@helsevev/panel/loader.ts'
import { type Browser, browser, origin } from '@helsevev/portal/testing/browser'
import { type FakeIssuer, fakeIssuer } from '@helsevev/portal/testing/fake-issuer'
import { memoryRows } from '@helsevev/portal/testing/session-rows'
import { type Requests, walk } from '@helsevev/portal/testing/walk'
import fastify, { type FastifyInstance } from 'fastify'
import { accessHeader, contract, openingHeader, session } from '../contract.ts'
import { clinicianPortal, type Employer } from './index.ts'

// Made up: month +65, check digits that agree.
const identityNumber = '01705012314'
const bergen: Employer = { number: '998877665', name: 'Bergen kommune', role: 'Sykepleier', type: 'municipality', units: [] }
const news2: PanelLoader<unknown> = {
  service: 'news2',
  load: async () => ({ status: 'some', data: { value: 7 }, withheld: [{ cause: 'GeneralBlock', count: 2 }] }),
  loadAt: async () => ({ status: 'none', data: {} }),
  loadChanges: async () => [{ at: '2026-01-15T08:00:00Z', after: { value: 7 } }],
}
const list = {
  resourceType: 'List',
  status: 'current',
  title: 'Bergen legevakt',
  date: '2026-03-01T12:00:00Z',
  contained: [
    {
      resourceType: 'Patient',
      id: 'a',
      identifier: [{ system: 'urn:oid:2.16.578.1.12.4.1.4.1', value: identityNumber }],
      name: [{ family: 'Testesen', given: ['Ola'] }],
    },
  ],
  entry: [{ item: { reference: '#a' }, extension: [], date: '2026-03-01T08:00:00Z' }],
}
const hasData = {
  resourceType: 'Parameters',
  parameter: [
    {
      name: 'patient',
      part: [
        { name: 'identifier', valueIdentifier: { value: identityNumber } },
        {
          name: 'service',
          part: [
            { name: 'id', valueCode: 'news2' },
            { name: 'status', valueCode: 'some' },
          ],
        },
      ],
    },
  ],
}

const medicines = {
  resourceType: 'Parameters',
  parameter: [{ name: 'medication', resource: { resourceType: 'Bundle', type: 'document', timestamp: '2026-03-01T12:00:00Z', entry: [] } }],
}

const names = [{ id: 'news2', names: { nb: 'NEWS2', nn: 'NEWS2', en: 'NEWS2' } }]

let issuer: FakeIssuer
let app: FastifyInstance
let page: Browser

before(async () => {
  issuer = await fakeIssuer()
  issuer.answers[`GET /fhir/List/${bergen.number}`] = { body: list }
  issuer.answers['POST /fhir/$has-data'] = { body: hasData }
  issuer.answers['POST /fhir/medication-list/$getMedication'] = { body: medicines }
  issuer.answers['POST /fhir/medication-list/$sendMedication'] = { status: 201, body: { resourceType: 'Parameters', parameter: [] } }
  app = fastify()
  await app.register(
    clinicianPortal({
      publicUrl: origin,
      issuer: () => issuer.url,
      clientId: 'portal',
      clientKey: issuer.clientKey,
      apiBaseUrl: () => issuer.url,
      apiAudience: 'helsevev',
      apiScopes: ['helsevev:persons/read', 'helsevev:news2/read', 'helsevev:worklist/read'],
      sessionRows: memoryRows(),
      sessionKey: randomBytes(32),
      organizationsOf: async () => [bergen],
      authorizationsOf: async () => ['SP'],
      decided: () => undefined,
      guard: async () => problem('no-token'),
      handover: () => undefined,
      clientFolder: tmpdir(),
      panels: [news2],
      services: names,
    }),
  )
  await app.ready()
})
after(async () => {
  await app.close()
  await issuer.close()
})

/** Headers that name the open patient and the access that the page shows. */
async function shown() {
  const { patient } = await page.answer(contract.openPatient, { body: { identityNumber, purpose: 'TREAT' } })
  return { [openingHeader]: patient.opening, [accessHeader]: patient.access.id }
}

const requests: Requests<typeof contract & typeof session> = {
  me: async () => {
    await shown()
    return {}
  },
  stay: () => ({ body: {} }),
  signOut: () => ({ body: {} }),
  chooseOrganization: () => ({ body: { number: bergen.number, place: bergen.number } }),
  worklist: () => ({ body: { purpose: 'TREAT' } }),
  openPatient: async () => {
    const { rows } = await page.answer(contract.worklist, { body: { purpose: 'TREAT' } })
    return { body: { row: rows[0]?.id ?? '', purpose: 'TREAT' } }
  },
  identifyPatient: async () => {
    await shown()
    return {}
  },
  elevate: async () => ({ headers: await shown(), body: { kind: 'emergency', reason: 'Bevisstløs ved ankomst' } }),
  endElevation: async () => ({ headers: await shown() }),
  closePatient: () => ({}),
  panel: async () => ({ headers: await shown(), service: 'news2' }),
  past: async () => ({ headers: await shown(), service: 'news2', day: '2026-01-15' }),
  changes: async () => ({ headers: await shown(), service: 'news2' }),
  identityNumber: async () => ({ headers: await shown() }),
  reconciliation: async () => ({ headers: await shown() }),
  reconcile: async () => {
    const headers = await shown()
    const { sealed } = await page.answer(contract.reconciliation, { headers })
    const act = { kind: 'Other', with: 'Pasienten' } as const
    return { headers, body: { sealed, written: { act, decisions: {}, stated: [], marked: [], unmarked: [] } } }
  },
}

walk({
  runner: { before, describe, test },
  contract: { ...session, ...contract },
  requests,
  arrive: () => browser(app, 'clinician'),
  async signIn(arrived) {
    page = arrived
    await arrived.signIn(issuer)
  },
})
