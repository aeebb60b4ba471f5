/**
 * What the nurse of Bergen legevakt finds on the named people, with the real decision on a real database. docs/run/test-people.md describes
 * the same.
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import type { EpisodeOfCare, Observation } from '@medplum/fhirtypes'
import type { ServiceId } from '../agreements.ts'
import {
  barum,
  bergen,
  bodo,
  helseMidtNorge,
  helseNord,
  helseSorOst,
  helseVest,
  kristiansand,
  oslo,
  sandvikaLegesenter,
  stavanger,
} from '../organizations.ts'
import { patient } from '../patients.ts'
import { testPeople } from '../sign-in.ts'
import { named, type SeededStories, seededStories } from '../testing.ts'

let it: SeededStories
before(async () => {
  it = await seededStories()
})
after(async () => await it.close())

interface View {
  services: EpisodeOfCare[]
  scores: Observation[]
  /** Services from which something was withheld. */
  withheld: ServiceId[]
}

async function view(id: string, by?: string, organization?: string): Promise<View> {
  const withheld: ServiceId[] = []
  const search = async (service: ServiceId) => {
    const seen = await it.lookUp(id, service, { ...(by && { by }), ...(organization && { organization }) })
    assert.equal(seen.refused, undefined)
    if (seen.withheld) withheld.push(service)
    return seen.resources
  }
  return {
    services: (await search('municipal-services')) as EpisodeOfCare[],
    scores: (await search('news2')) as Observation[],
    withheld,
  }
}

const codesOf = (episodes: EpisodeOfCare[]) =>
  episodes
    .map(({ type, status }) => `${type?.[0]?.coding?.[0]?.code} ${status}`)
    .sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))
const flagsOf = (resources: { meta?: { tag?: { code?: string }[] } }[]) => [
  ...new Set(resources.flatMap(({ meta }) => meta?.tag?.flatMap(({ code }) => code ?? []) ?? [])),
]
const totalsOf = (scores: Observation[]) =>
  scores.filter(({ category }) => category?.[0]?.coding?.[0]?.code === 'survey').map(({ valueQuantity }) => valueQuantity?.value)

async function contributors(id: string): Promise<Record<'municipal-services' | 'news2', string[]>> {
  const numbers = patient(named, id).identifiers.map(({ value }) => value)
  const rows = await it.database.sql<{ service: ServiceId; controller: string }[]>`
    select service, controller from patient_controller
    where patient in (select patient from person_identifier where value = any (${numbers}))`
  const of = (service: ServiceId) =>
    rows
      .filter((row) => row.service === service)
      .map(({ controller }) => controller)
      .sort()
  return { 'municipal-services': of('municipal-services'), news2: of('news2') }
}

test('Astrid: four controllers are open to Bergen, and two are not', async () => {
  assert.deepEqual(await contributors('astrid'), {
    'municipal-services': [bergen.number, stavanger.number, barum.number].sort(),
    news2: [bergen.number, helseVest.number, helseNord.number, helseSorOst.number].sort(),
  })
  const seen = await view('astrid')
  assert.deepEqual(seen.withheld, ['municipal-services', 'news2'])
  assert.deepEqual(codesOf(seen.services), ['1 active', '1 finished', '6 active', '15 active', '15 finished', '18 finished', '27 active'])
  const homeNursing = seen.services.find(({ identifier }) => identifier?.[0]?.value === 'astrid-home-nursing')
  assert.equal(homeNursing?.meta?.versionId, '3')
  assert.equal(homeNursing?.extension?.find(({ valueRatio }) => valueRatio)?.valueRatio?.numerator?.value, 10.5)
  const places = new Set(seen.scores.map(({ performer }) => performer?.[0]?.display))
  assert.deepEqual([...places].sort(), [
    'Bergen hjemmetjenesten',
    'Haukeland universitetssjukehus, medisinsk post',
    'Nordlandssykehuset Bodø, medisinsk post',
  ])
  const latest = totalsOf(seen.scores)
  assert.ok(Math.max(...latest.map(Number)) >= 12, 'she was gravely ill')
  assert.ok(Number(latest[0]) <= 1, 'she has recovered')
})

test('Astrid: measurements of home care are Observations of their own, and scores refer to them', async () => {
  const { scores } = await view('astrid')
  const derived = scores.filter(({ derivedFrom }) => derivedFrom)
  assert.equal(derived.length, 4)
  const ids = new Set(scores.map(({ id }) => `Observation/${id}`))
  for (const { derivedFrom } of derived) {
    assert.equal(derivedFrom?.length, 7)
    for (const { reference } of derivedFrom ?? []) assert.ok(ids.has(reference ?? ''))
  }
})

test('Olav: Oslo opens the decision on coercion to Bergen', async () => {
  const seen = await view('olav')
  assert.deepEqual(codesOf(seen.services), ['15 finished', '21 active', '24 active', '28 finished'])
  assert.deepEqual(seen.scores, [])
  assert.deepEqual(seen.withheld, ['news2'])
})

