/** Sums over patients for a data controller: its own records alone, and no number that could point to one person. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Indicators } from '../fhir/service.ts'
import { organizations, pulse, system, type TestApi, testApi } from '../testing/api.ts'
import { measurements } from '../testing/measurements.ts'
import type { ControlCall } from './call.ts'
import { indicators } from './indicators.ts'

const { bergen, oslo } = organizations

/** Each record is a question of an own kind: open while there is one version, due always, and settled when there are several. */
const counter: Indicators = {
  types: ['Observation'],
  of: (versions) =>
    versions.length === 0 ? undefined : { open: versions.filter(({ until }) => !until).length, due: versions.length, settled: 1 },
}

let api: TestApi
before(async () => {
  api = await testApi([{ ...measurements, indicators: counter }])
})
after(async () => await api.close())

const counted = async (organization: string) => {
  const call = { sql: api.sql, organization, now: api.kernel.clock(), kernel: api.kernel } as ControlCall
  return await indicators(call)
}

test('small numbers are not stated, of patients or of what they count for; another organisation counts none of ours', async () => {
  const stated = async () => {
    const { rows } = await counted(bergen)
    return rows.map(({ patients, candidatesPer1000, settledPercent }) => [patients, candidatesPer1000, settledPercent])
  }
  assert.deepEqual(await stated(), [[0, null, null]])
  for (let series = 1; series <= 4; series++)
    await api.as(system(bergen)).post('/fhir/measurements/Observation', pulse(await api.person(series)))
  assert.deepEqual(await stated(), [[null, null, null]])
  const fifth = await api.person(5)
  await api.as(system(bergen)).post('/fhir/measurements/Observation', pulse(fifth))
  // Five of five: the rest is none, which is no small number.
  assert.deepEqual(await stated(), [[5, 1000, 100]])
  await api.as(system(bergen)).post('/fhir/measurements/Observation', pulse(await api.person(6)))
  assert.deepEqual(await stated(), [[6, 1000, 100]])
  const { rows, smallest } = await counted(oslo)
  assert.deepEqual([rows[0]?.patients, rows[0]?.isWhole, smallest], [0, true, 5])
})
