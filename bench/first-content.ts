/**
 * `npm run bench -- first-content [--users N] [--openings N] [--pause SECONDS] [--profile FILE]`: how long after the click a clinician sees
 * whose page it is and the first panel, in a real browser, while the others work in the portal over HTTP. docs/run/performance.md
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { launchBrowser } from '@helsevev/kernel/testing/browser'
import { world } from '@helsevev/server/seed/index'
import { bergen, unitOf } from '@helsevev/server/seed/organizations'
import { type Clinician, type Opened, signInClinician } from './first-content/clinician.ts'
import { openMeasured, type Painted, signedInPage } from './first-content/page.ts'
import { machine } from './measuring/machine.ts'
import { printSelfTimes } from './measuring/profile.ts'
import type { PortalCommands } from './server/portal.ts'
import { startWorker } from './worker.ts'

/** What the content is to be there within, in milliseconds. */
const AIM = 1000
const NURSE = 'nurse-bergen'
/** Openings of the browser that do not count: its script is compiled, and the database has read what all share. */
const WARM_UP = 3
/** Sign-ins side by side. */
const SIGN_INS = 8
/** Between two openings of the browser, milliseconds. */
const REST = 500

const { values } = parseArgs({
  options: {
    users: { type: 'string', default: '50' },
    openings: { type: 'string', default: '30' },
    pause: { type: 'string', default: '10' },
    profile: { type: 'string' },
  },
})
const users = Number(values.users)
const openings = Number(values.openings)
const pause = Number(values.pause) * 1000

const seeded = world()
const nurse = seeded.people.find(({ id }) => id === NURSE)
const unit = unitOf(bergen.number, 'out-of-hours')
if (!nurse) throw new Error(`The made-up world has no ${NURSE}.`)
const numbers = seeded.patients.flatMap(({ identifiers }) => identifiers.at(-1)?.value ?? [])

const data = await mkdtemp(join(tmpdir(), 'helsevev-first-content-'))
const folders = [data]
const server = startWorker<PortalCommands>(new URL('server/portal.ts', import.meta.url), {
  HELSEVEV_DATA: data,
  HELSEVEV_HOST: '127.0.0.1',
  HELSEVEV_PORT: '0',
  HELSEVEV_ISSUER_PORT: '0',
  HELSEVEV_LOG_LEVEL: 'error',
  // What is measured is the server, not its limit.
  HELSEVEV_CLIENT_RATE: '1000000',
})
const browser = await launchBrowser()
try {
  const { baseUrl, folder, postgres } = await server.ask('where')
  if (folder) folders.push(folder)
  const { processor, cores, commit, changed } = machine(postgres)
  console.log(`${processor}, ${cores} cores, commit ${commit}${changed ? ' with changes' : ''}`)

  const others: Clinician[] = []
  const place = { organization: bergen.number, place: unit.number }
  while (others.length < users - 1) {
    const batch = Math.min(SIGN_INS, users - 1 - others.length)
    others.push(...(await Promise.all(Array.from({ length: batch }, () => signInClinician(baseUrl, NURSE, place)))))
  }
  const page = await signedInPage(browser, baseUrl, nurse.name, unit.name)

  let working = true
  const seen: (Opened | string)[] = []
  const before = await server.ask('usage')
  if (values.profile) await server.ask('startProfile')
  const work = others.map(async (clinician, at) => {
    // Not all in step.
    await sleep((pause * at) / users)
    for (let turn = at; working; turn += users) {
      const started = performance.now()
      seen.push(await clinician.open(numbers[(turn * 7) % numbers.length] ?? ''))
      await sleep(Math.max(0, pause - (performance.now() - started)))
    }
  })
  const painted: Painted[] = []
  for (let at = 0; at < WARM_UP + openings; at++) {
    const one = await openMeasured(page, numbers[(at * 11) % numbers.length] ?? '')
    if (at >= WARM_UP) painted.push(one)
    await sleep(REST)
  }
  working = false
  await Promise.all(work)

  const after = await server.ask('usage')
  if (values.profile) {
    await server.ask('stopProfile', values.profile)
    await printSelfTimes('openings', values.profile)
  }
  const good = seen.filter((one) => typeof one !== 'string')
  const faults = Map.groupBy(
    seen.filter((one) => typeof one === 'string'),
    (fault) => fault,
  )
  console.log(`${users} clinicians: one in a browser, ${others.length} over HTTP, who each open a patient every ${pause / 1000} s`)
  tell(
    'Browser, banner and first panel',
    painted.map(({ first }) => first),
  )
  tell(
    'Browser, every panel',
    painted.map(({ all }) => all),
  )
  tell(
    'HTTP, patient and first panel',
    good.map(({ first }) => first),
  )
  tell(
    'HTTP, every panel',
    good.map(({ all }) => all),
  )
  const cpu = (after.cpu - before.cpu) / 1000 / (seen.length + painted.length + WARM_UP)
  console.log(`Processor time of the server, with portal and identity provider, for one opening: ${cpu.toFixed(0)} ms`)
  const failed = seen.length - good.length
  if (failed > 0) console.log(`${failed} of ${seen.length} openings over HTTP did not get all they asked for:`)
  for (const [fault, times] of faults) console.log(`  ${times.length} times ${fault}`)
  const p95 = quantile(
    painted.map(({ first }) => first),
    0.95,
  )
  console.log(`Aim: first content within ${AIM} ms. 95 of 100 came within ${p95.toFixed(0)} ms: ${p95 <= AIM ? 'met' : 'not met'}.`)
  if (p95 > AIM || failed > 0) process.exitCode = 1
} finally {
  await browser.close()
  await server.stop()
  for (const each of folders) await rm(each, { recursive: true, force: true })
}

function tell(what: string, times: readonly number[]): void {
  const ms = (share: number) => `${quantile(times, share).toFixed(0)} ms`
  console.log(`${what.padEnd(34)} median ${ms(0.5).padStart(8)}, p95 ${ms(0.95).padStart(8)}, of ${times.length}`)
}

/** The least value that this share of them do not exceed. */
function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}
