/**
 * One Svarrapport as a record set: a DiagnosticReport with its results, specimens, requisition and people. The report is identified by its
 * number at the laboratory; GenDate shows which version it is (NILAR's mapping; domain: dates and version rules). Names, sex, birth date
 * and addresses are not converted.
 */

import { hash } from 'node:crypto'
import { fhirDateTime, instantOf, latestOf } from '@helsevev/clinical/kith/date'
import { decodeXml } from '@helsevev/clinical/kith/decode'
import { readXml } from '@helsevev/clinical/kith/read-xml'
import { removeIdentityNumbers, uuidOf } from '@helsevev/clinical/kith/remove-identity-numbers'
import { volven } from '@helsevev/clinical/systems'
import { DELAYED, RELEASE_SYSTEM } from '@helsevev/kernel/codes/release-codes'
import type { AdapterContext, DescribedPatient, RecordSet, SetEntry, Unattached } from '@helsevev/kernel/fhir/service'
import { RELEASE_DATE_URL } from '@helsevev/kernel/fhir/write/release'
import { type Issue, isProblem, problemWith, type Result } from '@helsevev/kernel/problem/problem'
import { identityNumberSystems, parseIdentityNumber } from '@helsevev/kernel/values/identity-number'
import type { DiagnosticReport, Extension, Meta, PractitionerRole, Resource, ServiceRequest, Specimen } from '@medplum/fhirtypes'
import { dateExtension, extensionUrls, identifierSources } from '../fhir/extensions.ts'
import { DISCIPLINE_SYSTEM, disciplineOf } from '../model/discipline.ts'
import { releaseDelayDays } from '../model/release-delay.ts'
import { flag, TEST_REFUSED } from '../model/rules.ts'
import { reportStatus, standingOf } from '../model/status.ts'
import { codingOf, conceptOf } from './coded.ts'
import { observationsOf, type ReportContext } from './observations.ts'
import { laboratoryOf, localCodesOf, organizationOf, practitionerRoleOf } from './parties.ts'
import { type AnalysedSubject, type HealthcareParty, isDocument, readSvarrapport, type Svarrapport } from './svarrapport.ts'

/** An entry with the flags of its part alone. */
type Entry = SetEntry & { issues: Issue[] }

/** `not-xml` and `invalid-resource` when it cannot be read as a Svarrapport. */
export function convertKithReport(octets: Buffer, context: Pick<AdapterContext, 'patient' | 'production'>): Result<RecordSet | Unattached> {
  const { text, declared } = decodeXml(octets)
  const root = readXml(text, isDocument)
  if (isProblem(root)) return root
  const report = readSvarrapport(root)
  if (isProblem(report)) return report
  if (context.production === true && isTest(report)) return problemWith('invalid-resource', [{ ...refusedTest }])
  const found: Issue[] = declared === undefined ? [] : [flag('encoding-declared-wrongly', 'Message')]
  const patient = context.patient ?? patientOf(report)
  if ('kind' in patient) return patient
  return recordSetOf(report, patient, found, hash('sha256', octets))
}

/** The patient of the message, or why the patient cannot be looked up. */
function patientOf({ patient, reportId, generated }: Svarrapport): RecordSet['patient'] | Unattached {
  const { identityNumber: number, type, another } = patient
  const label = `ServProvId ${reportId ?? '-'}, GenDate ${generated ?? '-'}`
  const nobody = (reason: string, text: string): Unattached => ({ kind: 'unattached', reason, text, label })
  if (!number) return nobody('no-identity-number', 'The message has no OffId.')
  if (another) return nobody('more-than-one-person', 'The message names more than one person. Send a message for each.')
  const kind = type === undefined ? parseIdentityNumber(number)?.kind : type
  if (kind !== 'FNR' && kind !== 'DNR' && kind !== 'FHN')
    return nobody(
      'identity-not-national',
      `OffId is of the type ${/^\w{2,4}$/.test(String(kind)) ? kind : 'unknown'}, which names nobody outside the sender.`,
    )
  if (!/^\d{11}$/.test(number)) return nobody('identity-number-invalid', 'OffId is not eleven digits.')
  return { system: identityNumberSystems[kind], value: number }
}

