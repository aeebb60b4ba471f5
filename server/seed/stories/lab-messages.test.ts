/** What a clinician would stumble over in the answers of all made-up people, read from the messages as the service reads them. */
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { codesFromData } from '@helsevev/kernel/codes/data'
import { isProblem } from '@helsevev/kernel/problem/problem'
import { testResults } from '@helsevev/service-test-results/service'
import type { DiagnosticReport, Observation, Resource } from '@medplum/fhirtypes'
import { patients } from '../patients.ts'
import type { SeedPatient } from '../seed-patient.ts'
import { labMessages } from './lab-messages.ts'
import { estimatedGfr } from './reference-intervals.ts'

const now = new Date('2026-11-25T12:00:00Z')
const everybody = new Map(patients().flatMap((one) => one.identifiers.map(({ value }) => [value, one])))

interface Answer {
  who: SeedPatient
  report: DiagnosticReport
  observations: Observation[]
  /** All that the message became, as text: the department is part of the name of who performed. */
  text: string
}
const answers: Answer[] = []

before(async () => {
  const adapter = testResults.adapters?.[0]
  assert.ok(adapter)
  for (const { identityNumber, text } of labMessages(now)) {
    const set = await adapter.convert(Buffer.from(text), { codes: codesFromData(), now })
    assert.ok(!isProblem(set) && 'kind' in set && set.kind === 'record-set', identityNumber)
    const all: Resource[] = set.entries.flatMap(({ resource }) => [resource, ...containedIn(resource)])
    const who = everybody.get(identityNumber)
    const report = all.find((one): one is DiagnosticReport => one.resourceType === 'DiagnosticReport')
    assert.ok(who && report)
    answers.push({
      who,
      report,
      observations: all.filter((one): one is Observation => one.resourceType === 'Observation'),
      text: JSON.stringify(all),
    })
  }
})

const containedIn = (resource: Resource): Resource[] =>
  'contained' in resource ? ((resource.contained as Resource[] | undefined) ?? []) : []
const nameOf = ({ code }: Observation) => code.text ?? code.coding?.[0]?.display ?? ''
const ageAt = ({ birthDate }: SeedPatient, time: string) =>
  Temporal.PlainDate.from(birthDate).until(Temporal.PlainDate.from(time.slice(0, 10)), { largestUnit: 'years' }).years
const flagOf = ({ interpretation }: Observation) => interpretation?.[0]?.coding?.[0]?.code
const label = ({ who }: Answer, one: Observation) => `${who.id} ${nameOf(one)} ${one.valueQuantity?.value} ${one.referenceRange?.[0]?.text}`

test('a flag stands exactly where the printed number is outside the printed interval', () => {
  let checked = 0
  for (const answer of answers)
    for (const one of answer.observations) {
      const { low, high, text = '' } = one.referenceRange?.[0] ?? {}
      const value = one.valueQuantity?.value
      if (value === undefined || one.valueQuantity?.comparator) continue
      checked++
      const isBound = /^[<>]/.test(text)
      const over = high?.value !== undefined && (value > high.value || (isBound && value === high.value))
      const under = low?.value !== undefined && (value < low.value || (isBound && value === low.value))
      // List 8244.
      assert.equal(flagOf(one), over ? '1' : under ? '2' : undefined, label(answer, one))
    }
  assert.ok(checked > 900, String(checked))
})

test('with every creatinine of an adult stands the eGFR that CKD-EPI 2009 makes of it, and no child has one', () => {
  let checked = 0
  for (const answer of answers) {
    const find = (name: string) => answer.observations.find((one) => nameOf(one) === name)?.valueQuantity?.value
    const [creatinine, gfr] = [find('P-Kreatinin'), find('Nyre-eGFR CKD-EPI Kreatinin')]
    assert.equal(creatinine === undefined, gfr === undefined, answer.who.id)
    if (creatinine === undefined) continue
    const age = ageAt(answer.who, answer.report.effectiveDateTime ?? '')
    assert.ok(age >= 18, answer.who.id)
    assert.equal(gfr, estimatedGfr(creatinine, { gender: answer.who.gender, age }), answer.who.id)
    checked++
  }
  assert.ok(checked > 100, String(checked))
})

// By the constants for µmol/L that the hospital in Hvidovre prints: 144 × (creatinine / 61.88)^… and 141 × (creatinine / 79.56)^…
for (const [creatinine, gender, age, expected] of [
  [62, 'female', 50, 101],
  [147, 'female', 71, 31],
  [80, 'male', 30, 113],
  [105, 'male', 80, 57],
] as const)
  test(`creatinine ${creatinine} of a ${gender} of ${age} is an eGFR of ${expected}`, () => {
    assert.equal(estimatedGfr(creatinine, { gender, age }), expected)
  })

test('intervals are those of the sex and age: men and women differ in haemoglobin and creatinine, children have their own', () => {
  const shown = new Map<string, Set<string>>()
  for (const { who, report, observations } of answers)
    for (const one of observations.filter(
      (one) => ['g/dL', 'g/L'].includes(one.valueQuantity?.unit ?? '') || nameOf(one) === 'P-Kreatinin',
    )) {
      const group = ageAt(who, report.effectiveDateTime ?? '') < 18 ? 'child' : who.gender
      const key = `${nameOf(one)} ${one.valueQuantity?.unit} ${group}`
      shown.set(key, (shown.get(key) ?? new Set()).add(one.referenceRange?.[0]?.text ?? ''))
    }
  assert.deepEqual([...(shown.get('B-Hemoglobin g/dL female') ?? [])], ['11,7 - 15,3'])
  assert.deepEqual([...(shown.get('B-Hemoglobin g/dL male') ?? [])], ['13,4 - 17,0'])
  assert.deepEqual([...(shown.get('B-Hemoglobin g/L male') ?? [])], ['134 - 170'])
  assert.deepEqual([...(shown.get('P-Kreatinin µmol/L female') ?? [])], ['45 - 90'])
  assert.deepEqual([...(shown.get('P-Kreatinin µmol/L male') ?? [])], ['60 - 105'])
  for (const interval of shown.get('B-Hemoglobin g/dL child') ?? []) assert.ok(!['11,7 - 15,3', '13,4 - 17,0'].includes(interval), interval)
  assert.equal(shown.get('P-Kreatinin µmol/L child'), undefined)
})

test('each discipline answers from its own department', () => {
  const wanted: Record<string, RegExp> = { RTG: /Radiologisk avdeling/, MBIO: /Mikrobiologisk avdeling/, HIST: /Avdeling for patologi/ }
  let checked = 0
  for (const { who, report, text } of answers) {
    const discipline = report.code.coding?.flatMap(({ code }) => code ?? []).find((code) => wanted[code])
    if (!discipline) continue
    checked++
    assert.match(text, wanted[discipline] ?? /$^/, `${who.id} ${discipline}`)
  }
  assert.ok(checked > 20, String(checked))
})

test('most urine has no growth, and what grows is not always the same', () => {
  const cultures = answers.map(({ observations }) => observations.map((one) => one.valueString ?? one.valueCodeableConcept?.text ?? ''))
  const count = (words: RegExp) => cultures.filter((texts) => texts.some((text) => words.test(text))).length
  assert.ok(count(/^Ingen vekst/) > count(/^Vekst/), `${count(/^Ingen vekst/)} of ${count(/^Vekst/)}`)
  assert.ok(count(/^Escherichia coli/) > 0 && count(/^Escherichia coli/) < count(/^Vekst/))
})
