/** The smallest possible information service, which kernel tests read and write. */

import type { Observation } from '@medplum/fhirtypes'
import { usualRepresentation } from '../access/area.ts'
import { defineService } from '../fhir/service.ts'
import { defineProfile } from '../fhir/validation/profile.ts'

const profile = defineProfile({
  url: 'http://helsevev.no/fhir/StructureDefinition/test-measurement',
  name: 'test-measurement',
  title: 'Measurement of a test',
  type: 'Observation',
  elements: [
    {
      path: 'Observation.code',
      min: 1,
      codes: [{ system: 'http://loinc.org', codes: ['8867-4', '9279-1'] }],
      why: 'Tests measure pulse and breathing.',
    },
    { path: 'Observation.effective[x]', min: 1, types: ['dateTime'] },
    { path: 'Observation.value[x]', min: 1, types: ['Quantity'] },
  ],
})

export const measurements = defineService({
  id: 'measurements',
  names: { nb: 'målinger', nn: 'målingar', en: 'measurements' },
  summary: { nb: 'For test.', nn: 'For test.', en: 'For tests.' },
  storageMode: 'local-original',
  legalBasis: [{ law: 'pasientjournalloven', clause: '§ 19', about: 'making available', source: 'lovdata.no', read: '2026-11-22' }],
  resources: {
    Observation: {
      profiles: [{ profile, when: (resource: Observation) => resource.code?.coding?.[0]?.code !== '29463-7' }],
      otherwise: () => ({
        severity: 'error',
        type: 'business-rule',
        code: 'not-here',
        text: 'Weights are not taken here.',
        expression: 'Observation.code',
      }),
      interactions: ['read', 'search-type', 'create', 'update', 'delete'],
      patientElement: 'subject',
      time: (resource: Observation) => resource.effectiveDateTime,
      searchParameters: [
        {
          name: 'code',
          type: 'token',
          expression: 'Observation.code',
          equivalents: true,
          values: (resource: Observation) => resource.code?.coding ?? [],
        },
        { name: 'status', type: 'token', expression: 'Observation.status', values: (resource: Observation) => [{ code: resource.status }] },
        {
          name: 'identifier',
          type: 'token',
          expression: 'Observation.identifier',
          values: (resource: Observation) => (resource.identifier ?? []).map(({ system, value }) => ({ system, code: value })),
        },
        { name: 'date', type: 'date', expression: 'Observation.effective' },
        {
          name: 'value-quantity',
          type: 'quantity',
          expression: 'Observation.value',
          quantities: (resource: Observation) => [resource.valueQuantity],
        },
        { name: 'unit', type: 'string', expression: '(Observation.value as Quantity).unit', texts: ['valueQuantity.unit'] },
        {
          name: 'has-member',
          type: 'reference',
          expression: 'Observation.hasMember',
          references: (resource: Observation) => (resource.hasMember ?? []).map(({ reference }) => reference),
          targets: ['Observation'],
        },
      ],
      businessKey: (resource: Observation) =>
        resource.identifier?.[0] && `${resource.identifier[0].system}|${resource.identifier[0].value}`,
      measurements: (resource: Observation) =>
        resource.status === 'final' && resource.valueQuantity?.value !== undefined
          ? [{ code: `http://loinc.org|${resource.code?.coding?.[0]?.code}`, value: resource.valueQuantity.value, unit: '/min' }]
          : [],
      sensitiveCodes: (resource: Observation) => (resource.meta?.security ?? []).flatMap(({ code }) => (code ? [code] : [])),
    },
  },
  operations: [
    {
      name: 'count',
      summary: 'How many there are.',
      run: async (records) => ({
        resourceType: 'Parameters',
        parameter: [{ name: 'count', valueInteger: (await records.search('Observation')).length }],
      }),
    },
    {
      name: 'days',
      summary: 'Pulse by day.',
      parameters: [{ name: 'from', documentation: 'First day.' }],
      run: async (records, { parameters }) => {
        const series = await records.measuredDays('Observation', {
          codes: ['http://loinc.org|8867-4'],
          from: parameters.get('from') ?? '2026-01-01',
          to: '2026-12-31',
        })
        return {
          resourceType: 'Parameters',
          parameter: series.flatMap(({ controller, days }) =>
            days.map(({ day, count, min, max, sum }) => ({ name: day, valueString: [controller, count, min, max, sum].join(' ') })),
          ),
        }
      },
    },
  ],
  readers: { LE: ['TREAT', 'ETREAT', 'COC', 'BTG'], SP: ['TREAT', 'ETREAT', 'COC', 'BTG'], FT: ['TREAT'] },
  representation: usualRepresentation,
  grounds: ['treatment', 'own-data'],
  retention: 'For tests.',
})
