/**
 * A patient summary (docs/api/summary.md) as text in the language of the reader: headings in plain words, a line for each entry as the
 * summary has it with the plain name of an analysis first, and why a section is empty. Pure; summary-pdf.ts sets it on pages.
 */

import { identifierSystems } from '@helsevev/clinical/systems'
import { formatDate, type Language } from '@helsevev/ui/format.ts'
import type { Bundle, CodeableConcept, Composition, CompositionSection, Patient, Resource } from '@medplum/fhirtypes'
import { type LineContext, parentsFirst, parentsIn, type SummaryLine, specimensIn, summaryLineOf, unitsIn } from './summary-lines.ts'
import { type SectionCode, summaryWords } from './summary-words.ts'

export interface SummaryText {
  name?: string
  birthDate?: string
  /** Present only when it was asked for. */
  identityNumber?: string
  made: string
  sections: { title: string; lines: SummaryLine[]; notes: string[] }[]
}

const NOTHING = 'http://helsevev.no/fhir/CodeSystem/nothing'
const NOTICE = 'http://helsevev.no/fhir/StructureDefinition/summary-notice'
const numberSystems = new Set([identifierSystems.FNR, identifierSystems.DNR])

export interface SummaryOptions {
  language: Language
  withNumber: boolean
  /** Names of organisations by their numbers. */
  organizations: ReadonlyMap<string, string>
}

export function summaryText(bundle: Bundle, { language, withNumber, organizations }: SummaryOptions): SummaryText {
  const entries = bundle.entry ?? []
  const composition = entries
    .map(({ resource }) => resource)
    .find((resource): resource is Composition => resource?.resourceType === 'Composition')
  const patient = entries.map(({ resource }) => resource).find((resource): resource is Patient => resource?.resourceType === 'Patient')
  const byUrl = new Map(entries.map(({ fullUrl, resource }) => [fullUrl, resource]))
  const resources = entries.map(({ resource }) => resource)
  const context = {
    ...{ language, organizations },
    ...{ parents: parentsIn(resources), specimens: specimensIn(resources), units: unitsIn(resources) },
  }
  const [written] = patient?.name ?? []
  const name = written?.text ?? [...(written?.given ?? []), written?.family ?? ''].join(' ').trim()
  const number = withNumber ? patient?.identifier?.find(({ system }) => numberSystems.has(system ?? ''))?.value : undefined
  return {
    ...(name ? { name } : {}),
    ...(patient?.birthDate ? { birthDate: formatDate(patient.birthDate, language) } : {}),
    ...(number ? { identityNumber: number } : {}),
    made: composition?.date ?? bundle.timestamp ?? '',
    sections: (composition?.section ?? []).map((section) => sectionText(section, byUrl, context)),
  }
}

function sectionText(section: CompositionSection, byUrl: ReadonlyMap<string | undefined, Resource | undefined>, context: LineContext) {
  const { language } = context
  const words = summaryWords[language]
  const code = section.code?.coding?.[0]?.code ?? ''
  // The first entries are those of the lines; further sources of the same facts follow, without a line.
  const generated = linesIn(section.text?.div ?? '')
  const entries = generated.map((line, at) => ({ line, resource: byUrl.get(section.entry?.[at]?.reference) }))
  const lines = parentsFirst(entries, context.parents).map(({ resource, line }) => summaryLineOf(resource, line, context))
  return {
    title: words.section[code as SectionCode] ?? section.title ?? '',
    lines,
    notes: [...new Set(concepts(section).flatMap((concept) => noteOf(concept, language, lines.length > 0)))],
  }
}

/** The summary states why something is missing in an emptyReason, or in a notice on a section that has entries. */
function concepts({ emptyReason, extension = [] }: CompositionSection): CodeableConcept[] {
  const notices = extension.flatMap(({ url, valueCodeableConcept }) =>
    url === NOTICE && valueCodeableConcept ? [valueCodeableConcept] : [],
  )
  return emptyReason ? [emptyReason, ...notices] : notices
}

/** Where there are lines, another service that has nothing is no news. */
function noteOf({ coding = [] }: CodeableConcept, language: Language, hasLines: boolean): string[] {
  const { note } = summaryWords[language]
  const own = coding
    .filter(({ system }) => system === NOTHING)
    .flatMap(({ code }) => (code && Object.hasOwn(note, code) ? [note[code as keyof typeof note]] : []))
  if (hasLines && coding.some(({ system, code }) => system === NOTHING && (code === 'none' || code === 'unknown'))) return []
  if (own.length > 0) return own
  return coding.some(({ code }) => code === 'withheld') ? [note.withheld] : [note.unavailable]
}

const entities: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" }

/** The lines of the generated text. Our own server makes it, with five entities and no markup inside a line. */
function linesIn(div: string): string[] {
  return [...div.matchAll(/<li>([^<]*)<\/li>/g)].map(([, line = '']) =>
    line.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => entities[entity] ?? entity),
  )
}
