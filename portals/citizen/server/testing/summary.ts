/** A patient summary as the API answers it, with the sections that a test states. */
import { hl7, identifierSystems, LOINC, NLK } from '@helsevev/clinical/systems'
import type { Bundle, CompositionSection, Resource } from '@medplum/fhirtypes'

interface Section {
  code: string
  /** Escaped, as in the generated text. */
  lines: string[]
  /** Codes of the Norwegian laboratory code system, one for each line; lines without a code are not Observations. */
  codes: string[]
  /** What each line is about, in place of what its code gives. */
  resources?: Resource[]
  /** A notice next to the lines. */
  notice?: string
  empty?: { code: string; own: string[] }
}

export function summaryOf(sections: Section[]): Bundle {
  const entryOf = (section: Section, at: number) => ({
    fullUrl: `https://helsevev.example/${section.code}/${at}`,
    resource:
      section.resources?.[at] ??
      (section.codes[at]
        ? {
            resourceType: 'Observation' as const,
            status: 'final' as const,
            code: { coding: [{ system: NLK, code: section.codes[at] }] },
          }
        : { resourceType: 'AllergyIntolerance' as const, patient: {} }),
  })
  return {
    resourceType: 'Bundle',
    type: 'document',
    timestamp: '2026-11-25T12:00:00Z',
    entry: [
      {
        resource: {
          resourceType: 'Composition',
          status: 'final',
          type: { coding: [{ system: LOINC, code: '60591-5' }] },
          date: '2026-11-25T12:00:00Z',
          author: [],
          title: 'Patient summary',
          section: sections.map(sectionOf),
        },
      },
      {
        resource: {
          resourceType: 'Patient',
          name: [{ family: 'Testesen', given: ['Ola'] }],
          birthDate: '1950-01-05',
          identifier: [{ system: identifierSystems.FNR, value: '14835010067' }],
        },
      },
      ...sections.flatMap((section) => section.lines.map((_, at) => entryOf(section, at))),
    ],
  }
}

function sectionOf({ code, lines, empty, notice }: Section): CompositionSection {
  const div = `<div xmlns="http://www.w3.org/1999/xhtml"><ul>${lines.map((line) => `<li>${line}</li>`).join('')}</ul></div>`
  return {
    title: 'Section',
    code: { coding: [{ system: LOINC, code }] },
    text: { status: 'generated', div },
    ...(lines.length > 0 ? { entry: lines.map((_, at) => ({ reference: `https://helsevev.example/${code}/${at}` })) } : {}),
    ...(notice
      ? {
          extension: [
            {
              url: 'http://helsevev.no/fhir/StructureDefinition/summary-notice',
              valueCodeableConcept: { coding: [{ system: 'http://helsevev.no/fhir/CodeSystem/nothing', code: notice }] },
            },
          ],
        }
      : {}),
    ...(empty
      ? {
          emptyReason: {
            coding: [
              { system: hl7('list-empty-reason'), code: empty.code },
              ...empty.own.map((own) => ({ system: 'http://helsevev.no/fhir/CodeSystem/nothing', code: own })),
            ],
          },
        }
      : {}),
  }
}
