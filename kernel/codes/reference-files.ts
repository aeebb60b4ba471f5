/** The kinds of reference files, one row each, and the files that ship with Helsevev in `data/`. */
import { readFileSync } from 'node:fs'
import type { FileKind } from './read-rows.ts'

/** Organisation types, as migration 0002 allows them. */
export const organizationTypes = [
  'municipality',
  'health-trust',
  'regional-health-trust',
  'general-practice',
  'private-provider',
  'vendor',
  'other',
] as const
export type OrganizationType = (typeof organizationTypes)[number]

/** How much of a list is here, as CodeSystem.content of FHIR says it (http://hl7.org/fhir/R4/valueset-codesystem-content-mode.html). */
const codeSystemContents = ['complete', 'fragment', 'not-present'] as const

const URI = /^\S+$/
const CANONICAL = /^(urn:oid:[0-2](\.[0-9]+)+|https?:\/\/\S+)$/

/** The kinds of file, by the word the command takes. */
export const referenceFiles = {
  counties: {
    name: 'counties',
    key: ['number'],
    columns: [
      { name: 'number', required: true, matches: /^[0-9]{2}$/, expected: 'two digits, as in 03' },
      { name: 'name', required: true, expected: 'the name of the county' },
    ],
  },
  municipalities: {
    name: 'municipalities',
    key: ['number'],
    columns: [
      { name: 'number', required: true, matches: /^[0-9]{4}$/, expected: 'four digits with leading zero, as in 0301' },
      { name: 'name', required: true, expected: 'the name of the municipality' },
      { name: 'county', required: true, matches: /^[0-9]{2}$/, expected: 'the two digits of its county' },
      { name: 'language', oneOf: ['Bokmål', 'Nynorsk', 'Nøytral'], expected: 'Bokmål, Nynorsk or Nøytral, or nothing' },
    ],
  },
  population: {
    name: 'populations',
    key: ['municipality', 'counted'],
    columns: [
      { name: 'municipality', required: true, matches: /^[0-9]{4}$/, expected: 'four digits with leading zero, as in 0301' },
      {
        name: 'counted',
        required: true,
        matches: /^[12][0-9]{3}-(0[1-9]|1[0-2])-01$/,
        expected: 'the first day of a month, as in 2024-01-01',
      },
      { name: 'population', required: true, matches: /^[0-9]{1,8}$/, expected: 'a whole number, without spaces or points' },
      { name: 'source', required: true, expected: 'who counted, such as Statistisk sentralbyrå' },
    ],
  },
  organizations: {
    name: 'organizations',
    key: ['number'],
    columns: [
      // Test units at HelseID have numbers with a wrong check digit, so only the form is required.
      { name: 'number', required: true, matches: /^[0-9]{9}$/, expected: 'the nine digits of the organisation number, without spaces' },
      { name: 'name', required: true, expected: 'the name of the organisation' },
      { name: 'type', required: true, oneOf: organizationTypes, expected: `one of ${organizationTypes.join(', ')}` },
      { name: 'part_of', matches: /^[0-9]{9}$/, expected: 'the organisation number of the whole it is part of, or nothing' },
      { name: 'municipality', matches: /^[0-9]{4}$/, expected: 'a municipality number, or nothing' },
      { name: 'phone', matches: /^\+?[0-9 ]{3,20}$/, expected: 'a phone number of digits and spaces, or nothing' },
    ],
  },
  'code-systems': {
    name: 'code systems',
    key: ['system'],
    columns: [
      { name: 'system', required: true, matches: CANONICAL, expected: 'the canonical URI, urn:oid:… for a Volven list' },
      { name: 'name', required: true, expected: 'the name of the list' },
      { name: 'version', expected: 'the version, or nothing' },
      { name: 'content', oneOf: codeSystemContents, expected: `${codeSystemContents.join(', ')}, or nothing` },
      { name: 'source', required: true, expected: 'who publishes the list' },
    ],
  },
  codes: {
    name: 'codes',
    key: ['system', 'code'],
    columns: [
      { name: 'system', required: true, matches: CANONICAL, expected: 'the canonical URI of the list' },
      { name: 'code', required: true, matches: /^\S+( \S+)*$/, expected: 'the code, with no more than single spaces inside' },
      { name: 'display', required: true, expected: 'the name of the code' },
    ],
  },
  aliases: {
    name: 'aliases',
    key: ['alias'],
    columns: [
      { name: 'alias', required: true, matches: URI, expected: 'the other spelling of the URI' },
      { name: 'system', required: true, matches: CANONICAL, expected: 'the canonical URI it means' },
    ],
  },
  equivalences: {
    name: 'equivalences',
    key: ['concept', 'system', 'code'],
    columns: [
      { name: 'concept', required: true, matches: /^[a-z0-9-]+$/, expected: 'a word for the measurement, lower case with hyphens' },
      { name: 'system', required: true, matches: CANONICAL, expected: 'the canonical URI of the code system' },
      { name: 'code', required: true, matches: /^\S+$/, expected: 'the code, without spaces' },
      { name: 'source', required: true, expected: 'the profile or page that says so' },
    ],
  },
} as const satisfies Record<string, FileKind>

export type ReferenceFile = keyof typeof referenceFiles

/** The kinds in the order of import: each needs those before it. */
export const importOrder: readonly ReferenceFile[] = [
  'counties',
  'municipalities',
  'population',
  'organizations',
  'code-systems',
  'codes',
  'aliases',
  'equivalences',
]

/** The text of a shipped file; its first line names source and date. */
export function shippedFile(kind: ReferenceFile): string {
  return readFileSync(new URL(`./data/${kind}.csv`, import.meta.url), 'utf8')
}
