/** What the validator refuses and takes, one row for each rule and side, with the clause. docs/api/validation.md */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Resource } from '@medplum/fhirtypes'
import { codesFromData } from '../../codes/data.ts'
import { changed, type SentBody } from '../../testing/sent.ts'
import { parseJson } from '../../values/json.ts'
import { createValidator } from './validator.ts'

const validator = createValidator(codesFromData())
const number = '05735512345'
const observation: SentBody = {
  resourceType: 'Observation',
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }] },
  subject: { identifier: { system: 'urn:oid:2.16.578.1.12.4.1.4.1', value: number } },
  effectiveDateTime: '2026-01-12T09:00:00+01:00',
  valueQuantity: { value: 62, unit: 'min-1', system: 'http://unitsofmeasure.org', code: '/min' },
}
const allergy: SentBody = {
  resourceType: 'AllergyIntolerance',
  clinicalStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', code: 'active' }] },
  code: { text: 'Penicillin' },
  patient: { identifier: { system: 'urn:oid:2.16.578.1.12.4.1.4.1', value: number } },
}
const device = { resourceType: 'Device', id: 'd', type: { text: 'Watch' } }

const faultsOf = (resource: SentBody): string[] =>
  validator.validate(resource as unknown as Resource).map(({ code, expression }) => `${code} ${expression}`)

