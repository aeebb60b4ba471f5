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
  comparator?: 'LT' | 'GT'
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
  specimens?: readonly { id: string; code: string; name: string; collected?: string }[]
  comment?: string
  results: readonly MadeResult[]
}

const OID = '2.16.578.1.12.4.1.1.'

export function kithMessage(report: MadeReport): string {
  const { patient, generated, laboratory, requester, copyTo, discipline = 'CLIN' } = report
  const specimens = report.specimens ?? [{ id: '1', code: 'S', name: 'Serum' }]
  return `<?xml version="1.0" encoding="utf-8"?>
<Message xmlns="http://www.kith.no/xmlstds/labsvar/2012-02-15">
${tag('Type', { V: 'SVAR_LAB' })}<MIGversion>v1.4 2012-02-15</MIGversion>${tag('GenDate', { V: generated })}
${element('MsgId', report.messageId ?? `msg-${report.reportId}-${generated}`)}
<ServReport>${tag('ServType', { V: report.serviceType ?? 'N' })}${tag('IssueDate', { V: report.issued ?? generated })}${tag('Status', { V: report.status ?? 'F' })}
${tag('MsgDescr', { V: discipline })}${element('ServProvId', report.reportId)}${element('Comment', report.comment)}
<ServReq>${tag('IssueDate', { V: report.collected ?? report.issued ?? generated })}${element('Id', `rek-${report.reportId}`)}</ServReq>
<Patient>${element('OffId', patient)}${patient === undefined ? '' : tag('TypeOffId', { V: report.patientType ?? 'FNR' })}
${requester ? `<ResponsibleHcp>${tag('Relation', { V: 'REK' })}<HCP><Inst>${element('Name', requester.practice)}<HCPerson>${element('Name', requester.name)}${element('Id', requester.hpr)}${tag('TypeId', { V: 'HPR' })}</HCPerson></Inst></HCP></ResponsibleHcp>` : ''}
${specimens
  .map(
    ({ id, code, name, collected }) =>
      `<AnalysedSubject><CollectedSample>${tag('CollectedDate', { V: collected ?? report.collected ?? generated })}</CollectedSample>${tag('TypeCoded', { V: code, S: `${OID}8351`, DN: name })}${element('IdByServProvider', id)}</AnalysedSubject>`,
  )
  .join('\n')}
${report.results.map((result) => item(result, specimens[0]?.id)).join('\n')}
</Patient>
<ServProvider><HCP><Inst>${element('Name', laboratory.name)}${element('Id', laboratory.organization)}${tag('TypeId', { V: 'ENH' })}${laboratory.department ? `<Dept>${element('Name', laboratory.department)}</Dept>` : ''}</Inst></HCP></ServProvider>
${copyTo ? `<CopyDest><HCP><Inst>${element('Name', copyTo.name)}${element('Id', copyTo.organization)}${tag('TypeId', { V: 'ENH' })}</Inst></HCP></CopyDest>` : ''}
</ServReport></Message>
`
}

function item(result: MadeResult, specimen: string | undefined): string {
  const codes = result.codes ?? []
  const parts = [
    result.number === undefined
      ? ''
      : `<NumResult>${result.comparator ? tag('ArithmeticComp', { V: result.comparator }) : ''}${tag('NumResultValue', { V: result.number, U: result.unit ?? '' })}</NumResult>`,
    result.text === undefined && result.textCodes === undefined
      ? ''
      : `<TextResult>${result.heading ? tag('Heading', { V: result.heading }) : ''}${element('TextResultValue', result.text)}${(result.textCodes ?? []).map(([list, code, name]) => tag('TextCode', { V: code, S: `${OID}${list}`, DN: name })).join('')}</TextResult>`,
    tag('ServType', { V: result.serviceType ?? 'N' }),
    result.interval === undefined ? '' : `<RefInterval>${element('Descr', result.interval)}</RefInterval>`,
    codes.length > 0 || result.name
      ? `<Investigation>${codes.map(([list, code, name]) => tag('Id', { V: code, S: `${OID}${list}`, DN: name, ...(result.name ? { OT: result.name } : {}) })).join('')}${codes.length === 0 ? tag('Id', { S: `${OID}8212`, OT: result.name ?? '' }) : ''}</Investigation>`
      : '',
    result.deviation === undefined ? '' : tag('DevResultInd', { V: String(result.deviation) }),
    element('Comment', result.comment),
    element('IdResultItem', result.id),
    tag('StatusInvestigation', { V: result.status ?? '3' }),
    element('RefAnalysedSubject', result.specimen ?? specimen),
    (result.results ?? []).map((inner) => item(inner, undefined)).join(''),
  ]
  return `<ResultItem>${parts.join('')}</ResultItem>`
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
