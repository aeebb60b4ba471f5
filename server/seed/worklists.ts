/** Who two units have now, as their record systems send it: an out-of-hours clinic and a ward. docs/run/test-people.md */
import { identityNumberSystems, makeIdentityNumber } from '@helsevev/kernel/values/identity-number'
import type { List } from '@medplum/fhirtypes'
import { bergen, helseVest, unitOf } from './organizations.ts'
import { patient, patients } from './patients.ts'
import { clientOf } from './sign-in.ts'

export interface SeedWorklist {
  /** Organisation number of the data controller whose system sends it. */
  controller: string
  client: string
  unit: string
  list: List
}

/** Where each is, and for how many minutes. */
type Standing = readonly [id: string, place: string | undefined, minutes: number]

const outOfHours: readonly Standing[] = [
  ['signe', 'Venterom', 12],
  ['bodil', 'Rom 7', 100],
  ['rolf', 'Akuttrom', 160],
  ['astrid', 'Rom 1', 95],
  ['berit', 'Rom 2', 70],
  ['gunnar', 'Rom 3', 55],
  ['torbjorn', 'Observasjon 1', 180],
  ['ragnhild', 'Rom 4', 40],
  ['vigdis', 'Rom 5', 35],
  ['maria', 'Observasjon 2', 210],
  ['amina', undefined, 25],
  ['emil', 'Rom 6', 20],
  ['per', 'Venterom', 8],
  ['kjell', 'Venterom', 5],
]
const ward: readonly Standing[] = [
  ['gunnar', 'Seng 11', 3 * 24 * 60],
  ['leif', 'Seng 12', 26 * 60],
  ['turid', 'Seng 14', 9 * 60],
  ['olav', 'Korridor 2', 6 * 60],
]

/** Somebody who nobody here has reported on. */
const stranger = makeIdentityNumber({ birthDate: '1931-01-02', series: 77, offset: 65 })

export function worklists(now: Date): SeedWorklist[] {
  return [
    { controller: bergen.number, unit: unitOf(bergen.number, 'out-of-hours').number, standing: outOfHours, strangers: [stranger] },
    { controller: helseVest.number, unit: unitOf(helseVest.number, 'ward').number, standing: ward, strangers: [] },
  ].map(({ controller, unit, standing, strangers }) => ({
    controller,
    client: clientOf(controller),
    unit,
    list: listOf(standing, strangers, now),
  }))
}

function listOf(standing: readonly Standing[], strangers: readonly string[], now: Date): List {
  const everybody = patients()
  const known = standing.map(([id, place, minutes]) => ({ identifier: patient(everybody, id).identifiers.at(-1), place, minutes }))
  const entry = known.map(({ identifier, place, minutes }) => ({
    ...(place ? { extension: [{ url: 'http://helsevev.no/fhir/StructureDefinition/worklist-place', valueString: place }] } : {}),
    date: new Date(now.getTime() - minutes * 60_000).toISOString(),
    item: { identifier: { system: identityNumberSystems[identifier?.system ?? 'FNR'], value: identifier?.value ?? '' } },
  }))
  const unknown = strangers.map((value) => ({ item: { identifier: { system: identityNumberSystems.FNR, value } } }))
  return { resourceType: 'List', status: 'current', mode: 'working', date: now.toISOString(), entry: [...entry, ...unknown] }
}