type Row = [what: string, change: SentBody, faults: readonly string[], base?: SentBody]
// biome-ignore format: a table, one row to a line
const rows: readonly Row[] = [
  ['nothing changed', {}, []],
  // http://hl7.org/fhir/R4/json.html
  ['an unknown element', { valeQuantity: {} }, ['unknown-element Observation.valeQuantity']],
  ['an unknown element of a data type', { 'code.coding.0.name': 'x' }, ['unknown-element Observation.code.coding[0].name']],
  ['a list for one value', { status: ['final'] }, ['json-type Observation.status']],
  ['one value for a list', { category: { text: 'x' } }, ['json-type Observation.category']],
  ['an object for a text', { 'code.coding.0.display': {} }, ['json-type Observation.code.coding[0].display']],
  ['a text for a number', { 'valueQuantity.value': '62' }, ['json-type Observation.valueQuantity.value']],
  ['null', { issued: null }, ['json-type Observation.issued']],
  ['an empty list', { category: [] }, ['empty Observation.category']],
  ['an empty object', { code: {} }, ['empty Observation.code']],
  ['an object with an id alone', { code: { id: 'a' } }, ['empty Observation.code']],
  ['an empty text', { 'code.text': '' }, ['blank Observation.code.text']],
  ['a text of spaces', { 'code.text': ' \u00a0' }, ['blank Observation.code.text']],
  ['a text that cannot be seen', { 'code.text': '\u200b\ufeff\u3164\ufe0f' }, ['blank Observation.code.text']],
  ['a text in another script', { 'code.text': '\u05d3\u05d5\u05e4\u05e7' }, []],
  ['a text with a control character', { 'code.text': 'a\u0001b' }, ['format Observation.code.text']],
  ['a text of two lines', { 'code.text': 'a\r\n\tb' }, []],
  ['several faults', { status: 'done', code: {}, issued: '2026' },
    ['required-code Observation.status', 'empty Observation.code', 'format Observation.issued']],
  // http://hl7.org/fhir/R4/json.html#primitive
  ['extensions instead of a value', { effectiveDateTime: undefined, _effectiveDateTime: { extension: [{ url: 'http://x.no/a', valueCode: 'unknown' }] } }, []],
  ['extensions of nothing', { _effectiveDateTime: {} }, ['empty Observation._effectiveDateTime']],
  ['extensions of what has none', { _code: { extension: [{ url: 'http://x.no/a', valueCode: 'b' }] } }, ['unknown-element Observation._code']],
  ['a status without value', { status: undefined, _status: { extension: [{ url: 'http://x.no/a', valueCode: 'b' }] } }, ['cardinality Observation.status']],
  ['null in a list without extensions', { 'meta.profile': ['http://x.no/p', null] }, ['json-type Observation.meta.profile[1]']],
  // http://hl7.org/fhir/R4/conformance-rules.html#cardinality
  ['no code', { code: undefined }, ['cardinality Observation.code']],
  ['no start in a component', { component: [{ valueInteger: 3 }] }, ['cardinality Observation.component[0].code']],
  // http://hl7.org/fhir/R4/formats.html#choice
  ['a choice twice', { valueString: 'x' }, ['choice Observation.valueString']],
  ['a choice with extensions of another', { _valueString: { extension: [{ url: 'http://x.no/a', valueCode: 'b' }] } }, ['choice Observation._valueString']],
  ['a choice of no such type', { valueQuantity: undefined, valueAddress: { text: 'x' } }, ['unknown-element Observation.valueAddress']],
  // http://hl7.org/fhir/R4/datatypes.html#primitive
  ['a day that does not exist', { effectiveDateTime: '2026-02-29' }, ['format Observation.effectiveDateTime']],
  ['a leap day', { effectiveDateTime: '2028-02-29' }, []],
  ['a time without a zone', { effectiveDateTime: '2026-01-12T09:00:00' }, ['format Observation.effectiveDateTime']],
  ['a time without seconds', { effectiveDateTime: '2026-01-12T09:00+01:00' }, ['format Observation.effectiveDateTime']],
  ['a leap second', { effectiveDateTime: '2016-12-31T23:59:60Z' }, ['format Observation.effectiveDateTime']],
  ['the year 0', { effectiveDateTime: '0000-01-01' }, ['format Observation.effectiveDateTime']],
  ['a day for an instant', { issued: '2026-01-12' }, ['format Observation.issued']],
  ['a number of seconds', { valueQuantity: undefined, valueTime: '09:00:00.5' }, []],
  ['an integer with a fraction', { valueQuantity: undefined, valueInteger: 5.5 }, ['format Observation.valueInteger']],
  ['an integer of more than 32 bits', { valueQuantity: undefined, valueInteger: 2_147_483_648 }, ['format Observation.valueInteger']],
  ['a decimal with a sign before 0', { 'valueQuantity.value': -0 }, []],
  ['a code with spaces', { 'code.coding.0.code': ' a' }, ['format Observation.code.coding[0].code']],
  ['a URI with spaces', { 'code.coding.0.system': 'a b' }, ['format Observation.code.coding[0].system']],
  ['an id that is none', { id: 'a_b' }, ['format Observation.id']],
  ['half a group of Base64', { valueQuantity: undefined, extension: [{ url: 'http://x.no/a', valueBase64Binary: 'QUJ' }] }, ['format Observation.extension[0].valueBase64Binary']],
  // http://hl7.org/fhir/R4/terminologies.html#required
  ['a status of no list', { status: 'done' }, ['required-code Observation.status']],
  ['a comparator of no list', { 'valueQuantity.comparator': '!=' }, ['required-code Observation.valueQuantity.comparator']],
  ['a concept with another code', { 'clinicalStatus.coding.0.code': 'cured' }, ['required-code AllergyIntolerance.clinicalStatus'], allergy],
  ['a concept of words', { clinicalStatus: { text: 'active' } }, ['required-code AllergyIntolerance.clinicalStatus'], allergy],
  ['a media type', { valueQuantity: undefined, extension: [{ url: 'http://x.no/a', valueAttachment: { contentType: 'pdf' } }] }, ['required-code Observation.extension[0].valueAttachment.contentType']],
  // http://hl7.org/fhir/R4/resource-definitions.html#Resource.language: limited to all languages, which are the tags of BCP 47
  ...['nb', 'nn-NO', 'no', 'se', 'en-GB', 'zh-Hant-TW', 'sl-rozaj-biske', 'de-CH-1996', 'x-own', 'en-a-bbb-x-a', 'i-klingon'].map((language): (typeof rows)[number] => [`the language ${language}`, { language }, []]),
  ...['zz-zz-', '-nb', 'nb_NO', 'n', 'nb--NO', 'norsk bokmål', '123', 'nb-NO-ninesigns'].map((language): (typeof rows)[number] => [`the language ${language}`, { language }, ['required-code Observation.language']]),
  // http://hl7.org/fhir/R4/references.html
  ['a reference to another type', { specimen: { reference: 'Patient/1' } }, ['reference-target Observation.specimen']],
  ['an absolute reference to another type', { specimen: { reference: 'https://x.no/fhir/Patient/1/_history/2' } }, ['reference-target Observation.specimen']],
  ['a type that contradicts the address', { specimen: { reference: 'Specimen/1', type: 'Patient' } }, ['reference-target Observation.specimen.type']],
  ['a type that is another', { specimen: { type: 'Patient', display: 'x' } }, ['reference-target Observation.specimen']],
  ['a reference of no known form', { specimen: { reference: 'urn:uuid:0b8f9d0e-7d2c-4c4d-9b0a-3d2f7f1f3a10' } }, []],
  ...['Device/1', 'Device/A-.9/_history/x', 'http://x.no/fhir/Device/1', 'https://user.x.no:8443/a/b', 'https://x.no/getres?id=5&t=Device', 'https://[::1]/Device/1', 'urn:oid:2.16.578.1', 'URN:UUID:0B8F9D0E-7D2C-4C4D-9B0A-3D2F7F1F3A10'].map((reference) => [`a reference ${reference}`, { device: { reference } }, []] satisfies Row),
  ...[
    'Device?identifier=x', 'Device/', 'Device', 'Device/../x', 'Device/..', 'Device/1/_history', 'Device/1/_history/..', 'Device/1/x', 'Device/a b', 'Device/a_b', 'Device/1?x=1', 'Device/1#x', `Device/${'a'.repeat(65)}`,
    '/Device/1', './Device/1', '//x.no/Device/1', 'device/1', 'Foo/1', 'Resource/1', 'DomainResource/1', 'HumanName/1', 'Device/1 ', ' Device/1', 'Device%2F1', 'Device\\1', '1', 'x',
    'javascript:alert(1)', 'data:text/html,x', 'mailto:a@x.no', 'ftp://x.no/Device/1', 'http:Device/1', 'http://', 'http:///Device/1', 'https://user:pw@x.no/Device/1', 'https://x.no/å', 'https://x.no/<b>', 'https://x.no/%zz', 'https://x.no/fhir/Device?identifier=x', 'urn:uuid:', 'urn:isbn:1',
  ].map((reference) => [`a reference ${reference}`, { device: { reference } }, ['reference-format Observation.device.reference']] satisfies Row),
  ['a reference in an extension and in a contained resource', { extension: [{ url: 'http://x.no/a', valueReference: { reference: 'Device/' } }], contained: [{ ...device, parent: { reference: 'Foo/1' } }], device: { reference: '#d' } }, ['reference-format Observation.extension[0].valueReference.reference', 'reference-format Observation.contained[0].parent.reference']],
  ['ref-1: a reference to nothing', { device: { reference: '#d' } }, ['ref-1 Observation.device.reference']],
  ['a reference to what is contained', { contained: [device], device: { reference: '#d' } }, []],
  ['a contained resource of another type', { contained: [device], specimen: { reference: '#d' } }, ['reference-target Observation.specimen']],
  // http://hl7.org/fhir/R4/domainresource.html
  ['dom-2: contained in contained', { contained: [{ ...device, contained: [{ ...device, id: 'e' }] }], device: { reference: '#d' } }, ['dom-2 Observation.contained[0].contained']],
  ['dom-3: a contained resource that nothing refers to', { contained: [device] }, ['dom-3 Observation.contained[0]']],
  ['dom-3: a contained resource that refers to the whole', { contained: [{ resourceType: 'Provenance', id: 'p', target: [{ reference: '#' }], recorded: '2026-01-12T09:00:00Z', agent: [{ who: { display: 'x' } }] }] }, []],
  ['dom-4: a version of a contained resource', { contained: [{ ...device, meta: { versionId: '1' } }], device: { reference: '#d' } }, ['dom-4 Observation.contained[0].meta']],
  ['dom-5: a label of a contained resource', { contained: [{ ...device, meta: { security: [{ code: 'R' }] } }], device: { reference: '#d' } }, ['dom-5 Observation.contained[0].meta.security']],
  ['contained of no type', { contained: [{ resourceType: 'Watch', id: 'd' }], device: { reference: '#d' } }, ['unknown-type Observation.contained[0].resourceType']],
  ['contained of a type that no service has', { contained: [{ resourceType: 'Substance', id: 's', code: {} }] }, ['empty Observation.contained[0].code', 'dom-3 Observation.contained[0]']],
  // http://hl7.org/fhir/R4/datatypes.html, extensibility.html, narrative.html and the pages of the resources
  ['per-1: a period that ends before it starts', { effectiveDateTime: undefined, effectivePeriod: { start: '2026-01-12', end: '2026-01-11' } }, ['per-1 Observation.effectivePeriod']],
  ['per-1: a period within a day', { effectiveDateTime: undefined, effectivePeriod: { start: '2026-01-12T23:00:00Z', end: '2026-01-13' } }, []],
  ['rng-2: a range from high to low', { referenceRange: [{ low: { value: 3 }, high: { value: 2 } }] }, []],
  ['rng-2: a range of a value', { valueQuantity: undefined, valueRange: { low: { value: 3 }, high: { value: 2 } } }, ['rng-2 Observation.valueRange']],
  ['qty-3: a code without a system', { 'valueQuantity.system': undefined }, ['qty-3 Observation.valueQuantity']],
  ['sqty-1: a limit with a comparator', { referenceRange: [{ low: { value: 3, comparator: '<' } }] }, ['sqty-1 Observation.referenceRange[0].low']],
  ['obs-3: a reference range of nothing', { referenceRange: [{ type: { text: 'x' } }] }, ['obs-3 Observation.referenceRange[0]']],
  ['obs-6: a value and why it is missing', { dataAbsentReason: { text: 'x' } }, ['obs-6 Observation']],
  ['obs-7: a component with the code of the whole', { component: [{ code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }] }, valueInteger: 2 }] }, ['obs-7 Observation']],
  ['ext-1: an extension with a value and extensions', { extension: [{ url: 'http://x.no/a', valueCode: 'b', extension: [{ url: 'c', valueCode: 'd' }] }] }, ['ext-1 Observation.extension[0]']],
  ['txt-1: a script in the narrative', { text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml"><script>x</script></div>' } }, ['txt-1 Observation.text.div']],
  ['txt-1: an event in the narrative', { text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml"><p onclick="x">y</p></div>' } }, ['txt-1 Observation.text.div']],
  ['txt-2: an empty narrative', { text: { status: 'empty', div: '<div xmlns="http://www.w3.org/1999/xhtml"> <p/></div>' } }, ['txt-1 Observation.text.div']],
  ['a narrative', { text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml"><p class=\'a\'>Pulse <b>62</b><br/></p></div>' } }, []],
  ['ait-1: no clinical status', { clinicalStatus: undefined }, ['ait-1 AllergyIntolerance'], allergy],
  // http://hl7.org/fhir/R4/resource.html#implicitRules, extensibility.html#modifierExtension
  ['implicit rules', { implicitRules: 'http://x.no/rules' }, ['implicit-rules Observation.implicitRules']],
  ['a modifier', { modifierExtension: [{ url: 'http://x.no/a', valueBoolean: true }] }, ['modifier-extension Observation.modifierExtension']],
]

for (const [what, change, faults, base = observation] of rows)
  test(`${what} ${faults.length > 0 ? `is refused: ${faults.join(', ')}` : 'is taken'}`, () => {
    assert.deepEqual(faultsOf(changed(base, change)), faults)
  })

test('an integer with a decimal point or an exponent is none, whatever its value', () => {
  for (const [text, isRefused] of [
    ['5', false],
    ['-5', false],
    ['5.0', true],
    ['5e0', true],
    ['-0', true],
    ['0', false],
  ] as const) {
    const sent = parseJson(
      JSON.stringify({ ...observation, valueQuantity: undefined, valueInteger: 1 }).replace('"valueInteger":1', `"valueInteger":${text}`),
    )
    assert.deepEqual(faultsOf(sent as SentBody), isRefused ? ['format Observation.valueInteger'] : [], text)
  }
})

test('a type that FHIR does not have is refused, and the names of JavaScript are none', () => {
  for (const resourceType of ['Watch', 'constructor', 'toString', '__proto__', 'Element', 'Resource', 'DomainResource', 'string'])
    assert.deepEqual(faultsOf({ resourceType }), [`unknown-type ${resourceType}.resourceType`], resourceType)
})

test('no text of a fault repeats what was sent', () => {
  const sent = changed(observation, {
    status: number,
    'code.coding.0.code': ` ${number}`,
    [number]: 'x',
    valueString: number,
    effectiveDateTime: number,
  })
  const faults = validator.validate(sent as unknown as Resource)
  assert.equal(faults.length, 5)
  for (const { text } of faults) assert.ok(!text.includes(number), text)
})

test('every type of FHIR R4 is compiled', () => {
  for (const type of ['Questionnaire', 'TestScript', 'StructureDefinition', 'ElementDefinition', 'ClaimResponse', 'Parameters'])
    assert.deepEqual(
      faultsOf({ resourceType: type }).filter((fault) => fault.startsWith('unknown-type')),
      type === 'ElementDefinition' ? ['unknown-type ElementDefinition.resourceType'] : [],
    )
})
