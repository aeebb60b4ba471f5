import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DiagnosticReport, EpisodeOfCare, Goal, Observation, Specimen } from '@medplum/fhirtypes'
import { diagnosticReport, episodeOfCare, goal, observation, specimen } from './search-parameters.ts'

const concept = (code: string) => ({ coding: [{ system: 'urn:list', code, display: 'Name' }] })
const sent: Observation = {
  resourceType: 'Observation',
  status: 'final',
  code: concept('a'),
  category: [concept('b'), concept('c')],
  identifier: [{ system: 'urn:id', value: '1' }, { system: 'urn:empty' }],
  valueQuantity: { value: 5, code: 'kg' },
  derivedFrom: [{ reference: 'Observation/9' }],
  hasMember: [{ reference: 'Observation/8' }],
  performer: [{ reference: 'PractitionerRole/7' }, { display: 'Anne' }],
  specimen: { reference: 'Specimen/6' },
}
const found = (code: string) => ({ system: 'urn:list', code })

// biome-ignore format: a table, one row to a line
const rows: [name: string, answer: unknown, expected: unknown][] = [
  ['Observation code',           observation.code.values(sent),               [found('a')]],
  ['Observation category',       observation.category.values(sent),           [found('b'), found('c')]],
  ['Observation status',         observation.status.values(sent),             [{ code: 'final' }]],
  ['Observation identifier',     observation.identifier.values(sent),         [{ system: 'urn:id', code: '1' }]],
  ['Observation value-quantity', observation.valueQuantity.quantities(sent),  [{ value: 5, code: 'kg' }]],
  ['Observation derived-from',   observation.derivedFrom.references(sent),    ['Observation/9']],
  ['Observation has-member',     observation.hasMember.references(sent),      ['Observation/8']],
  ['Observation performer',      observation.performer.references(sent),      ['PractitionerRole/7', undefined]],
  ['Observation specimen',       observation.specimen.references(sent),       ['Specimen/6']],
  ['DiagnosticReport status',    diagnosticReport.status.values({ status: 'amended' } as DiagnosticReport), [{ code: 'amended' }]],
  ['EpisodeOfCare status',       episodeOfCare.status.values({ status: 'active' } as EpisodeOfCare), [{ code: 'active' }]],
  ['EpisodeOfCare type',         episodeOfCare.type.values({ type: [concept('a')] } as EpisodeOfCare), [found('a')]],
  ['Goal lifecycle-status',      goal.lifecycleStatus.values({ lifecycleStatus: 'active' } as Goal), [{ code: 'active' }]],
  ['Specimen accession',         specimen.accession.values({ accessionIdentifier: { value: '7' } } as Specimen), [{ system: undefined, code: '7' }]],
]
for (const [name, answer, expected] of rows) test(`${name} finds what the resource holds`, () => assert.deepEqual(answer, expected))

test('what a resource does not hold is found by nothing', () => {
  const empty: Observation = { resourceType: 'Observation', status: 'final', code: {} }
  const { code, category, identifier, derivedFrom, specimen: sample, valueQuantity } = observation
  assert.deepEqual([code.values(empty), category.values(empty), identifier.values(empty), derivedFrom.references(empty)], [[], [], [], []])
  assert.deepEqual([sample.references(empty), valueQuantity.quantities(empty)], [[undefined], [undefined]])
})
