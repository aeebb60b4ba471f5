/** Every rule about who may see what has somebody in the seeded world who shows it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { municipalities, trusts } from './organizations.ts'
import { representations } from './people.ts'
import { world } from './world.ts'

const seeded = world()

/** On the day that the ages are stated for. */
function age(id: string): number {
  const born = seeded.patients.find((patient) => patient.id === id)?.birthDate ?? ''
  return Temporal.PlainDate.from(born).until(Temporal.PlainDate.from('2026-11-22'), { largestUnit: 'years' }).years
}

const residence = (id: string) => seeded.patients.find((patient) => patient.id === id)?.residence
const signsIn = (id: string) => seeded.people.some((person) => person.id === `citizen-${id}`)

test('parents who sign in have children on both sides of every age that matters', () => {
  const represented = representations.filter(({ kind, representative }) => kind === 'parental-responsibility' && signsIn(representative))
  const ages = new Set(represented.map(({ patient }) => age(patient)))
  for (const wanted of [5, 11, 12, 14, 15, 16, 17]) assert.ok(ages.has(wanted), String(wanted))
})

test('children of under 12 live with a parent, with another than who asks, with none, and in a foster home', () => {
  const lives = (child: string) =>
    representations
      .filter(({ patient, kind }) => patient === child && kind === 'parental-responsibility')
      .map(({ representative }) => residence(representative) === residence(child))
  assert.deepEqual([lives('jakob'), lives('lukas'), lives('milla')], [[true, false], [false], [false]])
  assert.ok(age('jakob') < 12 && age('lukas') < 12 && age('milla') < 12)
  const grant = representations.find(({ kind }) => kind === 'foster-parent')
  assert.deepEqual([grant?.patient, grant?.representative], ['milla', 'grete'])
})

test('every ground of representation has somebody who signs in, and the grounds that are not enough too', () => {
  const grounds = new Set(
    representations.filter(({ representative }) => signsIn(representative)).map(({ kind, areas }) => [kind, ...areas].join(' ')),
  )
  assert.deepEqual([...grounds].sort(), [
    'foster-parent',
    'guardian FinancialInterests',
    'guardian PersonalAndFinancialInterests',
    'parental-consent',
    'parental-responsibility',
    'power-of-attorney 1',
    'power-of-attorney 3',
    'without-capacity',
  ])
  const withoutCapacity = representations.find(({ kind }) => kind === 'without-capacity')
  assert.equal(age(withoutCapacity?.patient ?? ''), 17)
})

test('youth of 14 with and of 15 without parental consent, and of 16, sign in themselves', () => {
  const consents = new Set(representations.filter(({ kind }) => kind === 'parental-consent').map(({ patient }) => patient))
  const youth = ['ella', 'sander', 'thea'].map((id) => [age(id), consents.has(id), signsIn(id)])
  assert.deepEqual(youth, [
    [14, true, true],
    [15, false, true],
    [16, false, true],
  ])
})

test('someone with a strictly confidential address has a child at it, and signs in', () => {
  const hidden = seeded.patients.filter(({ addressConfidentiality }) => addressConfidentiality === 'StrictlyConfidential')
  assert.deepEqual(
    hidden.map(({ id }) => id),
    ['nadia', 'yusuf'],
  )
  assert.ok(signsIn('nadia') && residence('nadia') === residence('yusuf'))
  assert.ok(representations.some(({ patient, representative }) => patient === 'yusuf' && representative === 'nadia'))
})

test('a citizen has a client of its own, with the scopes of citizens and no others', () => {
  const client = seeded.clients.find(({ clientId }) => clientId === 'helsevev-citizen')
  assert.deepEqual(
    client?.scopes,
    seeded.apiScopes.filter((scope) => scope.endsWith('/citizen')),
  )
  for (const { clientId, scopes } of seeded.clients.filter(({ clientId }) => clientId !== 'helsevev-citizen')) {
    assert.ok(!scopes.some((scope) => scope.endsWith('/citizen')), clientId)
  }
})

test('every kind of choice has been made, by the patient and by staff', () => {
  assert.deepEqual([...new Set(seeded.choices.map(({ kind }) => kind))].sort(), ['block', 'consent', 'opt-out', 'restriction'])
  assert.deepEqual(new Set(seeded.choices.map(({ by }) => by)), new Set([undefined, 'nurse-bergen']))
  assert.equal(
    seeded.choices.find(({ kind }) => kind === 'block')?.practitioner,
    seeded.staff.find(({ id }) => id === 'nurse-bergen')?.hprNumber,
  )
})

test('agreements are of every kind and in every state', () => {
  const has = (test: (agreement: (typeof seeded.agreements)[number]) => boolean) => seeded.agreements.some(test)
  assert.ok(has(({ receiverType }) => receiverType === 'group'))
  assert.ok(has(({ receiverType, units }) => receiverType === 'private-provider' && units?.length === 1))
  assert.ok(
    has(({ receiverSigned }) => receiverSigned === false),
    'one that waits for a signature',
  )
  assert.ok(
    has(({ validUntil }) => validUntil !== undefined),
    'one that has ended',
  )
  assert.equal(seeded.closures.length, 1)
  assert.equal(seeded.deliveries.length, 3)
  assert.ok(seeded.people.some(({ id, employer }) => id === 'nurse-private' && employer?.number === seeded.deliveries[0]?.provider))
})

test('staff are authorised, have been, are of a profession that a hospital has left out, or are not registered', () => {
  const held = (id: string) => seeded.staff.find((person) => person.id === id)?.authorizations.filter(({ until }) => !until) ?? []
  assert.deepEqual(
    ['nurse-bergen', 'nurse-revoked', 'psychologist-helse-nord', 'caseworker-oslo'].map((id) => held(id).map(({ code }) => code)),
    [['SP'], [], ['PS'], []],
  )
  assert.ok(seeded.staff.some(({ specialties, prescribingFrom }) => specialties.length > 0 && prescribingFrom))
})

test('there is a service unit with a telephone for each municipality and hospital', () => {
  assert.equal(seeded.serviceUnits.length, municipalities.length + trusts.length)
  for (const { phone, organization } of seeded.serviceUnits) {
    assert.match(phone, /^\+47 50 00 /)
    assert.ok(seeded.organizations.find(({ number }) => number === organization)?.partOf)
  }
})

test('somebody is watched, and somebody shares name and address with a nurse', () => {
  assert.deepEqual(
    seeded.watched.map(({ patient }) => patient),
    ['linnea'],
  )
  const nurse = seeded.staff.find(({ id }) => id === 'nurse-bergen')
  const relative = seeded.patients.find(({ id }) => id === 'sigurd')
  assert.deepEqual([relative?.familyName, relative?.residence], [nurse?.name[1], nurse?.residence])
})
