/**
 * A patient summary as a FHIR document in the shape of the International Patient Summary (http://hl7.org/fhir/uv/ips): a Composition, and what its
 * sections point to. Pure: what was found and what was not comes in. docs/api/summary.md
 */
import type {
  Bundle,
  BundleEntry,
  CodeableConcept,
  CompositionSection,
  Extension,
  OperationOutcomeIssue,
  Patient,
  Resource,
} from '@medplum/fhirtypes'
import { NOTHING_SYSTEM } from '../../fhir/outcome.ts'
import type { SummaryContribution } from '../../fhir/service.ts'
import { SUMMARY_DOCUMENT, type SummarySection, summarySections } from '../../fhir/summary-sections.ts'
import { summaryLine } from './summary-line.ts'

/** What is known of it and not shown, or not known: told in the section, beside what is there or in the place of it. */
const SUMMARY_NOTICE = 'http://helsevev.no/fhir/StructureDefinition/summary-notice'
const EMPTY_REASON = 'http://terminology.hl7.org/CodeSystem/list-empty-reason'

export interface Contributed {
  contribution: SummaryContribution
  found: { fullUrl: string; resource: Resource }[]
  /** What is not shown and why, as a search would say it. */
  issues: OperationOutcomeIssue[]
}

export interface SummaryParts {
  id: string
  now: Date
  patient: Patient
  baseUrl: string
  contributed: readonly Contributed[]
  urn: () => string
}

export function summaryBundle({ id, now, patient, contributed, urn, baseUrl }: SummaryParts): Bundle {
  const urls = { patient: urn(), device: urn(), composition: urn() }
  const at = now.toISOString()
  const section = sectionNames.flatMap((name) => sectionOf(name, contributed))
  const entries = contributed
    .flatMap(({ found }) => found)
    .map(({ fullUrl, resource }) => ({ fullUrl, resource: withSubject(resource, urls.patient) }))
  // What a service gives to two sections is one entry.
  const once = [...new Map(entries.map((entry) => [entry.fullUrl, entry])).values()]
  return {
    resourceType: 'Bundle',
    identifier: { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${id}` },
    type: 'document',
    timestamp: at,
    entry: [
      {
        fullUrl: urls.composition,
        resource: {
          resourceType: 'Composition',
          status: 'final',
          type: { coding: [SUMMARY_DOCUMENT] },
          subject: { reference: urls.patient },
          date: at,
          author: [{ reference: urls.device }],
          title: 'Patient summary',
          section,
        },
      },
      { fullUrl: urls.patient, resource: patient },
      {
        fullUrl: urls.device,
        resource: { resourceType: 'Device', deviceName: [{ name: 'Helsevev', type: 'other' }], url: baseUrl },
      },
      ...(once as BundleEntry[]),
    ],
  }
}

const sectionNames = Object.keys(summarySections) as SummarySection[]

function sectionOf(name: SummarySection, all: readonly Contributed[]): CompositionSection[] {
  const { code, display, title, required } = summarySections[name]
  const contributed = all.filter(({ contribution }) => contribution.section === name)
  const entry = contributed.flatMap(({ found }) => found.map(({ fullUrl }) => ({ reference: fullUrl })))
  const issues = distinct(contributed.flatMap((one) => one.issues))
  if (contributed.length === 0) issues.push(...(required ? [noService] : []))
  const isQuiet = entry.length === 0 && issues.every((issue) => isQuietly(issue))
  if (!required && isQuiet) return []
  const lines = contributed.flatMap(({ contribution, found }) =>
    found.map(({ resource }) => contribution.line?.(resource) ?? summaryLine(resource)),
  )
  const said = issues.map(({ details }) => details?.text ?? '')
  const common = {
    title,
    code: { coding: [{ system: 'http://loinc.org', code, display }] },
    text: { status: 'generated' as const, div: narrative(lines, said) },
  }
  if (entry.length === 0) return [{ ...common, emptyReason: emptyReason(issues) }]
  const extension = issues.flatMap(({ details }): Extension[] => (details ? [{ url: SUMMARY_NOTICE, valueCodeableConcept: details }] : []))
  return [{ ...common, ...(extension.length > 0 ? { extension } : {}), entry }]
}

/** No information service here holds it: not that there is nothing. */
const noService: OperationOutcomeIssue = {
  severity: 'information',
  code: 'informational',
  details: {
    coding: [{ system: NOTHING_SYSTEM, code: 'no-service' }],
    text: 'No information service here holds this. That says nothing about whether there is anything.',
  },
}

/** Nothing there, and nothing hidden: a section that is not required is left out. */
function isQuietly({ details }: OperationOutcomeIssue): boolean {
  return details?.coding?.some(({ system, code }) => system === NOTHING_SYSTEM && (code === 'none' || code === 'unknown')) ?? false
}

/**
 * `withheld` when somebody hides something, `unavailable` otherwise. Never `nilknown`: that nothing is registered here is nobody's judgement that
 * there is nothing.
 */
function emptyReason(issues: readonly OperationOutcomeIssue[]): CodeableConcept {
  const hides = issues.some(({ code }) => code === 'suppressed' || code === 'forbidden')
  const reason = hides ? { code: 'withheld', display: 'Information Withheld' } : { code: 'unavailable', display: 'Unavailable' }
  const own = issues.flatMap(({ details }) => details?.coding ?? [])
  return { coding: [{ system: EMPTY_REASON, ...reason }, ...own], text: issues.map(({ details }) => details?.text ?? '').join(' ') }
}

function distinct(issues: readonly OperationOutcomeIssue[]): OperationOutcomeIssue[] {
  return [...new Map(issues.map((issue) => [JSON.stringify(issue), issue])).values()]
}

function narrative(lines: readonly string[], said: readonly string[]): string {
  const list = lines.length > 0 ? `<ul>${lines.map((line) => `<li>${escaped(line)}</li>`).join('')}</ul>` : ''
  return `<div xmlns="http://www.w3.org/1999/xhtml">${list}${said.map((text) => `<p>${escaped(text)}</p>`).join('')}</div>`
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Text that a sender wrote is text here too; control characters have no place in XML. */
function escaped(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, ' ').replaceAll(/[&<>"']/g, (character) => entities[character] ?? '')
}

/** In a document the patient is an entry, and what is about the patient points to it. */
function withSubject(resource: Resource, patientUrl: string): Resource {
  const changed = { ...resource } as Resource & Record<'subject' | 'patient', object | undefined>
  for (const element of ['subject', 'patient'] as const) {
    if (changed[element] !== undefined) changed[element] = { ...changed[element], reference: patientUrl }
  }
  return changed
}
