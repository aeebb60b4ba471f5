/**
 * Made-up messages of laboratories as KITH Svarrapport 1.4, from plain data: for tests, for the story of the test people and for
 * measurements.
 */

export interface MadeResult {
  id?: string
  /** `[list, code, name]`: list by its number in Volven, such as 7280. */
  codes?: readonly (readonly [list: number, code: string, name: string])[]
  name?: string
  number?: string
  comparator?: 'GT' | 'LT' | 'NE'
  unit?: string
  interval?: string
  /** List 8244: 1 over, 2 under, 3 outside. */
  deviation?: 1 | 2 | 3
  heading?: string
  text?: string
  textCodes?: readonly (readonly [list: number, code: string, name: string])[]
  comment?: string
  status?: string
  serviceType?: string
  specimen?: string
  results?: readonly MadeResult[]
}

interface MadeSpecimen {
  id: string
  code: string
  name: string
  collected?: string
}

export interface MadeReport {
  /** Undefined: the message does not name a patient. */
  patient: string | undefined
  patientType?: string
  reportId: string
  messageId?: string
  generated: string
  issued?: string
  collected?: string
  serviceType?: string
  status?: string
  discipline?: string
  laboratory: { name: string; organization: string; department?: string }
  requester?: { name: string; practice: string; hpr: string }
  copyTo?: { name: string; organization: string }
  specimens?: readonly MadeSpecimen[]
  comment?: string
  results: readonly MadeResult[]
}

const OID = '2.16.578.1.12.4.1.1.'

/** A report with a number outside its interval and a culture, for requests that change it. */
export function sampleReport(patient: string): MadeReport {
  return {
    patient,
    reportId: 'R-1',
    generated: '2026-01-12T09:00:00',
    collected: '2026-01-11T08:30:00',
    laboratory: { name: 'Laboratoriet', organization: '999888777' },
    requester: { name: 'Fastlege, Frida', practice: 'Fjellveien legesenter', hpr: '9990001' },
    copyTo: { name: 'Sykehjemmet', organization: '999888666' },
    results: [
      { id: 'a', codes: [[7280, 'NOR05172', 'B-Hemoglobin']], number: '11.0', unit: 'g/dL', interval: '11,7 - 15,3', deviation: 2 },
      { id: 'b', codes: [[8212, 'X', 'Dyrkning']], text: 'Ingen vekst', comment: 'Se notat' },
    ],
  }
}

export function kithMessage(report: MadeReport): string {
  const { patient, generated, laboratory, copyTo, discipline = 'CLIN' } = report
  const specimens = report.specimens ?? [{ id: '1', code: 'S', name: 'Serum' }]
  const issued = report.issued ?? generated
  const status = tag('Status', { V: report.status ?? 'F' })
  return `<?xml version="1.0" encoding="utf-8"?>
<Message xmlns="http://www.kith.no/xmlstds/labsvar/2012-02-15">
${tag('Type', { V: 'SVAR_LAB' })}<MIGversion>v1.4 2012-02-15</MIGversion>${tag('GenDate', { V: generated })}
${element('MsgId', report.messageId ?? `msg-${report.reportId}-${generated}`)}
<ServReport>${tag('ServType', { V: report.serviceType ?? 'N' })}${tag('IssueDate', { V: issued })}${status}
${tag('MsgDescr', { V: discipline })}${element('ServProvId', report.reportId)}${element('Comment', report.comment)}
<ServReq>${tag('IssueDate', { V: report.collected ?? issued })}${element('Id', `rek-${report.reportId}`)}</ServReq>
<Patient>${element('OffId', patient)}${patient === undefined ? '' : tag('TypeOffId', { V: report.patientType ?? 'FNR' })}
${requesterOf(report)}
${specimens.map((specimen) => specimenOf(specimen, report)).join('\n')}
${report.results.map((result) => item(result, specimens[0]?.id)).join('\n')}
</Patient>
${group('ServProvider', institution(laboratory))}
${copyTo ? group('CopyDest', institution(copyTo)) : ''}
</ServReport></Message>
`
}

function institution({ name, organization, department }: MadeReport['laboratory']): string {
  const ward = department ? group('Dept', element('Name', department)) : ''
  return group('HCP', group('Inst', element('Name', name), element('Id', organization), tag('TypeId', { V: 'ENH' }), ward))
}

function requesterOf({ requester }: MadeReport): string {
  if (!requester) return ''
  const person = group('HCPerson', element('Name', requester.name), element('Id', requester.hpr), tag('TypeId', { V: 'HPR' }))
  return group('ResponsibleHcp', tag('Relation', { V: 'REK' }), group('HCP', group('Inst', element('Name', requester.practice), person)))
}

function specimenOf({ id, code, name, collected }: MadeSpecimen, report: MadeReport): string {
  return group(
    'AnalysedSubject',
    group('CollectedSample', tag('CollectedDate', { V: collected ?? report.collected ?? report.generated })),
    tag('TypeCoded', { V: code, S: `${OID}8351`, DN: name }),
    element('IdByServProvider', id),
  )
}

function item(result: MadeResult, specimen: string | undefined): string {
  return group(
    'ResultItem',
    numberOf(result),
    textOf(result),
    tag('ServType', { V: result.serviceType ?? 'N' }),
    result.interval === undefined ? '' : group('RefInterval', element('Descr', result.interval)),
    investigationOf(result),
    result.deviation === undefined ? '' : tag('DevResultInd', { V: String(result.deviation) }),
    element('Comment', result.comment),
    element('IdResultItem', result.id),
    tag('StatusInvestigation', { V: result.status ?? '3' }),
    element('RefAnalysedSubject', result.specimen ?? specimen),
    ...(result.results ?? []).map((inner) => item(inner, undefined)),
  )
}

function numberOf({ number, comparator, unit = '' }: MadeResult): string {
  if (number === undefined) return ''
  return group('NumResult', comparator ? tag('ArithmeticComp', { V: comparator }) : '', tag('NumResultValue', { V: number, U: unit }))
}

function textOf({ text, textCodes, heading }: MadeResult): string {
  if (text === undefined && textCodes === undefined) return ''
  return group(
    'TextResult',
    heading ? tag('Heading', { V: heading }) : '',
    element('TextResultValue', text),
    ...(textCodes ?? []).map(([list, code, name]) => tag('TextCode', { V: code, S: `${OID}${list}`, DN: name })),
  )
}

function investigationOf({ codes = [], name: own }: MadeResult): string {
  if (codes.length === 0 && !own) return ''
  const coded = codes.map(([list, code, name]) => tag('Id', { V: code, S: `${OID}${list}`, DN: name, ...(own ? { OT: own } : {}) }))
  return group('Investigation', ...coded, codes.length === 0 ? tag('Id', { S: `${OID}8212`, OT: own ?? '' }) : '')
}

function group(name: string, ...parts: readonly string[]): string {
  return `<${name}>${parts.join('')}</${name}>`
}

function tag(name: string, attributes: Record<string, string>): string {
  return `<${name}${Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escaped(value)}"`)
    .join('')}/>`
}

function element(name: string, text: string | undefined): string {
  return text === undefined ? '' : `<${name}>${escaped(text)}</${name}>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
