/**
 * Random worlds in a real database: what HTTP answers (ids of records, the kind of nothing, the code of a refusal) is what the simple
 * implementation says. Compares the statements that read facts and records as well as the pipeline. docs/run/access.md
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import type { Attestation, Identified } from '../identity/attestation.ts'
import { logicalId } from '../store/ids.ts'
import { idOf, matchesIn, noticesIn, parametersOf, problemOf } from '../testing/answers.ts'
import { attestationHeader, NOW, type Reply, type TestApi, testApi } from '../testing/api.ts'
import { measurements } from '../testing/measurements.ts'
import { type Answered, answeredIn } from '../testing/oracle/answered.ts'
import { changesOf } from '../testing/oracle/combinations.ts'
import { combine } from '../testing/oracle/combine.ts'
import { storeWorlds } from '../testing/oracle/store-world.ts'
import { presets, type World, worldOf, worlds } from '../testing/oracle/world.ts'

const runs = Number(process.env['HELSEVEV_ACCESS_WORLDS'] || 200)
const seed = Number(process.env['HELSEVEV_ACCESS_SEED'] || Date.now() % 2 ** 31)
/** Worlds that are stored together. */
const BATCH = 200
/** At least so many of each hundred answers must show records, and be refused: otherwise the worlds say little. */
const LEAST = 3

const plain = fc.sample(worlds, { numRuns: 1, seed: 1 })[0]?.drawn
const services = presets.map((preset, place) => {
  const { area } = combine({ ...(plain ?? assert.fail()), ...preset }).request
  return {
    ...measurements,
    id: `alpha-${place}`,
    readers: area.readers,
    representation: area.representation,
    ...(area.contractCodes ? { contractCodes: area.contractCodes } : {}),
  }
})

let api: TestApi
let now = NOW
before(async () => {
  api = await testApi(services, () => now)
})
after(async () => await api.close())

async function ask(world: World): Promise<Reply> {
  const { request, named, numbers } = world
  const { caller, attestation, area, kind, patient, consentDeclared } = request
  const headers: Record<string, string> = {
    ...(attestation && caller.kind === 'person' ? { attestation: attestationHeader(wireOf(attestation)) } : {}),
    ...(consentDeclared ? { 'nhn-access-basis': 'FORHOYET_SAMTYKKE' } : {}),
  }
  const path = `/fhir/${area.id}/Observation`
  if (kind === 'list') {
    const parameter = [
      { name: 'patient', valueIdentifier: { value: numbers.patient } },
      { name: 'service', valueCode: area.id },
    ]
    return await api.as(caller).post('/fhir/$has-data', { resourceType: 'Parameters', parameter }, headers)
  }
  if (typeof patient === 'object' && 'key' in patient)
    return await api.as(caller).get(`${path}/${logicalId(named.patient, named.id)}`, headers)
  const form = new URLSearchParams({ 'patient.identifier': numbers.patient }).toString()
  return await api.as(caller).post(`${path}/_search`, form, { ...headers, 'content-type': 'application/x-www-form-urlencoded' })
}

function wireOf({ toa, practitioner, careRelation, patient }: Attestation): unknown {
  const id = (one: Identified | undefined) => one && { id: one.id, system: one.system }
  return {
    toa,
    practitioner: {
      identifier: id(practitioner.identifier),
      hpr_nr: id(practitioner.hprNumber),
      authorization: practitioner.authorization,
      legal_entity: id(practitioner.legalEntity),
      point_of_care: id(practitioner.pointOfCare),
    },
    care_relationship: {
      healthcare_service: careRelation.healthcareService,
      purpose_of_use: careRelation.purposeOfUse,
      purpose_of_use_details: careRelation.purposeOfUseDetails,
      decision_ref: careRelation.decisionRef && {
        id: careRelation.decisionRef.id,
        description: careRelation.decisionRef.description,
        user_selected: careRelation.decisionRef.userSelected,
      },
    },
    patients: patient && [{ identifier: id(patient.identifier) }],
  }
}

function answered(reply: Reply, { request, records }: World): Answered {
  if (reply.status !== 200) return { refused: problemOf(reply) ?? `${reply.status}` }
  if (request.kind === 'list') {
    const line = parametersOf(reply)[0]?.part?.[1]?.part ?? []
    return { said: [line.find(({ name }) => name === 'status')?.valueCode ?? ''] }
  }
  const ids = new Map(records.map(({ patient, id }) => [logicalId(patient, id), id as string]))
  const idIn = (id: string | undefined) => ids.get(id ?? '') ?? `${id}`
  if (typeof request.patient === 'object' && 'key' in request.patient) return { shown: [idIn(idOf(reply))] }
  const shown = matchesIn(reply, 'Observation').map(({ id }) => idIn(id))
  return { shown: shown.sort(), said: noticesIn(reply).map(wordOf).sort() }
}

function wordOf({ details, extension }: ReturnType<typeof noticesIn>[number]): string {
  const [first, second] = (details?.coding ?? []).map(({ code }) => code ?? '')
  const count = extension?.[0]?.valueInteger
  if (first === 'withheld-by-patient') return [second, ...(count === undefined ? [] : [count])].join(' ')
  return [first, ...(second === undefined ? [] : [second])].join(' ')
}

test(`HTTP on a real database and the simple implementation answer ${runs} random worlds alike`, async (t) => {
  t.diagnostic(`seed ${seed}: HELSEVEV_ACCESS_SEED=${seed} repeats this run, HELSEVEV_ACCESS_WORLDS sets its length`)
  const begun = performance.now()
  const seen = new Map<string, number>()
  const drawn = fc.sample(worlds, { numRuns: runs, seed })
  for (let from = 0; from < runs; from += BATCH) {
    const batch = drawn.slice(from, from + BATCH).map((one, place) => worldOf(one, from + place, services))
    await storeWorlds(api.database.owner, batch)
    const together = Map.groupBy(batch, ({ request }) => request.now.getTime())
    for (const [time, asked] of together) {
      now = new Date(time)
      await Promise.all(
        asked.map(async (world) => {
          const expected = answeredIn(world)
          const found = answered(await ask(world), world)
          const word = expected.refused ?? (expected.shown?.length ? 'shown' : 'nothing')
          seen.set(word, (seen.get(word) ?? 0) + 1)
          assert.deepEqual(found, expected, described(world))
        }),
      )
    }
  }
  t.diagnostic(`${runs} worlds in ${((performance.now() - begun) / 1000).toFixed(1)} s`)
  t.diagnostic(
    [...seen]
      .sort(([, one], [, other]) => other - one)
      .map(([word, times]) => `${word} ${times}`)
      .join(', '),
  )
  const refused = runs - (seen.get('shown') ?? 0) - (seen.get('nothing') ?? 0)
  for (const times of [seen.get('shown') ?? 0, seen.get('nothing') ?? 0, refused])
    assert.ok(times * 100 >= LEAST * runs, 'records are shown, nothing is, and requests are refused: each often enough')
})

function described({ drawn, request, facts, records }: World): string {
  return [
    `HTTP and the simple implementation differ (seed ${seed}). The world, as differences from an allowed search by a doctor:`,
    changesOf(drawn) || '  nothing',
    `  asks: ${request.kind} by a ${request.caller.kind}`,
    `  contributors: ${facts.contributors.join(', ')}; extra-sensitive alone: ${facts.silentContributors?.join(', ')}`,
    ...records.map((one) => `  record: ${JSON.stringify(one)}`),
  ].join('\n')
}
