/**
 * A patient summary as a FHIR document in the shape of the International Patient Summary (http://hl7.org/fhir/uv/ips): a Composition, and
 * the resources that its sections refer to. The module is pure: the caller passes in what was found and what was not. docs/api/summary.md
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
import type { Codes } from '../../codes/codes.ts'
import { LOINC_SYSTEM } from '../../codes/systems.ts'
import { NOTHING_SYSTEM } from '../../fhir/outcome.ts'
import type { SummaryContribution } from '../../fhir/service.ts'
import { SUMMARY_DOCUMENT, type SummarySection, summarySections } from '../../fhir/summary-sections.ts'
import { linked as relinked } from './document-links.ts'
import { inIps, type ObservationCategory } from './ips-shape.ts'
import { summaryLine } from './summary-line.ts'

/** States in a section what is known and not shown, or is not known. The section has entries as well, or only these notices. */
const SUMMARY_NOTICE = 'http://helsevev.no/fhir/StructureDefinition/summary-notice'
const EMPTY_REASON = 'http://terminology.hl7.org/CodeSystem/list-empty-reason'

interface Found {
  fullUrl: string
  resource: Resource
}

export interface Contributed {
  /** The name of the service, for a section that several fill. */
  service: string
  contribution: SummaryContribution
  /** What was found, by the fact that it states; most facts have one source. */
  facts: (readonly Found[])[]
  /** What those refer to in their service: who performed, which specimen, the results of a group. */
  linked: readonly Found[]
  /** What is not shown and why, in the words that a search would use. */
  issues: OperationOutcomeIssue[]
}

export interface SummaryParts {
  id: string
  now: Date
  patient: Patient
  baseUrl: string
  codes: Codes
  contributed: readonly Contributed[]
  urn: () => string
}

export function summaryBundle({ id, now, patient, contributed, urn, baseUrl, codes }: SummaryParts): Bundle {
  const urls = { patient: urn(), device: urn(), composition: urn() }
  const at = now.toISOString()
  const section = sectionNames.flatMap((name) => sectionOf(name, contributed, codes))
  // A resource that a service gives to two sections is one entry. What a section shows comes before what it refers to.
  const once = new Map<string, Resource>()
  const add = ({ contribution }: Contributed, found: readonly Found[]) => {
    for (const { fullUrl, resource } of found)
      if (!once.has(fullUrl)) once.set(fullUrl, inIps(withSubject(resource, urls.patient), categoryOf(contribution, resource)))
  }
  for (const one of contributed) add(one, one.facts.flat())
  for (const one of contributed) add(one, one.linked)
  const known = new Map<string, Resource>([...once, [urls.patient, patient]])
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
      { fullUrl: urls.patient, resource: inIps(patient) },
      {
        fullUrl: urls.device,
        resource: { resourceType: 'Device', deviceName: [{ name: 'Helsevev', type: 'other' }], url: baseUrl },
      },
      ...([...once].map(([fullUrl, resource]) => ({ fullUrl, resource: relinked(resource, fullUrl, known) })) as BundleEntry[]),
    ],
  }
}

function categoryOf({ category }: SummaryContribution, resource: Resource): ObservationCategory | undefined {
  return resource.resourceType === 'Observation' ? category?.(resource) : undefined
}

const sectionNames = Object.keys(summarySections) as SummarySection[]

function sectionOf(name: SummarySection, all: readonly Contributed[], codes: Codes): CompositionSection[] {
  const { system = LOINC_SYSTEM, code, display, title, required } = summarySections[name]
  const contributed = all.filter(({ contribution }) => contribution.section === name)
  const facts = contributed.flatMap((one) => one.facts)
  // The entries of the lines in their order, and then the further sources of the same facts.
  const entry = [...facts.flatMap(([first]) => first ?? []), ...facts.flatMap(([, ...others]) => others)].map(({ fullUrl }) => ({
    reference: fullUrl,
  }))
  const issues = oneKindOfNothing(contributed, entry.length > 0)
  if (contributed.length === 0) issues.push(...(required ? [noService] : []))
  const isQuiet = entry.length === 0 && issues.every((issue) => isQuietly(issue))
  if (!required && isQuiet) return []
  const lines = contributed.flatMap((one) => one.facts.flatMap((fact) => lineOf(one.contribution, fact, codes)))
  const notices = issues.map(({ details }) => details?.text ?? '')
  const common = {
    title,
    code: { coding: [{ system, code, display }] },
    text: { status: 'generated' as const, div: narrative(lines, notices) },
  }
  if (entry.length === 0) return [{ ...common, emptyReason: emptyReason(issues) }]
  const extension = issues.flatMap(({ details }): Extension[] => (details ? [{ url: SUMMARY_NOTICE, valueCodeableConcept: details }] : []))
  return [{ ...common, ...(extension.length > 0 ? { extension } : {}), entry }]
}

