/** The stories of those who are not named: drawn by age. A fifth have none. */

import { participation } from '../agreements.ts'
import { bergen, helseMidtNorge, municipalities, trustOf } from '../organizations.ts'
import type { SeedPatient } from '../seed-patient.ts'
import { course, type Teller } from './teller.ts'

const DAY = 24

export function drawnStory(patient: SeedPatient, tell: Teller, now: Date): void {
  const { random } = tell
  if (random.chance(0.15)) return
  const home = municipalities.find(({ municipality }) => municipality === patient.municipality) ?? bergen
  const age = Math.floor((now.getTime() - Date.parse(patient.birthDate)) / (365.25 * DAY * 3_600_000))
  if (age < 16) child(home, tell)
  else if (age < 67) adult(home, tell)
  else old(home, age, tell)
}

type Home = (typeof municipalities)[number]

function child(home: Home, tell: Teller): void {
  const { random } = tell
  for (const code of ['7', '8', '9', '11']) {
    if (!random.chance(0.6)) continue
    const since = random.int(60, 900)
    tell.service(home, code, { since, hoursPerWeek: random.int(2, 12), ...(random.chance(0.25) && { until: random.int(1, since) }) })
  }
}

function adult(home: Home, tell: Teller): void {
  const { random } = tell
  for (const code of ['3', '7', '9', '15', '2', '29']) {
    if (!random.chance(0.3)) continue
    const since = random.int(30, 1200)
    tell.service(home, code, {
      since,
      ...(code !== '29' && { hoursPerWeek: random.int(1, code === '3' ? 37 : 8) }),
      ...(random.chance(0.35) ? { until: random.int(1, since) } : random.chance(0.12) && { paused: true }),
    })
  }
  if (random.chance(0.7)) hospitalStay(home, tell)
}

function old(home: Home, age: number, tell: Teller): void {
  const { random } = tell
  const nursingHome = age >= 83 && random.chance(0.3)
  const moved = nursingHome ? random.int(30, 500) : undefined
  for (const [code, chance] of [
    ['15', 0.8],
    ['1', 0.6],
    ['6', 0.65],
    ['5', 0.25],
    ['27', 0.3],
    ['28', 0.25],
    ['26', 0.1],
    ['4', 0.25],
  ] as const) {
    if (!random.chance(chance)) continue
    const since = (moved ?? 0) + random.int(40, 900)
    const over =
      moved !== undefined
        ? { until: moved }
        : random.chance(0.15)
          ? { until: random.int(1, 30) }
          : random.chance(0.12)
            ? { paused: true }
            : {}
    tell.service(home, code, { since, ...(['1', '4', '15'].includes(code) && { hoursPerWeek: random.int(2, 28) / 2 }), ...over })
  }
  if (random.chance(0.4)) {
    const until = (moved ?? 0) + random.int(2, 200)
    tell.service(home, random.pick(['18', '19', '20']), { since: until + random.int(10, 28), until, stay: 'korttidsopphold' })
  }
  if (random.chance(0.15)) {
    const until = random.int(1, 300)
    tell.service(home, '25', { since: until + random.int(1, 3), until, stay: 'korttidsopphold' })
  }
  if (moved !== undefined) tell.service(home, '21', { since: moved })
  if (random.chance(0.1)) {
    const elsewhere = random.pick(municipalities.filter(({ number }) => number !== home.number))
    const until = random.int(910, 1100)
    tell.service(elsewhere, '15', { since: until + random.int(50, 400), until, hoursPerWeek: random.int(2, 8) })
  }
  if (random.chance(0.75)) hospitalStay(home, tell)
  const measures = participation.some(
    ({ organization, service, produces }) => organization === home.number && service === 'news2' && produces,
  )
  if (measures && random.chance(0.45)) {
    tell.scores(
      home,
      course(random.int(2, 60), 12, random.int(4, 8), random.int(10, 50) / 100),
      { form: random.chance(0.2) ? 'derived' : 'sub-scores' },
      nursingHome ? 'nursing-home' : 'home-care',
    )
  }
}

/** Some worsen far, most a little; now and then the hospital is elsewhere. */
function hospitalStay(home: Home, tell: Teller): void {
  const { random } = tell
  const trust = random.chance(0.1) ? helseMidtNorge : (trustOf[home.number] ?? helseMidtNorge)
  const worst = random.chance(0.3) ? random.int(60, 95) / 100 : random.int(15, 55) / 100
  tell.scores(trust, course(random.int(1, 200) * DAY, 6, random.int(8, 24), worst), { form: 'measured' })
}