function recordSetOf(report: Svarrapport, patient: RecordSet['patient'], found: Issue[], digest: string): Result<RecordSet | Unattached> {
  const issued = fhirDateTime(report.issued)
  const generated = fhirDateTime(report.generated)
  if (!generated) found.push(flag('generation-time-missing', 'Message.GenDate'))
  if (report.issued !== undefined && !issued) found.push(flag('report-date-invalid', 'ServReport.IssueDate'))
  const made = generated ?? issued
  const version = instantOf(made)
  if (!made || !version)
    return {
      kind: 'unattached',
      reason: 'no-time',
      text: 'Neither GenDate nor IssueDate is a time, so the version of the report is unknown. Send GenDate.',
      label: `ServProvId ${report.reportId ?? '-'}`,
    }
  const laboratory = laboratoryOf(report.provider)
  if (!laboratory) found.push(flag('laboratory-not-identified', 'ServReport.ServProvider'))
  const differs = report.patient.another || describesAnother(report.patient, patient.value)
  if (differs) found.push(flag('patient-differs', 'ServReport.Patient'))
  if (isTest(report)) found.push(flag('test-message', 'Message.Status'))
  if (!report.reportId) found.push(flag('report-id-missing', 'ServReport.ServProvId'))
  if (report.kept.length > 0) found.push(flag('element-kept-as-note', 'ServReport'))
  if (report.attachments > 0) found.push(flag('attachment-left-out', 'ServReport.RefDoc'))
  const key = `${laboratory ?? ''}|${report.reportId ?? `message ${report.messageId ?? digest}`}`
  const status = reportStatus(report.status, report.serviceType)
  if (status === 'unknown') found.push(flag('report-status-unknown', 'ServReport.Status'))
  if (report.decided.byName.length > 0) found.push(flag('code-read-by-name', 'ServReport'))
  if (report.decided.unknown.length > 0) found.push(flag('code-not-known', 'ServReport'))
  const told = [...(differs ? [ANOTHER] : []), ...(isTest(report) ? [ONLY_A_TEST] : [])]
  const entries = entriesOf({ ...report, comments: [...told, ...report.comments] }, { key, status, made, issued: issued ?? made, found })
  for (const { resource, issues } of entries)
    removeIdentityNumbers([resource], patient.value, (place) => issues.push(flag('identity-number-removed', place)))
  for (const { resource } of entries)
    if (resource.resourceType !== 'PractitionerRole') Object.assign(resource, { subject: { identifier: patient } })
  delayRelease(entries, report.discipline?.code)
  const latest = latestOf(generated === undefined ? report.issued : report.generated)
  for (const entry of entries) entry.issues = distinctIssues(entry.issues)
  const issues = distinctIssues(found)
  return {
    kind: 'record-set',
    patient,
    key,
    version,
    ...(latest ? { latest } : {}),
    rank: `${standingOf(status)}|${report.messageId ?? ''}|${digest}`,
    entries,
    issues,
    described: { ...describedIn(report.patient), differs: () => (differs ? undefined : markAnother(entries, issues)) },
  }
}

function distinctIssues(found: readonly Issue[]): Issue[] {
  return [...new Map(found.map((issue) => [`${issue.code}|${issue.expression}`, issue])).values()]
}

function describedIn({ name, birthDate, sex }: Svarrapport['patient']): DescribedPatient {
  const day = /^\d{4}-\d{2}-\d{2}(?=$|T)/.exec(birthDate ?? '')?.[0]
  return {
    ...(name === undefined ? {} : { name }),
    ...(day === undefined ? {} : { birthDate: day }),
    ...(sex === '1' ? { gender: 'male' } : sex === '2' ? { gender: 'female' } : {}),
  }
}

/** The report says so to its readers, and has the flag. */
function markAnother([head]: readonly Entry[], issues: Issue[]): void {
  const report = head?.resource as DiagnosticReport | undefined
  if (report) report.extension = [{ url: extensionUrls.comment, valueString: ANOTHER }, ...(report.extension ?? [])]
  issues.push(flag('patient-differs', 'ServReport.Patient'))
}

