/**
 * A patient summary (docs/api/summary.md) as text in the language of the reader: headings in plain words, a line for each entry as the
 * summary has it with the plain name of an analysis first, and why a section is empty. Pure; summary-pdf.ts sets it on pages.
 */

import { identifierSystems, NLK } from '@helsevev/clinical/systems'
import { plainNameOf } from '@helsevev/service-test-results/plain-names'
import { formatDate, type Language } from '@helsevev/ui/format.ts'
import type { Bundle, CodeableConcept, Composition, CompositionSection, Observation, Patient, Resource } from '@medplum/fhirtypes'
import { type SectionCode, summaryWords } from './summary-words.ts'

export interface SummaryText {
  name?: string
  birthDate?: string
  /** Present only when it was asked for. */
  identityNumber?: string
  made: string
  sections: { title: string; lines: string[]; notes: string[] }[]
}

const NOTHING = 'http://helsevev.no/fhir/CodeSystem/nothing'
const NOTICE = 'http://helsevev.no/fhir/StructureDefinition/summary-notice'
const numberSystems = new Set([identifierSystems.FNR, identifierSystems.DNR])

export function summaryText(bundle: Bundle, language: Language, withNumber: boolean): SummaryText {
  const entries = bundle.entry ?? []
  const composition = entries
    .map(({ resource }) => resource)
    .find((resource): resource is Composition => resource?.resourceType === 'Composition')
  const patient = entries.map(({ resource }) => resource).find((resource): resource is Patient => resource?.resourceType === 'Patient')
  const byUrl = new Map(entries.map(({ fullUrl, resource }) => [fullUrl, resource]))
  const [written] = patient?.name ?? []
  const name = written?.text ?? [...(written?.given ?? []), written?.family ?? ''].join(' ').trim()
  const number = withNumber ? patient?.identifier?.find(({ system }) => numberSystems.has(system ?? ''))?.value : undefined
  return {
    ...(name ? { name } : {}),
    ...(patient?.birthDate ? { birthDate: formatDate(patient.birthDate, language) } : {}),
    ...(number ? { identityNumber: number } : {}),
    made: composition?.date ?? bundle.timestamp ?? '',
    sections: (composition?.section ?? []).map((section) => sectionText(section, byUrl, language)),
  }
}

function sectionText(section: CompositionSection, byUrl: ReadonlyMap<string | undefined, Resource | undefined>, language: Language) {
  const words = summaryWords[language]
  const code = section.code?.coding?.[0]?.code ?? ''
  // The first entries are those of the lines; further sources of the same facts follow, without a line.
  const generated = linesIn(section.text?.div ?? '')
  const lines = generated.map((line, at) => entryLine(byUrl.get(section.entry?.[at]?.reference), line, language))
  return {
    title: words.section[code as SectionCode] ?? section.title ?? '',
    lines,
    notes: [...new Set(concepts(section).flatMap((concept) => noteOf(concept, language)))],
  }
}

/** The summary states why something is missing in an emptyReason, or in a notice on a section that has entries. */
function concepts({ emptyReason, extension = [] }: CompositionSection): CodeableConcept[] {
  const notices = extension.flatMap(({ url, valueCodeableConcept }) =>
    url === NOTICE && valueCodeableConcept ? [valueCodeableConcept] : [],
  )
  return emptyReason ? [emptyReason, ...notices] : notices
}

function noteOf({ coding = [] }: CodeableConcept, language: Language): string[] {
  const { note } = summaryWords[language]
  const own = coding
    .filter(({ system }) => system === NOTHING)
    .flatMap(({ code }) => (code && Object.hasOwn(note, code) ? [note[code as keyof typeof note]] : []))
  if (own.length > 0) return own
  return coding.some(({ code }) => code === 'withheld') ? [note.withheld] : [note.unavailable]
}

/** The summary's own line after the plain name of an analysis, with dates and decimals in the reader's language. */
function entryLine(resource: Resource | undefined, line: string, language: Language): string {
  const localized = line
    .replace(/\b\d{4}-\d{2}-\d{2}\b/g, (date) => formatDate(date, language))
    .replace(/ \((\d+) sources\)$/, (_, count: string) => ` (${summaryWords[language].sources.replace('{count}', count)})`)
    .replace(/(: [<>≤≥]*\d+)\.(\d+)/g, language === 'en' ? '$1.$2' : '$1,$2')
  const coding = resource?.resourceType === 'Observation' ? (resource as Observation).code?.coding : undefined
  const code = coding?.find(({ system }) => system === NLK)?.code
  const plain = code === undefined ? undefined : plainNameOf({ code, name: '' }, language)
  return plain ? `${plain} – ${localized}` : localized
}

const entities: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" }

/** The lines of the generated text. Our own server makes it, with five entities and no markup inside a line. */
function linesIn(div: string): string[] {
  return [...div.matchAll(/<li>([^<]*)<\/li>/g)].map(([, line = '']) =>
    line.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => entities[entity] ?? entity),
  )
}
