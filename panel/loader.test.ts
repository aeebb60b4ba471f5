import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Bundle } from '@medplum/fhirtypes'
import { defineLoader, type Fetched, type PastApi } from './loader.ts'
import type { DataStatus } from './panel.ts'

const api: PastApi = {
  search: () => assert.fail('nothing is asked'),
  operation: () => assert.fail('nothing is asked'),
  history: () => assert.fail('nothing is asked'),
}
const NOW = new Date('2026-01-15T12:00:00Z')

/** An answer that reports these kinds of nothing. */
function answer(...codes: string[]): Bundle {
  const issue = codes.map((code) => ({
    severity: 'information' as const,
    code: 'informational' as const,
    details: {
      coding: [
        { system: 'http://helsevev.no/fhir/CodeSystem/nothing', code },
        ...(code === 'withheld-by-patient' ? [{ system: 'http://helsevev.no/fhir/CodeSystem/withheld', code: 'GeneralBlock' }] : []),
      ],
    },
  }))
  return { resourceType: 'Bundle', type: 'searchset', entry: [{ resource: { resourceType: 'OperationOutcome', issue } }] }
}

const load = async (fetched: Fetched<string>) => await defineLoader({ service: 'one', fetch: async () => fetched }).load(api, NOW)

// biome-ignore format: a table, one row to a line
const rows: [what: string, fetched: Fetched<string>, status: DataStatus, partial: boolean][] = [
  ['there is something',                          { data: 'x', searched: [answer()] },                                'some',                false],
  ['there is something, and more that no agreement opens', { data: 'x', searched: [answer('withheld')] },             'some',                true],
  ['the second answer holds something back',      { data: 'x', searched: [answer(), answer('withheld')] },            'some',                true],
  ['the patient holds some back',                 { data: 'x', searched: [answer('withheld-by-patient')] },           'some',                false],
  ['the source says that there is nothing',       { data: undefined, searched: [answer('none')] },                    'none',                false],
  ['nobody knows',                                { data: undefined, searched: [answer('unknown')] },                 'unknown',             false],
  ['the answer says nothing',                     { data: undefined, searched: [answer()] },                          'unknown',             false],
  ['no agreement opens it',                       { data: undefined, searched: [answer('withheld')] },                'withheld',            true],
  ['the patient holds all back',                  { data: undefined, searched: [answer('withheld-by-patient')] },     'withheld-by-patient', false],
  ['an operation knows better why',               { data: undefined, searched: [answer()], nothing: 'none' },         'none',                false],
  ['there is nothing now and something before',  { data: 'x', searched: [answer()], nothing: 'none' },               'none',                false],
  ['an operation knows better what is held back', { data: 'x', searched: [answer('withheld')], partial: false },      'some',                false],
]
for (const [what, fetched, status, partial] of rows) {
  test(`where ${what}, the panel is ${status}${partial ? ' and not all' : ''}`, async () => {
    const loaded = await load(fetched)
    assert.deepEqual([loaded.status, loaded.partial, loaded.data], [status, partial, fetched.data])
  })
}

test('what the patient holds back is given with its cause', async () => {
  assert.deepEqual((await load({ data: 'x', searched: [answer('withheld-by-patient')] })).withheld, [{ cause: 'GeneralBlock' }])
})

const failing = (kind: string, reason?: string) =>
  defineLoader<string>({ service: 'one', fetch: () => Promise.reject(Object.assign(new Error(kind), { kind, reason })) }).load(api, NOW)

test('a source that does not answer is a status, and every other fault is thrown', async () => {
  assert.deepEqual(await failing('unavailable'), { status: 'unavailable' })
  await assert.rejects(failing('refused'), /refused/)
  await assert.rejects(failing('refused', 'no-agreement'), /refused/)
  assert.deepEqual(await failing('refused', 'blocked-by-patient'), {
    status: 'withheld-by-patient',
    withheld: [{ cause: 'SpecificBlock' }],
  })
})

test('a moment before is asked for by a service that can look back, and by no other', async () => {
  const asked: Date[] = []
  const fetch = async () => ({ data: 'now', searched: [answer()] as const })
  const past = defineLoader<string>({
    service: 'one',
    fetch,
    fetchAt: async (_api, at) => {
      asked.push(at)
      return { data: 'then', searched: [answer()] }
    },
  })
  assert.equal((await past.loadAt?.(api, NOW))?.data, 'then')
  assert.deepEqual(asked, [NOW])
  assert.equal(defineLoader({ service: 'one', fetch }).loadAt, undefined)
})