function isTest({ kind }: Svarrapport): boolean {
  return kind?.trim().toUpperCase() === 'TEST'
}

const refusedTest: Issue = {
  severity: 'error',
  type: 'business-rule',
  ...TEST_REFUSED,
  expression: 'Message.Status',
}

/** Shown with the report, in the language of its other comments. */
const ANOTHER =
  'Navn, fødselsdato eller kjønn i meldingen er ikke det som er registrert på fødselsnummeret. Kontroller at svaret gjelder rett person.'

const ONLY_A_TEST = 'Testmelding: avsender har merket meldingen TEST. Svaret skal ikke brukes i behandling.'

/** Whether the birth date or the sex that the message states is not that of the number: ddMMyy, and the ninth digit, odd for men. */
function describesAnother({ birthDate, sex }: Svarrapport['patient'], number: string): boolean {
  const parsed = parseIdentityNumber(number)
  if (!parsed?.valid || parsed.kind === 'FHN') return false
  const [, year, month, day] = /^\d\d(\d\d)-(\d\d)-(\d\d)/.exec(birthDate ?? '') ?? []
  const digits = (start: number, less: number) => String(Number(number.slice(start, start + 2)) - less).padStart(2, '0')
  const isOtherDate =
    day !== undefined &&
    (digits(0, parsed.kind === 'DNR' ? 40 : 0) !== day || digits(2, parsed.synthetic ?? 0) !== month || number.slice(4, 6) !== year)
  const isMale = Number(number[8]) % 2 === 1
  return isOtherDate || (sex === '1' && !isMale) || (sex === '2' && isMale)
}

interface Making {
  key: string
  status: DiagnosticReport['status']
  /** Time of this version, and of the first. */
  made: string
  issued: string
  found: Issue[]
}

function entriesOf(report: Svarrapport, { key, status, made, issued, found }: Making): Entry[] {
  const urlOf = (kind: string, name: string) => `urn:uuid:${uuidOf(`${key}|${kind}|${name}`)}`
  const discipline = disciplineOf(report.discipline?.code)
  if (!discipline.known) found.push(flag('discipline-unknown', 'ServReport.MsgDescr'))
  const dated = dateExtension(extensionUrls.reportDate, issued)

  const parties = rolesOf((role) => {
    const name = JSON.stringify(role)
    return { fullUrl: urlOf('role', name), resource: keyed({ ...role, extension: dated }, key, `role|${name}`), issues: [] }
  })
  const specimens = report.subjects.map((subject, index) => {
    const name = subject.id ?? String(index + 1)
    const collected = fhirDateTime(subject.collected)
    const resource = keyed(specimenOf(subject, collected, issued), key, `specimen|${name}`)
    return { subject, url: urlOf('specimen', name), collected, resource, issues: specimenFlags(subject, collected, name) }
  })
  const specimenFor: ReportContext['specimenOf'] = (number) => {
    const [only] = specimens
    if (number === undefined) return specimens.length === 1 && only ? only : undefined
    return specimens.find(({ subject }) => subject.id === number || subject.requesterId === number) ?? 'missing'
  }

  const reportUrl = urlOf('report', '')
  // The laboratory is named also where the people and places that did the work are.
  const withLaboratory = (served: readonly HealthcareParty[]): HealthcareParty[] => {
    const named = served.some((party) => organizationOf(party)?.display !== undefined)
    return report.provider && !named ? [...served, report.provider] : [...served]
  }
  const performers = withLaboratory(report.performers)
  const { results, tops } = observationsOf(report.items, {
    reportUrl,
    expertise: discipline.expertise,
    fallbackTime: issued,
    serviceType: report.serviceType,
    localCodes: localCodesOf(report.provider),
    specimenOf: specimenFor,
    performersOf: (item) => parties.references(item.performers.length > 0 ? withLaboratory(item.performers) : performers),
    urlOf,
  })
  const requestUrl = urlOf('request', '')
  const requester = parties.urlOf(report.responsible ?? report.requester)
  const times = results.map(({ resource }) => resource.effectiveDateTime ?? issued).sort((a, b) => timeOf(a) - timeOf(b))
  const head: DiagnosticReport = {
    resourceType: 'DiagnosticReport',
    extension: [...dated, ...extensionsOf(report)],
    identifier: report.reportId === undefined ? [] : [{ system: identifierSources.report, value: report.reportId }],
    status,
    category: [{ coding: [{ system: DISCIPLINE_SYSTEM, code: discipline.main }] }],
    code: conceptOf(report.discipline ? [report.discipline] : [], DISCIPLINE_SYSTEM) ?? { text: 'Svarrapport' },
    effectiveDateTime: times[0] ?? issued,
    issued: instantText(made),
    basedOn: [{ reference: requestUrl }],
    // The service that issued the report comes first (R4 DiagnosticReport.performer), also where others did the work.
    performer: distinct(parties.references(report.provider ? [report.provider, ...performers] : performers)),
    specimen: specimens.map(({ url }) => ({ reference: url })),
    result: tops.map((url) => ({ reference: url })),
  }
  const request = serviceRequestOf(report, requester, dated)
  return [
    { fullUrl: reportUrl, resource: keyed(withoutEmpty(head), key, 'report'), issues: [] },
    ...results.map(({ fullUrl, resource, issues }) => ({
      fullUrl,
      resource: keyed(withoutEmpty(resource), key, `result|${fullUrl}`),
      issues,
    })),
    ...specimens.map(({ url, resource, issues }) => ({ fullUrl: url, resource, issues })),
    {
      fullUrl: requestUrl,
      resource: keyed(withoutEmpty(request), key, 'request'),
      issues: report.request.kept.length > 0 ? [flag('element-kept-as-note', 'ServReport.ServReq')] : [],
    },
    ...parties.entries(),
  ]
}

