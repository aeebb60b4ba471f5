/**
 * The made-up people who information is about: 200, fourteen of them named and the others drawn at random, and those of people.ts.
 * docs/run/test-people.md has the stories of the named ones. All numbers are synthetic (month +65 or +80).
 */

import { type IdentityNumberKind, makeIdentityNumber } from '@helsevev/kernel/values/identity-number'
import { familyNames, femaleNames, maleNames } from './names.ts'
import { barum, bergen, bodo, kristiansand, municipalities, oslo, stavanger } from './organizations.ts'
import { shown } from './people.ts'
import { type Random, randomFrom } from './random.ts'
import type { Named, Numbers, SeedPatient } from './seed-patient.ts'

/** Without those of people.ts. */
const PATIENTS = 200

const named: readonly Named[] = [
  { id: 'astrid', name: ['Astrid', 'Haugland'], gender: 'female', birthDate: '1941-03-08', home: bergen, offset: 80 },
  { id: 'olav', name: ['Olav', 'Nygård'], gender: 'male', birthDate: '1938-11-21', home: oslo, offset: 65 },
  { id: 'turid', name: ['Turid', 'Myhre'], gender: 'female', birthDate: '1949-06-02', home: stavanger, offset: 80 },
  { id: 'kjell', name: ['Kjell', 'Aune'], gender: 'male', birthDate: '1952-09-17', home: kristiansand, offset: 65 },
  { id: 'signe', name: ['Signe', 'Bakke'], gender: 'female', birthDate: '1979-01-30', home: bergen, offset: 80 },
  { id: 'per', name: ['Per', 'Lunde'], gender: 'male', birthDate: '1964-05-12', home: bergen, offset: 80 },
  { id: 'gunnar', name: ['Gunnar', 'Strand'], gender: 'male', birthDate: '1947-12-05', home: bergen, offset: 65 },
  { id: 'amina', name: ['Amina', 'Warsame'], gender: 'female', birthDate: '1994-08-19', home: bergen, offset: 80 },
  { id: 'emil', name: ['Emil', 'Tveit'], gender: 'male', birthDate: '2017-04-23', home: bergen, offset: 80 },
  { id: 'berit', name: ['Berit', 'Dahl'], gender: 'female', birthDate: '1944-02-14', home: bergen, offset: 65 },
  { id: 'ivan', name: ['Ivan', 'Kovalenko'], gender: 'male', birthDate: '1958-07-07', home: bodo, numbers: 'DNR then FNR', offset: 80 },
  { id: 'maria', name: ['Maria', 'Pinto'], gender: 'female', birthDate: '1986-10-10', home: bergen, numbers: 'FHN', offset: 80 },
  { id: 'piotr', name: ['Piotr', 'Zielinski'], gender: 'male', birthDate: '1971-03-29', home: barum, numbers: 'DNR', offset: 65 },
  { id: 'liv', name: ['Liv', 'Tangen'], gender: 'female', birthDate: '1955-05-26', home: oslo, offset: 80 },
]

/** Weights by decade of birth, 1930s first: care is given mostly to the old, and some to children and adults. */
const decades = [1930, 1930, 1940, 1940, 1940, 1940, 1950, 1950, 1950, 1960, 1970, 1980, 1990, 2000, 2010, 2010, 2020] as const

/** All of them, always the same. */
export function patients(): SeedPatient[] {
  const series = new Map<string, number>()
  const others = Array.from({ length: PATIENTS - named.length }, (_, index) => drawn(`p${String(index + 1).padStart(3, '0')}`))
  return [...named, ...others, ...shown].map(({ name: [givenName, familyName], home, numbers = 'FNR', offset, ...rest }) => ({
    ...rest,
    givenName,
    familyName,
    municipality: home.municipality,
    identifiers: kindsOf(numbers).map((kind) => ({ system: kind, value: number(rest, kind, offset, series) })),
  }))
}

export function patient(all: readonly SeedPatient[], id: string): SeedPatient {
  const found = all.find((candidate) => candidate.id === id)
  if (!found) throw new RangeError(`There is no seeded patient ${id}.`)
  return found
}

function kindsOf(numbers: Numbers): IdentityNumberKind[] {
  return numbers === 'DNR then FNR' ? ['DNR', 'FNR'] : [numbers]
}

/** People born on one day get numbers one after the other. */
function number(
  { birthDate, gender }: Pick<SeedPatient, 'birthDate' | 'gender'>,
  kind: IdentityNumberKind,
  offset: 65 | 80,
  series: Map<string, number>,
): string {
  const key = `${kind} ${offset} ${birthDate} ${gender}`
  const next = series.get(key) ?? 0
  series.set(key, next + 1)
  return makeIdentityNumber({ birthDate, kind, offset, gender, series: next })
}

function drawn(id: string): Named {
  const random = randomFrom(`patient ${id}`)
  const gender = random.chance(0.54) ? 'female' : 'male'
  return {
    id,
    name: [random.pick(gender === 'female' ? femaleNames : maleNames), random.pick(familyNames)],
    gender,
    birthDate: birthDate(random),
    home: random.pick(municipalities),
    numbers: random.chance(0.03) ? 'DNR' : random.chance(0.03) ? 'DNR then FNR' : 'FNR',
    offset: random.chance(0.5) ? 65 : 80,
  }
}

function birthDate(random: Random): string {
  const decade = random.pick(decades)
  // The 2020s end with 2024, so that nobody is born after the stories begin.
  const year = decade + random.int(0, decade === 2020 ? 4 : 9)
  return `${year}-${String(random.int(1, 12)).padStart(2, '0')}-${String(random.int(1, 28)).padStart(2, '0')}`
}
