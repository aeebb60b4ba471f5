import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Issue } from '@helsevev/kernel/problem/problem'
import { asResource } from '@helsevev/kernel/testing/answers'
import type { EpisodeOfCare } from '@medplum/fhirtypes'
import { ratioOf, WEEKLY_EXTENT_URL } from '../model/weekly-extent.ts'
import { cases } from '../testing/cases.ts'
import { testCodes } from '../testing/codes.ts'
import { sensitiveCodesOf } from './episode-of-care.ts'
import { prepareEpisodeOfCare } from './prepare.ts'
import { DESCRIPTION_URL } from './profile.ts'

const context = { now: new Date('2026-06-15T12:00:00+02:00'), codes: testCodes(), controller: '100200406' }
const FLAG = 'http://helsevev.no/fhir/CodeSystem/flag'

const faultless: EpisodeOfCare = {
  resourceType: 'EpisodeOfCare',
  contained: [
    { resourceType: 'Organization', id: 'unit', name: 'Hjemmetjenesten sone nord', telecom: [{ system: 'phone', value: '55 00 01 00' }] },
  ],
  extension: [{ url: WEEKLY_EXTENT_URL, valueRatio: ratioOf(7.5) }],
  status: 'active',
  type: [{ coding: [{ system: 'urn:oid:2.16.578.1.12.4.1.1.9151', code: '15', display: 'Helsetjenester i hjemmet' }] }],
  patient: { identifier: { system: 'urn:oid:2.16.578.1.12.4.1.4.1', value: '12834100019' } },
  managingOrganization: { reference: '#unit' },
  period: { start: '2026-01-15' },
}

interface Row {
  name: string
  change: Record<string, unknown>
  flags?: Record<string, string>
  errors?: Record<string, string>
}

/** The faultless service with elements replaced, or removed where the change is null. */
function changed(change: Record<string, unknown>): EpisodeOfCare {
  const entries = Object.entries({ ...faultless, ...change }).filter(([, value]) => value !== null)
  return asResource(Object.fromEntries(entries), 'EpisodeOfCare')
}

function found(issues: Issue[], severity: Issue['severity']): Record<string, string | undefined> {
  return Object.fromEntries(issues.filter((issue) => issue.severity === severity).map(({ code, expression }) => [code, expression]))
}

for (const { name, change, flags, errors } of cases<Row>(new URL('./prepare.cases.yaml', import.meta.url))) {
  test(`a service is sent: ${name}`, () => {
    const { issues } = prepareEpisodeOfCare(changed(change), context)
    assert.deepEqual({ flags: found(issues, 'warning'), errors: found(issues, 'error') }, { flags: flags ?? {}, errors: errors ?? {} })
  })
}

test('a faultless service is stored as it was sent', () => {
  assert.deepEqual(prepareEpisodeOfCare(faultless, context), { resource: faultless, issues: [] })
})

test('code 02 is stored as 2 with the name of the list, under the spelling of the list that was sent', () => {
  const { resource } = prepareEpisodeOfCare(
    changed({ type: [{ coding: [{ system: 'http://ehelse.no/fhir/CodeSystem/no-kodeverk-9151', code: '02' }] }] }),
    context,
  )
  assert.deepEqual(resource.type, [
    {
      coding: [
        {
          system: 'http://ehelse.no/fhir/CodeSystem/no-kodeverk-9151',
          code: '2',
          display: 'Praktisk bistand - opplæring - daglige gjøremål',
        },
      ],
    },
  ])
})

test('a spelling that only the alias table knows is stored as the list, so that its extra-sensitive codes are hidden too', () => {
  const { resource } = prepareEpisodeOfCare(
    changed({ type: [{ coding: [{ system: 'http://elsewhere.example/iplos', code: '24' }] }] }),
    context,
  )
  assert.equal(resource.type?.[0]?.coding?.[0]?.system, 'urn:oid:2.16.578.1.12.4.1.1.9151')
  assert.deepEqual(sensitiveCodesOf(resource), ['24'])
})

test('15 minutes a day is stored as 1.75 hours per week, and the flag says so', () => {
  const sent = {
    numerator: { value: 15, system: 'http://unitsofmeasure.org', code: 'min' },
    denominator: { value: 1, system: 'http://unitsofmeasure.org', code: 'd' },
  }
  const { resource, issues } = prepareEpisodeOfCare(changed({ extension: [{ url: WEEKLY_EXTENT_URL, valueRatio: sent }] }), context)
  assert.deepEqual(resource.extension, [{ url: WEEKLY_EXTENT_URL, valueRatio: ratioOf(1.75) }])
  assert.match(issues[0]?.text ?? '', /Stored as 1\.75 h\/wk\.$/)
})

test('free text as extent is refused with the right Ratio as an example', () => {
  const { issues } = prepareEpisodeOfCare(changed({ extension: [{ url: WEEKLY_EXTENT_URL, valueString: '5 timer' }] }), context)
  assert.match(issues[0]?.text ?? '', /"valueRatio": \{"numerator":\{"value":7\.5,"unit":"h"/)
})

test('a description of 1000 characters passes, and one more is flagged', () => {
  const codes = (length: number) =>
    prepareEpisodeOfCare(changed({ extension: [{ url: DESCRIPTION_URL, valueMarkdown: 'x'.repeat(length) }] }), context).issues.map(
      ({ code }) => code,
    )
  assert.deepEqual(codes(1000), [])
  assert.deepEqual(codes(1001), ['description-long'])
})

test('flags of an earlier version go when their cause is gone; what the prototype left unsaid stays', () => {
  const sent = changed({
    meta: {
      tag: [
        { system: FLAG, code: 'iplos-code-zero-padded' },
        { system: FLAG, code: 'weekly-extent-unit-assumed' },
        { system: 'https://epj.example/tag', code: 'own' },
      ],
    },
  })
  const { resource, issues } = prepareEpisodeOfCare(sent, context)
  assert.deepEqual(resource.meta, { tag: [{ system: 'https://epj.example/tag', code: 'own' }] })
  assert.deepEqual(
    issues.map(({ severity, code }) => [severity, code]),
    [['warning', 'weekly-extent-unit-assumed']],
  )
})

test('preparing what is already prepared changes nothing', () => {
  const once = prepareEpisodeOfCare(
    changed({ type: [{ coding: [{ system: 'urn:oid:2.16.578.1.12.4.1.1.9151', code: '02' }] }] }),
    context,
  ).resource
  assert.deepEqual(prepareEpisodeOfCare(once, context), { resource: once, issues: [] })
})