/** The parties of a report as PractitionerRoles, each made once: the same few occur in every result. */
function rolesOf(entryOf: (role: PractitionerRole) => Entry) {
  const roles = new Map<string, Entry>()
  const known = new Map<HealthcareParty, string | undefined>()

  function made(party: HealthcareParty): string | undefined {
    const role = practitionerRoleOf(party)
    if (!role) return undefined
    const entry = entryOf(role)
    roles.set(entry.fullUrl, entry)
    return entry.fullUrl
  }
  function urlOf(party: HealthcareParty | undefined): string | undefined {
    if (party && !known.has(party)) known.set(party, made(party))
    return party && known.get(party)
  }
  return {
    urlOf,
    references: (parties: readonly HealthcareParty[]) =>
      parties.flatMap((party) => {
        const reference = urlOf(party)
        return reference === undefined ? [] : [{ reference }]
      }),
    entries: () => [...roles.values()],
  }
}

/** What DiagnosticReport has no element for. */
function extensionsOf({ approved, comments, kept, attachments, clinicalInformation, copies }: Svarrapport): Extension[] {
  return [
    ...dateExtension(extensionUrls.approvalDate, fhirDateTime(approved)),
    ...[...comments, ...kept].map((text) => ({ url: extensionUrls.comment, valueString: text })),
    ...(attachments > 0
      ? [{ url: extensionUrls.comment, valueString: `Vedlegg ikke vist: ${attachments}. Se svaret hos den som rekvirerte.` }]
      : []),
    ...clinicalInformation.map(({ type, text }) => ({
      url: extensionUrls.informationItem,
      valueString: [type?.display, text].filter(Boolean).join(': '),
    })),
    ...copies.flatMap((party) => {
      const receiver = organizationOf(party)
      const display = [party.person[0]?.name, receiver?.display].filter(Boolean).join(', ')
      return receiver ? [{ url: extensionUrls.copyReceiver, valueReference: { ...receiver, display } }] : []
    }),
  ]
}

function specimenFlags({ kept }: AnalysedSubject, collected: string | undefined, name: string): Issue[] {
  const at = `ServReport.Patient.AnalysedSubject(${name})`
  return [...(collected ? [] : [flag('collection-time-missing', at)]), ...(kept.length > 0 ? [flag('element-kept-as-note', at)] : [])]
}

