import assert from 'node:assert/strict'
import { test } from 'node:test'
import { structureDefinition } from './structure-definition.ts'

test('a published profile tells its rules, the extensions that are read and its other names', () => {
  const published = structureDefinition({
    url: 'http://helsevev.no/fhir/StructureDefinition/p',
    aliases: ['http://elsewhere.example/p'],
    name: 'p',
    title: 'P',
    type: 'Observation',
    extensions: ['http://helsevev.no/fhir/StructureDefinition/e'],
    elements: [{ path: 'Observation.value[x]', min: 1, max: '1', types: ['Quantity'], why: 'It is measured.' }],
  })
  assert.equal(published.description, 'In meta.profile also named http://elsewhere.example/p.')
  assert.deepEqual(published.differential?.element, [
    { id: 'Observation', path: 'Observation' },
    {
      id: 'Observation.extension',
      path: 'Observation.extension',
      comment: 'Read here: http://helsevev.no/fhir/StructureDefinition/e. Others are kept as sent.',
    },
    {
      id: 'Observation.value[x]',
      path: 'Observation.value[x]',
      min: 1,
      max: '1',
      type: [{ code: 'Quantity' }],
      comment: 'It is measured.',
    },
  ])
})
