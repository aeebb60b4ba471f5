/** What a section that two services fill says of nothing. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Bundle, Composition, OperationOutcomeIssue, Resource } from '@medplum/fhirtypes'
import { codesFromData } from '../../codes/data.ts'
import { type Nothing, nothingIssue, withheldIssue } from '../../fhir/outcome.ts'
import { asResource } from '../../testing/answers.ts'
import { type Contributed, summaryBundle } from './composition.ts'

const pulse: Resource = { resourceType: 'Observation', id: 'a', status: 'final', code: { text: 'Pulse' } }
const part = (service: string, issues: OperationOutcomeIssue[], found: Resource[] = []): Contributed => ({
  service,
  contribution: { section: 'vital-signs', type: 'Observation', count: 3 },
  facts: found.map((resource) => [{ fullUrl: `urn:${service}`, resource }]),
  linked: [],
  issues,
})
const said = (kind: Nothing) => nothingIssue(kind)
const documentOf = ({ entry }: Bundle): Composition => asResource(entry?.[0]?.resource, 'Composition')
const restricted = withheldIssue({ cause: 'GeneralBlock', count: 1 })

// biome-ignore format: a table, one row to a line
const rows: [what: string, one: Contributed, other: Contributed, says: RegExp[], not: RegExp][] = [
  ['withheld, and nothing found',    part('NEWS2', [said('withheld')]), part('Home monitoring', [said('none')]), [/NEWS2: Something is not shown/], /match|reported/],
  ['restricted, and nobody reported', part('NEWS2', [restricted]), part('Home monitoring', [said('unknown')]), [/NEWS2: Information in this service is restricted/], /reported/],
  ['entries, and nobody reported',   part('NEWS2', [said('more')], [pulse]), part('Home monitoring', [said('unknown')]), [/Pulse/, /more matches/], /reported/],
  ['entries, and withheld',          part('NEWS2', [], [pulse]), part('Home monitoring', [said('withheld')]), [/Pulse/, /Home monitoring: Something is not shown/], /NEWS2:/],
  ['withheld in both',               part('NEWS2', [said('withheld')]), part('Home monitoring', [said('withheld')]), [/<p>Something is not shown/], /NEWS2:|Home monitoring:/],
]
for (const [what, one, other, says, not] of rows)
  test(`${what}: the section says one kind of nothing, and of which service`, () => {
    const parts = {
      id: '1',
      now: new Date(0),
      patient: { resourceType: 'Patient' as const },
      baseUrl: 'https://example.no',
      urn: () => 'urn:x',
      codes: codesFromData(),
    }
    for (const contributed of [
      [one, other],
      [other, one],
    ]) {
      const { section = [] } = documentOf(summaryBundle({ ...parts, contributed }))
      const vital = section.find(({ title }) => title === 'Vital signs')
      for (const text of says) assert.match(vital?.text?.div ?? '', text)
      assert.doesNotMatch(vital?.text?.div ?? '', not)
    }
  })

test('of none and unknown the less certain is said, and in a section that is not required neither', () => {
  const bundle = summaryBundle({
    id: '1',
    now: new Date(0),
    patient: { resourceType: 'Patient' },
    baseUrl: 'https://example.no',
    urn: () => 'urn:x',
    codes: codesFromData(),
    contributed: (['none', 'unknown'] as const).flatMap((kind) =>
      (['allergies', 'vital-signs'] as const).map((section) => ({
        ...part(kind, [said(kind)]),
        contribution: { section, type: 'Observation', count: 3 },
      })),
    ),
  })
  const { section = [] } = documentOf(bundle)
  const codes = section.find(({ title }) => title?.startsWith('Allergies'))?.emptyReason?.coding?.map(({ code }) => code)
  assert.deepEqual(codes, ['unavailable', 'unknown'])
  assert.equal(
    section.find(({ title }) => title === 'Vital signs'),
    undefined,
  )
})