function specimenOf(
  { id, requesterId, type, typeText, origin, comment, kept }: AnalysedSubject,
  collected: string | undefined,
  issued: string,
): Specimen {
  return {
    resourceType: 'Specimen',
    extension: dateExtension(extensionUrls.reportDate, issued),
    ...(id ? { accessionIdentifier: { system: identifierSources.specimen, value: id } } : {}),
    ...(requesterId ? { identifier: [{ system: identifierSources.specimenByRequester, value: requesterId }] } : {}),
    ...(type || typeText ? { type: conceptOf(type ? [type] : [], undefined, typeText) ?? {} } : {}),
    ...(collected || origin
      ? { collection: { ...(collected ? { collectedDateTime: collected } : {}), ...(origin ? { bodySite: { text: origin } } : {}) } }
      : {}),
    ...(comment || kept.length > 0 ? { note: [...(comment ? [comment] : []), ...kept].map((text) => ({ text })) } : {}),
  }
}

function serviceRequestOf(
  { request, responsible, requester: asked, discipline }: Svarrapport,
  requester: string | undefined,
  dated: ReturnType<typeof dateExtension>,
): ServiceRequest {
  const authored = fhirDateTime(request.issued)
  const party = responsible ?? asked
  const name = party?.person[0]?.name ?? (party && organizationOf(party)?.display)
  return {
    resourceType: 'ServiceRequest',
    extension: [...dated, ...dateExtension(extensionUrls.receiptDate, fhirDateTime(request.received))],
    identifier: [
      ...(request.id ? [{ system: identifierSources.request, value: request.id }] : []),
      ...(request.providerId ? [{ system: identifierSources.requestByProvider, value: request.providerId }] : []),
    ],
    status: 'completed',
    intent: 'order',
    subject: {},
    ...(discipline ? { category: [conceptOf([discipline], DISCIPLINE_SYSTEM) ?? {}] } : {}),
    ...(authored ? { authoredOn: authored } : {}),
    ...(requester ? { requester: { reference: requester, ...(name ? { display: name } : {}) } } : {}),
    reasonCode: request.reasons.flatMap(({ heading, text }) => {
      const coding = heading && codingOf(heading, volven(8231))
      return coding || text ? [{ ...(coding ? { coding: [coding] } : {}), ...(text ? { text } : {}) }] : []
    }),
    note: [...request.comments, ...request.kept].map((text) => ({ text })),
  }
}

/** System of the identifier by which a resource is recognised from version to version of its report. */
export const MEMBER_SYSTEM = 'http://helsevev.no/fhir/NamingSystem/report-member'

/** The resource with the identifier by which the next version of the report finds it. */
function keyed<R extends Resource & { identifier?: { system?: string; value?: string }[] }>(resource: R, key: string, name: string): R {
  const member = { system: MEMBER_SYSTEM, value: uuidOf(`${key}|${name}`) }
  return { ...resource, identifier: [...(resource.identifier ?? []), member] }
}

function distinct(references: readonly { reference: string }[]): { reference: string }[] {
  return [...new Map(references.map((one) => [one.reference, one])).values()]
}

/** FHIR has no empty lists. */
function withoutEmpty<R extends object>(resource: R): R {
  return Object.fromEntries(Object.entries(resource).filter(([, value]) => !Array.isArray(value) || value.length > 0)) as R
}

/** The patient sees the whole of such a report later than staff (model/release-delay.ts). */
function delayRelease(entries: readonly Entry[], discipline: string | undefined): void {
  const days = releaseDelayDays(discipline)
  if (days === 0) return
  for (const { resource } of entries as readonly { resource: { meta?: Meta; extension?: Extension[] } }[]) {
    resource.meta = { ...resource.meta, security: [{ system: RELEASE_SYSTEM, code: DELAYED }] }
    resource.extension = [...(resource.extension ?? []), { url: RELEASE_DATE_URL, valueUnsignedInt: days }]
  }
}

function timeOf(text: string): number {
  return instantOf(text)?.getTime() ?? 0
}

/** A FHIR instant is never a date alone. */
function instantText(moment: string): string {
  return moment.includes('T') ? moment : (instantOf(moment)?.toISOString() ?? moment)
}