function lineOf({ line = summaryLine, shown }: SummaryContribution, [first, ...others]: readonly Found[], codes: Codes): string[] {
  if (!first) return []
  const text = line(shown?.(first.resource, codes) ?? first.resource, codes)
  return [others.length > 0 ? `${text} (${others.length + 1} sources)` : text]
}

/** No information service here holds this. That does not mean that there is nothing. */
const noService: OperationOutcomeIssue = {
  severity: 'information',
  code: 'informational',
  details: {
    coding: [{ system: NOTHING_SYSTEM, code: 'no-service' }],
    text: 'No information service here holds this. That says nothing about whether there is anything.',
  },
}

/** Whether there is nothing and nothing is hidden. Such a section is left out when it is not required. */
function isQuietly(issue: OperationOutcomeIssue): boolean {
  return hasCode(issue, ['none', 'unknown'])
}

/**
 * `withheld` when something is hidden, `unavailable` otherwise. Never `nilknown`: when nothing is registered here, no one has judged that
 * there is nothing.
 */
function emptyReason(issues: readonly OperationOutcomeIssue[]): CodeableConcept {
  const hides = issues.some(({ code }) => code === 'suppressed' || code === 'forbidden')
  const reason = hides ? { code: 'withheld', display: 'Information Withheld' } : { code: 'unavailable', display: 'Unavailable' }
  const own = issues.flatMap(({ details }) => details?.coding ?? [])
  return { coding: [{ system: EMPTY_REASON, ...reason }, ...own], text: issues.map(({ details }) => details?.text ?? '').join(' ') }
}

/**
 * What is stated of nothing in a section that several services fill: one kind. Where one service has entries, or withholds something,
 * another in which nothing is found says nothing; of two that found nothing, the less certain one speaks. A notice that is not true of
 * every service of the section begins with the name of its own.
 */
function oneKindOfNothing(contributed: readonly Contributed[], hasEntries: boolean): OperationOutcomeIssue[] {
  const services = new Map<string, string[]>()
  for (const { service, issues } of contributed)
    services.set(service, [...(services.get(service) ?? []), ...issues.map((issue) => JSON.stringify(issue))])
  const all = distinct(contributed.flatMap(({ service, issues }) => issues.map((issue) => named(service, issue, services))))
  const quiet = all.filter(isQuietly)
  const loud = all.filter((issue) => !quiet.includes(issue))
  const unknown = quiet.filter((issue) => hasCode(issue, ['unknown']))
  return [...loud, ...(hasEntries || loud.some(saysWithheld) ? [] : (unknown.length > 0 ? unknown : quiet).slice(0, 1))]
}

function named(service: string, issue: OperationOutcomeIssue, services: ReadonlyMap<string, readonly string[]>): OperationOutcomeIssue {
  const text = JSON.stringify(issue)
  const isCommon = [...services.values()].every((issues) => issues.includes(text))
  if (isCommon || !saysWithheld(issue)) return issue
  return { ...issue, details: { ...issue.details, text: `${service}: ${issue.details?.text ?? ''}` } }
}

function saysWithheld(issue: OperationOutcomeIssue): boolean {
  return issue.code === 'suppressed' || issue.code === 'forbidden' || hasCode(issue, ['own-only'])
}

function hasCode({ details }: OperationOutcomeIssue, codes: readonly string[]): boolean {
  return details?.coding?.some(({ system, code }) => system === NOTHING_SYSTEM && codes.includes(code ?? '')) ?? false
}

function distinct(issues: readonly OperationOutcomeIssue[]): OperationOutcomeIssue[] {
  return [...new Map(issues.map((issue) => [JSON.stringify(issue), issue])).values()]
}

function narrative(lines: readonly string[], notices: readonly string[]): string {
  const list = lines.length > 0 ? `<ul>${lines.map((line) => `<li>${escaped(line)}</li>`).join('')}</ul>` : ''
  return `<div xmlns="http://www.w3.org/1999/xhtml">${list}${notices.map((text) => `<p>${escaped(text)}</p>`).join('')}</div>`
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Text that a sender wrote stays text, and never becomes markup. Control characters are not allowed in XML. */
function escaped(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, ' ').replaceAll(/[&<>"']/g, (character) => entities[character] ?? '')
}

/** In a document the patient is an entry, and the resources about the patient refer to it. */
function withSubject(resource: Resource, patientUrl: string): Resource {
  const changed = { ...resource } as Resource & Record<'subject' | 'patient', object | undefined>
  for (const element of ['subject', 'patient'] as const) {
    if (changed[element] !== undefined) changed[element] = { ...changed[element], reference: patientUrl }
  }
  return changed
}
