import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PatientKey } from '../store/ids.ts'
import type { RepresentationRow } from './area.ts'
import { type Case, cases, type Registered } from './representation.cases.ts'
import { representationOf } from './representation.ts'
import type { CitizenFacts, Relation } from './request.ts'

const NOON = '2026-01-15T12:00:00+01:00'

const ordinary: RepresentationRow = {
  area: '3',
  parentsOfUnder12: true,
  parentsOf12To15: false,
  youth: 'with-parental-consent',
  guardian: true,
  fosterParents: true,
  source: 'test',
}

for (const [about, rows] of Object.entries(cases)) {
  for (const row of rows) {
    test(`${about}, ${row.what}: ${row.expect}`, () => assert.equal(verdict(row), row.expect))
  }
}

test('a refusal says why, and nothing of where anybody lives or who has the child', () => {
  const sentence = (row: Partial<Case>) => {
    const answer = decided({ what: '', expect: '', born: '2021-01-15', relations: [{ kind: 'parental-responsibility' }], ...row })
    return 'refused' in answer ? answer.why : undefined
  }
  assert.equal(sentence({}), sentence({ sameAddress: true, fosterGrant: true }))
  for (const hidden of [{ patientAddress: 'Confidential' }, { address: 'StrictlyConfidential' }, { died: true }] as const)
    for (const row of [{ relations: [] }, { sameAddress: true }, { born: '2014-01-15', sameAddress: true }] satisfies Partial<Case>[])
      assert.equal(sentence({ ...row, ...hidden }), sentence({ ...row, sameAddress: false }))
  assert.equal(sentence({ born: '2014-01-15' }), 'Parents do not act in this service after the child has turned 12.')
  assert.equal(sentence({ relations: [], died: true }), sentence({ relations: [] }))
})

function verdict(row: Case): string {
  const answer = decided(row)
  return 'refused' in answer ? answer.refused : `${answer.basis} ${answer.purpose}`
}

function decided(row: Case): ReturnType<typeof representationOf> {
  const facts: CitizenFacts = {
    key: '1' as PatientKey,
    birthDate: 'actorBorn' in row ? row.actorBorn : '1980-05-17',
    addressConfidentiality: row.address ?? 'Unclassified',
    patientAddressConfidentiality: row.patientAddress ?? 'Unclassified',
    patientDied: row.died ?? false,
    relations: (row.relations ?? []).map(relation),
    parentalConsents: (row.consents ?? []).map((consent) => relation({ kind: 'parental-consent', ...consent })),
    parentAtSameAddress: row.sameAddress ?? false,
    fosterGrant: row.fosterGrant ?? false,
  }
  const now = new Date(row.now ?? NOON)
  return representationOf({ ...ordinary, ...row.service }, { birthDate: row.born }, facts, row.isSelf ?? false, now)
}

function relation({ kind, areas = [], from = '2020-01-01', until, ended }: Registered): Relation {
  const instant = (text: string | undefined) => (text === undefined ? null : Date.parse(text))
  return { kind, areas, validFrom: Date.parse(from), validUntil: instant(until), ended: instant(ended) }
}
