import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AgreementSummary, Cell, Matrix } from '@helsevev/kernel/control/contract'
import { endingOf } from './ending.ts'

const us = { name: 'Bergen kommune' }
const now = new Date('2026-11-30T22:30:00Z')

function version(more: Partial<AgreementSummary>): AgreementSummary {
  const signed = { signedByController: 'Marit', signedByReceiver: 'Turid' }
  const period = { validFrom: '2026-01-01T00:00:00Z', validUntil: null }
  return { id: 'a', version: 1, standing: 'in-force', purposes: ['TREAT'], ...period, ...signed, standardAgreement: null, ...more }
}
const cell = (...agreements: AgreementSummary[]): Cell => ({
  ...{ service: 'news2', counterpart: { id: 'o', name: 'Oslo kommune', kind: 'organization' }, status: 'open', closures: [], agreements },
})
const matrix = (weOpen: Cell[], openToUs: Cell[] = []): Matrix => ({ services: ['news2'], weOpen, openToUs, caseOfficers: [] })
const renewed = (more: Partial<AgreementSummary>) => version({ version: 2, standing: 'pending', ...more })
const ends = { validUntil: '2026-12-31T23:00:00Z' }

// biome-ignore format: a table, one row to a line
const table: [why: string, matrix: Matrix, expected: string[]][] = [
  ['no end, or not in force', matrix([cell(version({})), cell(version({ ...ends, standing: 'expired' }))]), []],
  ['the last day is the one before midnight in Norway', matrix([cell(version(ends))]), ['2026-12-31 31 amend']],
  ['in the middle of a day: that day is the last', matrix([cell(version({ validUntil: '2026-12-01T12:00:00Z' }))]), ['2026-12-01 1 amend']],
  ['today', matrix([cell(version({ validUntil: '2026-11-30T23:00:00Z' }))]), ['2026-11-30 0 amend']],
  ['renewed, our signature is missing', matrix([cell(version(ends), renewed({ signedByController: null }))]), ['2026-12-31 31 sign']],
  ['renewed, theirs is missing', matrix([cell(version(ends), renewed({ signedByReceiver: null }))]), ['2026-12-31 31 wait']],
  ['the same from the other side', matrix([], [cell(version(ends), renewed({ signedByReceiver: null }))]), ['2026-12-31 31 sign']],
  ['a standard agreement', matrix([cell(version({ ...ends, standardAgreement: 'kommuner' }))]), ['2026-12-31 31 standard']],
  ['the next first, in both directions', matrix([cell(version({ validUntil: '2027-03-01T12:00:00Z' }))], [cell(version(ends))]), ['2026-12-31 31 amend', '2027-03-01 91 amend']],
]
for (const [why, given, expected] of table)
  test(`agreements that end: ${why}`, () =>
    assert.deepEqual(
      endingOf(given, us, now).map(({ lastDay, daysLeft, toDo }) => `${lastDay} ${daysLeft} ${toDo}`),
      expected,
    ))
