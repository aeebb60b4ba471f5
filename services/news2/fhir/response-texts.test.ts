import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Records } from '@helsevev/kernel/fhir/service'
import { isProblem } from '@helsevev/kernel/problem/problem'
import type { Observation, Parameters } from '@medplum/fhirtypes'
import { codes, readExample } from '../testing/context.ts'
import { loader } from '../view/load.ts'
import { responseTexts } from './response-texts.ts'

const contributors = [
  { organization: '991000127', name: 'Fjellbrisen kommune', phone: '+47 99 00 00 00', since: new Date('2026-01-01') },
  { organization: '991000208', name: 'Havgap sykehus', phone: undefined, since: new Date('2026-01-01') },
]

function records(settings: Awaited<ReturnType<Records['settings']>>, known = contributors): Records {
  return {
    search: async () => [],
    count: async () => 0,
    unreadable: () => 0,
    asOf: async () => [],
    measuredDays: async () => [],
    contributors: async () => known,
    somethingWithheld: async () => false,
    withheldByPatient: async () => [],
    nothing: async () => 'unknown',
    ownOnly: undefined,
    settings: async () => settings,
  }
}

const score: Observation = { ...readExample<Observation>('full-score.answer'), id: 'one' }

async function textsOf(settings: Awaited<ReturnType<Records['settings']>>, known = contributors) {
  const parameters = await responseTexts.run(records(settings, known), {
    now: new Date('2026-03-10'),
    birthDate: undefined,
    patient: { system: 'urn:oid:2.16.578.1.12.4.1.4.1', value: '' },
    parameters: new URLSearchParams(),
    codes,
    elsewhere: async () => undefined,
    withheldElsewhere: () => undefined,
  })
  assert.ok(!isProblem(parameters))
  const api = {
    search: async () => ({ resourceType: 'Bundle' as const, type: 'searchset' as const, entry: [{ resource: score }] }),
    operation: async () => parameters as Parameters,
  }
  return (await loader.load(api, new Date('2026-03-10'))).data ?? assert.fail()
}

test('each controller that reported has a text for every band in three languages, ours where it has set none', async () => {
  const { controllers } = await textsOf([{ organization: '991000127', key: 'band-7', language: 'nb', value: 'Ring vakthavende.' }])
  const [municipality, hospital] = controllers
  assert.deepEqual(municipality?.texts['band-7'].nb, { text: 'Ring vakthavende.', writtenIn: 'nb', setBy: 'controller' })
  assert.deepEqual(municipality?.texts['band-7'].en, { text: 'Ring vakthavende.', writtenIn: 'nb', setBy: 'controller' })
  assert.equal(municipality?.texts['band-0'].nb.setBy, 'default')
  assert.equal(hospital?.texts['band-7'].nn.setBy, 'default')
  assert.deepEqual([municipality?.name, municipality?.phone, hospital?.phone], ['Fjellbrisen kommune', '+47 99 00 00 00', undefined])
})

test('an empty text counts as none', async () => {
  const { controllers } = await textsOf([{ organization: '991000127', key: 'band-7', language: 'nb', value: '  ' }])
  assert.equal(controllers[0]?.texts['band-7'].nb.setBy, 'default')
})

test('the general texts are given even when nobody has reported', async () => {
  const { controllers, defaultTexts } = await textsOf([], [])
  assert.deepEqual(controllers, [])
  assert.match(defaultTexts['band-7'].en.text, /Monitor continuously/)
})