test('Turid: Stavanger does not open the decision on coercion, and nothing hints at it', async () => {
  const seen = await view('turid')
  assert.deepEqual(codesOf(seen.services), ['4 active', '15 active', '26 active'])
  assert.deepEqual(seen.withheld, [])
})

test('Kjell: the agreement with Kristiansand has ended, so everything is withheld', async () => {
  const seen = await view('kjell')
  assert.deepEqual([seen.services, seen.scores, seen.withheld], [[], [], ['municipal-services', 'news2']])
  assert.deepEqual(await contributors('kjell'), { 'municipal-services': [kristiansand.number], news2: [kristiansand.number] })
})

test('Signe: nobody has reported anything', async () => {
  const seen = await view('signe')
  assert.deepEqual([seen.services, seen.scores, seen.withheld], [[], [], []])
  assert.deepEqual(await contributors('signe'), { 'municipal-services': [], news2: [] })
})

test('Per: everything has ended', async () => {
  const seen = await view('per')
  assert.deepEqual(codesOf(seen.services), ['15 finished', '19 finished', '25 finished'])
  assert.deepEqual(seen.withheld, [])
})

test('Gunnar: scored on saturation scale 2, and who chose it is told', async () => {
  const { scores } = await view('gunnar')
  assert.equal(scores.length, 7)
  for (const { extension, component } of scores) {
    assert.equal(extension?.find(({ url }) => url.endsWith('news2-scale2-chosen-by'))?.valueReference?.display, 'Overlege Nils Aase')
    assert.ok(component?.some(({ code }) => code.coding?.[0]?.code === '1104321000000108'))
  }
  assert.deepEqual(flagsOf(scores), [])
})

test('Amina is pregnant and Emil is nine: NEWS2 is not for them', async () => {
  assert.deepEqual(flagsOf((await view('amina')).scores), ['not-applicable-pregnancy'])
  const emil = await view('emil')
  assert.deepEqual(flagsOf(emil.scores), ['not-applicable-age'])
  assert.deepEqual(codesOf(emil.services), ['7 active', '8 active'])
})

test('Berit: one score lacks the temperature, one total is two too high', async () => {
  const { scores } = await view('berit')
  assert.equal(scores.length, 6)
  assert.deepEqual(flagsOf(scores).sort(), ['parameter-missing', 'total-disagrees'])
  assert.equal(totalsOf(scores).filter((total) => total === undefined).length, 1)
})

test('Ivan: one person under a D-number and a national number', async () => {
  const [dNumber, nationalNumber] = patient(named, 'ivan').identifiers
  assert.deepEqual([dNumber?.system, nationalNumber?.system], ['DNR', 'FNR'])
  const seen = await view('ivan', 'nurse-bodo', bodo.number)
  assert.deepEqual(codesOf(seen.services), ['9 active', '15 finished', '19 finished'])
  assert.equal(seen.services[0]?.patient.identifier?.value, nationalNumber?.value)
  assert.equal(seen.scores.length, 8)
})

test('Maria and Piotr are known by a help number and by a D-number only', async () => {
  assert.deepEqual(
    patient(named, 'maria').identifiers.map(({ system }) => system),
    ['FHN'],
  )
  const maria = await view('maria')
  assert.deepEqual(codesOf(maria.services), ['25 finished'])
  assert.equal(maria.scores.length, 40)

  assert.deepEqual(
    patient(named, 'piotr').identifiers.map(({ system }) => system),
    ['DNR'],
  )
  const piotr = await view('piotr', 'gp-barum', sandvikaLegesenter.number)
  assert.deepEqual(codesOf(piotr.services), ['2 finished', '15 active'])
  assert.equal(piotr.scores.length, 7)
})

test('Liv: her home nurse in Oslo sees what runs and what is paused, and one hospital of two', async () => {
  assert.deepEqual(await contributors('liv'), {
    'municipal-services': [oslo.number],
    news2: [helseMidtNorge.number, helseSorOst.number].sort(),
  })
  const seen = await view('liv', 'nurse-oslo', oslo.number)
  assert.deepEqual(codesOf(seen.services), ['1 active', '5 onhold', '6 active'])
  assert.equal(seen.scores.length, 9)
  assert.deepEqual(seen.withheld, ['news2'])
})

test('the page on test people names everyone, with their numbers', () => {
  const page = readFileSync(new URL('../../../docs/run/test-people.md', import.meta.url), 'utf8')
  for (const { givenName, familyName, identifiers } of named) {
    assert.ok(page.includes(`${givenName} ${familyName}`), givenName)
    for (const { value } of identifiers) assert.ok(page.includes(value), `${givenName}: ${value}`)
  }
  for (const { name, role, pid } of testPeople) {
    assert.ok(page.includes(name) && page.includes(role), name)
    assert.ok(page.includes(pid), `${name}: ${pid}`)
  }
})
