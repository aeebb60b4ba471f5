/** What a laboratory writes, and what becomes of it: rows of one result each. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isProblem } from '@helsevev/kernel/problem/problem'
import { makeIdentityNumber } from '@helsevev/kernel/values/identity-number'
import type { DiagnosticReport, Observation, PractitionerRole } from '@medplum/fhirtypes'
import { convertKithReport } from './convert.ts'

const patient = makeIdentityNumber({ birthDate: '1950-05-17', series: 1, gender: 'female' })

interface Converted {
  head: DiagnosticReport
  results: Observation[]
  /** The flags of the message as a whole and of all its parts. */
  flags: string[]
  /** By the type of the part that each stands on; the message as a whole is `Message`. */
  flagsOn: string[]
  roles: ReadonlyMap<string, PractitionerRole>
}

function converted(item: string, more: { report?: string; patient?: string; message?: string; status?: string } = {}): Converted {
  const xml = `<Message xmlns="http://www.kith.no/xmlstds/labsvar/2012-02-15"><GenDate V="2026-01-10T10:00:00"/>${more.message ?? ''}
<ServReport>${more.status ?? '<ServType V="N"/>'}<Status V="F"/><MsgDescr V="CLIN"/><ServProvId>1</ServProvId>${more.report ?? ''}
<Patient><OffId>${patient}</OffId><TypeOffId V="FNR"/>${more.patient ?? ''}<ResultItem>${item}</ResultItem></Patient>
<ServProvider><HCP><Inst><Name>Lab</Name><Id>900000001</Id><TypeId V="ENH"/></Inst></HCP></ServProvider></ServReport></Message>`
  const set = convertKithReport(Buffer.from(xml), {})
  if (isProblem(set) || set.kind !== 'record-set') throw new Error(JSON.stringify(set))
  const resources = set.entries.map(({ resource }) => resource)
  return {
    head: resources[0] as DiagnosticReport,
    results: resources.filter((resource) => resource.resourceType === 'Observation'),
    flags: [...set.issues, ...set.entries.flatMap(({ issues = [] }) => issues)].map(({ code }) => code),
    flagsOn: [
      ...set.issues.map(({ code }) => `Message ${code}`),
      ...set.entries.flatMap(({ resource, issues = [] }) => issues.map(({ code }) => `${resource.resourceType} ${code}`)),
    ],
    roles: new Map(set.entries.map(({ fullUrl, resource }) => [fullUrl, resource as PractitionerRole])),
  }
}

const number = (comparator: string, value = '5') =>
  `<NumResult><ArithmeticComp V="${comparator}"/><NumResultValue V="${value}" U="mg/L"/></NumResult>`

const comparators: [code: string, value: string, sign: string | undefined, words: string | undefined][] = [
  ['EQ', '5', undefined, undefined],
  ['LT', '5', '<', undefined],
  ['LE', '5', '<=', undefined],
  ['GT', '5', '>', undefined],
  ['GE', '5', '>=', undefined],
  ['ge', '5', '>=', undefined],
  ['GT', '&gt;5', '>', undefined],
  ['NE', '5', undefined, 'ikke lik 5 mg/L'],
  ['MG', '5', undefined, 'mye større enn 5 mg/L'],
  ['ML', '5', undefined, 'mye mindre enn 5 mg/L'],
  ['XX', '5', undefined, 'XX 5 mg/L'],
  ['GT', '&lt;5', undefined, 'GT <5 mg/L'],
  ['constructor', '5', undefined, 'constructor 5 mg/L'],
  ['__proto__', '5', undefined, '__proto__ 5 mg/L'],
]

test('a comparator of list 8239 is a sign or words, and is never dropped', () => {
  for (const [code, value, sign, words] of comparators) {
    const { results, flags } = converted(number(code, value))
    const [{ valueQuantity, valueCodeableConcept } = {} as Observation] = results
    assert.deepEqual([valueQuantity?.comparator, valueCodeableConcept?.text], [sign, words], `${code} ${value}`)
    assert.equal(flags.includes('comparator-kept-as-text'), words !== undefined, code)
    assert.equal(valueQuantity !== undefined, words === undefined, code)
  }
})

test('a flag stands on the part that it is about', () => {
  const subject = '<AnalysedSubject><Logistics V="K"/><Number V="2"/></AnalysedSubject>'
  const rows: [item: string, more: Parameters<typeof converted>[1], flags: string[]][] = [
    [number('NE'), {}, ['Observation comparator-kept-as-text']],
    [number('EQ').replace('mg/L', 'mugg'), {}, ['Observation unit-not-known']],
    [`${number('EQ')}<Kvalitet V="9"/>`, {}, ['Observation element-kept-as-note']],
    [
      number('EQ'),
      { patient: subject.replace('<Number', '<Annet') },
      ['Specimen collection-time-missing', 'Specimen element-kept-as-note'],
    ],
    [number('EQ'), { report: '<ServReq><PaymentCat V="1"/></ServReq>' }, ['ServiceRequest element-kept-as-note']],
    [number('EQ'), { report: '<Annet V="1"/>' }, ['Message element-kept-as-note']],
    [
      `<IdResultItem>1</IdResultItem>${number('EQ')}<ResultItem><IdResultItem>1</IdResultItem>${number('EQ')}</ResultItem>`,
      {},
      ['Observation result-item-id-repeated', 'Observation result-item-id-repeated', 'Observation investigation-missing'],
    ],
    [`${number('EQ')}<Comment><TextResultValue>om ${patient}</TextResultValue></Comment>`, {}, ['Observation identity-number-removed']],
  ]
  for (const [item, more, flags] of rows) {
    const about = converted(`<Investigation><Id V="1" S="1" DN="A"/></Investigation>${item}`, more)
    assert.deepEqual(about.flagsOn, flags, item)
  }
})

test('names that JavaScript objects inherit are codes like any other', () => {
  for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
    const { results, head } = converted(`<ServType V="${name}"/><StatusInvestigation V="${name}"/>`, { status: `<ServType V="${name}"/>` })
    assert.deepEqual([results[0]?.status, head.status], ['unknown', 'unknown'], name)
  }
})

test('all text of an XHTML result is kept, in its order', () => {
  const html = `<div xmlns="http://www.w3.org/1999/xhtml"><h1>RTG thorax</h1><p>Ingen <b>infiltrat</b>.<br/>Normalt hjerte.</p>
<table><tr><td>Høyre</td><td>5 mm</td></tr></table><ul><li>en</li><li>to</li></ul></div>`
  const { results } = converted(`<ServType V="N"/><TextResult><TextResultValue>${html}</TextResultValue></TextResult>`)
  assert.equal(results[0]?.valueCodeableConcept?.text, 'RTG thorax\nIngen infiltrat.\nNormalt hjerte.\nHøyre  5 mm\nen\nto')
})

test('a text in XHTML says what its reader would see; what is no text is kept as a note with a flag', () => {
  const rows: [html: string, text: string | undefined, notes?: string[]][] = [
    ['<p>4,5 x 10<sup>9</sup>/L</p>', '4,5 x 10⁹/L'],
    ['<p>10<sup>-3</sup>, 10<sup>\u22123</sup>, Ca<sup>2+</sup>, CO<sub>2</sub></p>', '10⁻³, 10⁻³, Ca²⁺, CO₂'],
    ['<p>x<sup>ab</sup> y<sub>a b</sub> z<sup><b>2</b></sup></p>', 'x^ab y_(a b) z²'],
    ['<p>10<span style="vertical-align: super">9</span></p>', '10⁹'],
    ['<p><del>ikke</del> malign</p>', '[strøket: ikke] malign'],
    ['<p><s>a</s> <strike>b</strike> <span style="text-decoration:line-through">c</span></p>', '[strøket: a] [strøket: b] [strøket: c]'],
    ['<div>9<center>10</center>11<address>12</address>13<ukjent>14</ukjent>15</div>', '9\n10\n11\n12\n13\n14\n15'],
    ['<p>in<b>fil</b>trat</p>', 'infiltrat'],
    ['<table><caption>A</caption><tr><td>1</td><td>2</td></tr></table>', 'A\n1  2'],
    ['<p><a href="https://lab.example/7">les</a> <span title="ikke">sett</span></p>', 'les (https://lab.example/7) sett (ikke)'],
    ['<p><input value="skjema"/> <img alt="kurve"/> <q>sitat</q></p>', 'skjema kurve «sitat»'],
    ['<ol start="3"><li>a</li><li value="7">b</li><li>c</li></ol>', '3. a\n7. b\n8. c'],
    ['<div><p>svar</p><script>var ikke = 1</script></div>', 'svar', ['TextResult/TextResultValue/div/script: var ikke = 1']],
    ['<p class="x"><object data="x.pdf">reserve</object></p>', 'reserve', ['TextResult/TextResultValue/p/object/@data: x.pdf']],
  ]
  for (const [html, text, notes = []] of rows) {
    const inside = html.replace('>', ' xmlns="http://www.w3.org/1999/xhtml">')
    const { results, flags } = converted(`<ServType V="N"/><TextResult><TextResultValue>${inside}</TextResultValue></TextResult>`)
    assert.equal(results[0]?.valueCodeableConcept?.text, text, html)
    assert.deepEqual(
      (results[0]?.note ?? []).map((one) => one.text),
      notes,
      html,
    )
    assert.equal(flags.includes('element-kept-as-note'), notes.length > 0, html)
  }
})

test('a result without type has that of the report, and what is cancelled is cancelled with all that it holds', () => {
  const inner = '<ResultItem><ServType V="N"/></ResultItem>'
  const rows: [report: string, item: string, statuses: string[]][] = [
    ['<ServType V="N"/>', '', ['final']],
    ['<ServType V="M"/>', '', ['amended']],
    ['<ServType V="C"/>', '<ServType V="N"/>', ['cancelled']],
    ['<ServType V="N"/>', `<ServType V="C"/>${inner}`, ['cancelled', 'cancelled']],
  ]
  for (const [status, item, statuses] of rows)
    assert.deepEqual(
      converted(item, { status }).results.map((one) => one.status),
      statuses,
      item,
    )
})

test('a code that decides the meaning is read by its list or by its exact name; what is neither is unknown, flagged and kept', () => {
  const rows: [item: string, status: string, deviation: string | undefined, flags: string[], notes: string[]][] = [
    ['<StatusInvestigation DN="Foreløpig svar"/>', 'unknown', undefined, ['code-not-known'], ['Status: Foreløpig svar']],
    ['<StatusInvestigation DN="foreløpig"/>', 'preliminary', undefined, ['code-read-by-name'], []],
    ['<StatusInvestigation V="" OT="Foreløpig"/>', 'preliminary', undefined, ['code-read-by-name'], []],
    ['<StatusInvestigation>2</StatusInvestigation>', 'preliminary', undefined, [], []],
    ['<StatusInvestigation>2 x</StatusInvestigation>', 'unknown', undefined, ['code-not-known'], ['Status: 2 x']],
    ['<StatusInvestigation V="2‹/x"/>', 'unknown', undefined, ['code-not-known'], ['Status: 2‹/x']],
    ['<StatusInvestigation V="3" DN="Foreløpig"/>', 'unknown', undefined, ['code-not-known'], ['Status: 3 Foreløpig']],
    ['<StatusInvestigation V="3" DN="Ferdig"/>', 'final', undefined, [], []],
    ['<StatusInvestigation V=""/>', 'final', undefined, [], []],
    ['<ServType DN="Kansellert"/>', 'cancelled', undefined, ['code-read-by-name'], []],
    ['<ServType DN="Trukket"/>', 'unknown', undefined, ['code-not-known'], ['Type svar: Trukket']],
    ['<DevResultInd DN="Under nedre referansegrense"/>', 'final', '2', ['code-read-by-name'], []],
    ['<DevResultInd DN="Lav"/>', 'final', 'Lav', ['code-not-known'], ['Avvik: Lav']],
    ['<DevResultInd V="7"/>', 'final', '7', ['code-not-known'], ['Avvik: 7']],
    ['<DevResultInd V="constructor" DN="Høy"/>', 'final', 'constructor Høy', ['code-not-known'], ['Avvik: constructor Høy']],
    ['<ServType DN="Kansellert"/><ResultItem><ServType V="N"/></ResultItem>', 'cancelled', undefined, ['code-read-by-name'], []],
  ]
  for (const [item, status, deviation, flags, notes] of rows) {
    const { results, flags: found } = converted(item)
    const { coding, text } = results[0]?.interpretation?.[0] ?? {}
    assert.deepEqual([...new Set(results.map((one) => one.status))], [status], item)
    assert.equal(coding?.[0]?.code ?? text, deviation, item)
    assert.deepEqual(
      [...new Set(found)].filter((code) => code.startsWith('code-')),
      flags,
      item,
    )
    assert.equal(found.includes('result-status-unknown'), status === 'unknown', item)
    assert.deepEqual(
      (results[0]?.note ?? []).map((one) => one.text),
      notes,
      item,
    )
  }
  const heads: [status: string, is: string, flag: string][] = [
    ['<ServType DN="Kansellering"/>', 'cancelled', 'code-read-by-name'],
    ['<ServType DN="Borte"/>', 'unknown', 'code-not-known'],
  ]
  for (const [status, is, flag] of heads) {
    const { head, flags, results } = converted('', { status })
    assert.deepEqual([head.status, results[0]?.status, flags.includes(flag)], [is, is, true], status)
  }
  assert.ok(converted('', { message: '<Status DN="Test"/>' }).flags.includes('test-message'))
})

test('an answer that is true or a text is not "not stated"', () => {
  const info = (content: string) => `<ServType V="N"/><StructuredInfo><Type V="1" DN="Røyker"/>${content}</StructuredInfo>`
  const component = (content: string) => converted(info(content)).results[0]?.component?.[0]
  assert.equal(component('<BooleanInfo><Flag V="true"/></BooleanInfo>')?.valueBoolean, true)
  assert.equal(component('<TextInfo><Text>Før 2010</Text></TextInfo>')?.valueString, 'Før 2010')
})

const info = (content: string) => `<StructuredInfo><Type V="1" DN="Røyker"/>${content}</StructuredInfo>`
const words = (text: string) => `<TextResult><TextResultValue>${text}</TextResultValue></TextResult>`
const interval = '<Interval><Low V="3" U="g"/><High V="4" U="g"/></Interval>'
const quantity = (attributes: string, inner = '') =>
  `<NumResult><ArithmeticComp${attributes}>${inner}</ArithmeticComp><NumResultValue V="5" U="mg/L"/></NumResult>`

// What stands next to a value, and what cannot be read as what it should be.
// biome-ignore format: a table, one row to a line
const besides: [what: string, item: string, value: unknown, notes: string[]][] = [
  ['a number and a text',              number('EQ') + words('lavt'), 5, ['Resultat: lavt']],
  ['a number and an interval',         number('EQ') + interval, 5, ['Resultat: 3 g – 4 g']],
  ['a number and a date',              `${number('EQ')}<DateResult><DateResultValue V="2026-01-02"/></DateResult>`, 5, ['Resultat: 2026-01-02']],
  ['a date and a text',                `<DateResult><DateResultValue V="2026-01-02"/></DateResult>${words('lavt')}`, '2026-01-02', ['Resultat: lavt']],
  ['a date that is none',              '<DateResult><DateResultValue V="uvisst"/></DateResult>', undefined, ['DateResult/DateResultValue: uvisst']],
  ['another date that is none',        `<InvDate V="i går"/>${number('EQ')}`, 5, ['InvDate: i går']],
  ['a comparison in words alone',      quantity(' DN="rundt"'), 'rundt 5 mg/L', []],
  ['a comparison by its name',         quantity(' DN="mindre enn"'), 5, []],
  ['a comparison and another name',    quantity(' V="LT" DN="Større enn"'), 'LT Større enn 5 mg/L', []],
  ['a comparison as content',          quantity('', 'LT'), 5, []],
  ['a comparison of no list, in words', quantity(' V="XX" DN="rundt"'), 'XX rundt 5 mg/L', []],
  ['an answer that is no boolean',     info('<BooleanInfo><Flag V="ja"/></BooleanInfo>'), 'ja', []],
  ['an answer as content',             info('<BooleanInfo><Flag>true</Flag></BooleanInfo>'), true, []],
  ['an answer that is 0',              info('<BooleanInfo><Flag V="0"/></BooleanInfo>'), false, []],
  ['a code and a text',                info('<CodedInfo><Code V="9" DN="ja"/></CodedInfo><TextInfo><Text>før 2010</Text></TextInfo>'), 'ja', ['Røyker: før 2010']],
  ['a number and a text of an answer', info('<IntegerInfo><Integer>12</Integer></IntegerInfo><TextInfo><Text>før 2010</Text></TextInfo>'), 12, ['Røyker: før 2010']],
  ['a boolean and a text',             info('<BooleanInfo><Flag V="true"/></BooleanInfo><TextInfo><Text>før 2010</Text></TextInfo>'), true, ['Røyker: før 2010']],
  ['accredited, that is no boolean',   `<Accredited V="kanskje"/>${number('EQ')}`, 5, ['Akkreditert: kanskje']],
  ['a heading of a comment as a code', `${number('EQ')}<Comment><Heading V="H9"/><TextResultValue>se svar</TextResultValue></Comment>`, 5, ['H9: se svar']],
  ['a finding without code',           '<TextResult><TextResultValue>se svar</TextResultValue><TextCode DN="Funn A"/></TextResult>', 'se svar\nFunn A', []],
  ['the text of a picture',            words('<div xmlns="http://www.w3.org/1999/xhtml">Se <img alt="kurve"/></div>'), 'Se kurve', []],
  ['text beside a number',             '<NumResult><NumResultValue V="5" U="g/dL">ca. estimert</NumResultValue></NumResult>', 5, ['NumResult/NumResultValue: ca. estimert']],
  ['text in an element without text',  `hemolyse${number('EQ')}`, 5, ['ResultItem: hemolyse']],
  ['text in an inner element',         '<NumResult>usikker<NumResultValue V="5" U="g"/></NumResult>', 5, ['NumResult: usikker']],
  ['text beside a code',               `${number('EQ')}<DevResultInd V="1">se notat</DevResultInd>`, 5, ['DevResultInd: se notat']],
  ['an unknown element of attributes', `${number('EQ')}<Kvalitet grad="lav" V="9"/>`, 5, ['Kvalitet: 9', 'Kvalitet/@grad: lav']],
  ['an unknown attribute',             '<NumResult><NumResultValue V="5" U="g" SD="0.2"/></NumResult>', 5, ['NumResult/NumResultValue/@SD: 0.2']],
  ['a second number',                  '<NumResult><NumResultValue V="5" U="g"/><NumResultValue V="6" U="g"/></NumResult>', 5, ['NumResult/NumResultValue: 6 g']],
  ['a code in the words of the sender', `${number('EQ')}<InvDate V="2026-01-02" OT="ca."/>`, 5, ['InvDate: ca.']],
  ['a second investigation',           `<Investigation><Id V="1" DN="A"/></Investigation><Investigation><Id V="2" DN="B"/></Investigation>${number('EQ')}`, 5, ['Investigation/Id: B']],
]
test('a result has one value; what is sent next to it, or cannot be read, is kept in words', () => {
  for (const [what, item, value, notes] of besides) {
    const { results, flags } = converted(`<ServType V="N"/>${item}`)
    const [{ component, note = [], ...one } = {} as Observation] = results
    const held = component?.[0] ?? one
    const found = [
      held.valueQuantity?.value,
      held.valueDateTime,
      held.valueCodeableConcept?.text,
      held.valueString,
      held.valueBoolean,
      held.valueInteger,
    ]
    assert.deepEqual(
      found.filter((each) => each !== undefined),
      value === undefined ? [] : [value],
      what,
    )
    assert.deepEqual(
      note.map(({ text }) => text),
      notes,
      what,
    )
    assert.equal(flags.includes('element-kept-as-note'), notes.length > 0 && !notes[0]?.startsWith('H9'), what)
  }
  assert.equal(converted(quantity('', 'LT')).results[0]?.valueQuantity?.comparator, '<')
})

test('a text with a unit is a number, unless its point or comma may divide thousands', () => {
  const rows: [text: string, value: number | undefined][] = [
    ['10,000', undefined],
    ['1.000', undefined],
    ['&lt; 1.000', undefined],
    ['0.500', 0.5],
    ['10,00', 10],
    ['1.0000', 1],
    ['5', 5],
  ]
  for (const [text, value] of rows) {
    const { results, flags } = converted(`<TextResult><TextResultValue>${text}</TextResultValue><Unit>mg/l</Unit></TextResult>`)
    assert.equal(results[0]?.valueQuantity?.value, value, text)
    assert.equal(results[0]?.valueCodeableConcept !== undefined, value === undefined, text)
    assert.equal(flags.includes('number-ambiguous'), value === undefined, text)
  }
})

test('a reference interval in another unit than the result is text alone', () => {
  for (const [descr, low] of [
    ['3-4', 3],
    ['3-4 mg/L', 3],
    ['3-4 mg{x}/L', 3],
    ['3-4 g/L', undefined],
  ] as const)
    assert.equal(
      converted(`${number('EQ')}<RefInterval><Descr>${descr}</Descr></RefInterval>`).results[0]?.referenceRange?.[0]?.low?.value,
      low,
      descr,
    )
})

test('a message about another person than the number, and a test message, are flagged and say so to the reader', () => {
  const rows: [more: { patient?: string; message?: string }, flag: string | undefined][] = [
    [{ patient: '<Sex V="2"/><DateOfBirth V="1950-05-17"/>' }, undefined],
    [{ patient: '<Sex V="0"/><DateOfBirth V="19xx-xx-xx"/>' }, undefined],
    [{ patient: '<Sex V="1"/>' }, 'patient-differs'],
    [{ patient: '<DateOfBirth V="1950-05-18"/>' }, 'patient-differs'],
    [{ message: '<Status V="TEST"/>' }, 'test-message'],
  ]
  for (const [more, flag] of rows) {
    const { flags, head } = converted('<ServType V="N"/>', more)
    assert.deepEqual(
      flags.filter((code) => code === 'patient-differs' || code === 'test-message'),
      flag ? [flag] : [],
      JSON.stringify(more),
    )
    const comments = (head.extension ?? []).filter(({ url }) => url.endsWith('nilar-comment'))
    assert.equal(comments.length, flag ? 1 : 0)
  }
})

const another = makeIdentityNumber({ birthDate: '1960-05-17', series: 1 })
const additional = (id: string, type = 'FNR') => `<AdditionalId><Id>${id}</Id><Type V="${type}"/></AdditionalId>`

test('what a message says twice is kept in words, and of two persons or two reports none is chosen', () => {
  const words = ({ head }: Converted) => (head.extension ?? []).flatMap(({ valueString }) => valueString ?? [])
  const kept: [more: { report?: string; patient?: string; message?: string }, words: string][] = [
    [{ message: '<GenDate V="2027-01-10T10:00:00"/>' }, 'GenDate: 2027-01-10T10:00:00'],
    [{ message: '<MsgId>1</MsgId><MsgId>2</MsgId>' }, 'MsgId: 2'],
    [{ message: 'hilsen' }, 'Message: hilsen'],
    [{ report: 'ekstra' }, 'ServReport: ekstra'],
    [{ report: '<Vurdering grad="2"/>' }, 'Vurdering/@grad: 2'],
    [
      { report: '<ResultItem><NumResult><NumResultValue V="5" U="g"/></NumResult></ResultItem>' },
      'ResultItem/NumResult/NumResultValue: 5 g',
    ],
    [
      {
        report:
          '<Requester><HCP><Inst><Name>A</Name></Inst></HCP></Requester><Requester><HCP><Inst><Name>B</Name></Inst></HCP></Requester>',
      },
      'Requester/HCP/Inst/Name: B',
    ],
    [{ patient: 'merknad' }, 'Patient: merknad'],
  ]
  for (const [more, text] of kept) {
    const read = converted('<ServType V="N"/>', more)
    assert.ok(words(read).includes(text), `${JSON.stringify(more)}: ${JSON.stringify(words(read))}`)
    assert.ok(read.flags.includes('element-kept-as-note'), text)
  }
  const twice = converted('<ServType V="N"/>', { report: '<ServReq><Id>1</Id></ServReq><ServReq><Id>2</Id></ServReq>' })
  assert.ok(twice.flags.includes('element-kept-as-note'))

  const whole = (patients: string, more = '') =>
    convertKithReport(
      Buffer.from(`<Message xmlns="http://www.kith.no/xmlstds/labsvar/2012-02-15"><GenDate V="2026-01-10T10:00:00"/>
<ServReport><ServType V="N"/>${patients}</ServReport>${more}</Message>`),
      {},
    )
  const own = `<OffId>${patient}</OffId><TypeOffId V="FNR"/>`
  const rows: [patients: string, more: string, verdict: string][] = [
    [`<Patient>${own}</Patient>`, '', 'record-set'],
    [`<Patient>${own}</Patient><Patient><OffId>${another}</OffId></Patient>`, '', 'invalid-resource'],
    [`<Patient>${own}</Patient>`, '<ServReport/>', 'invalid-resource'],
    [`<Patient>${own}<OffId>${another}</OffId></Patient>`, '', 'more-than-one-person'],
    [`<Patient>${own}<OffId>${patient}</OffId></Patient>`, '', 'record-set'],
    [`<Patient>${own}${additional(another)}</Patient>`, '', 'more-than-one-person'],
    [`<Patient>${own}${additional(patient)}</Patient>`, '', 'record-set'],
    [`<Patient>${own}${additional('123', 'LOK')}</Patient>`, '', 'record-set'],
    [`<Patient>${own}${additional(`${Number(patient[0]) + 4}${patient.slice(1)}`, 'DNR')}</Patient>`, '', 'record-set'],
    [`<Patient>${own}<Name>Kari</Name><Name>Ola</Name></Patient>`, '', 'more-than-one-person'],
  ]
  for (const [patients, more, verdict] of rows) {
    const read = whole(patients, more)
    assert.equal(isProblem(read) ? read.issues[0]?.code : read.kind === 'unattached' ? read.reason : read.kind, verdict, patients + more)
  }
})

test('a test message is refused in production, and taken with a flag elsewhere', () => {
  const octets = (status: string) =>
    Buffer.from(`<Message xmlns="http://www.kith.no/xmlstds/labsvar/2012-02-15"><Status V="${status}"/><GenDate V="2026-01-10T10:00:00"/>
<ServReport><ServType V="N"/><Patient><OffId>${patient}</OffId></Patient></ServReport></Message>`)
  const rows: [status: string, production: boolean, refused: boolean][] = [
    ['TEST', true, true],
    [' test ', true, true],
    ['TEST', false, false],
    ['PROD', true, false],
  ]
  for (const [status, production, refused] of rows) {
    const read = convertKithReport(octets(status), { production })
    const codes = isProblem(read) ? read.issues.map(({ code }) => code) : []
    assert.deepEqual(codes, refused ? ['test-message-refused'] : [], `${status} ${production}`)
  }
})

test('the laboratory that issued a report is named first, also where the message names others who served', () => {
  const served = (content: string) => `<RelServProv><HCP>${content}</HCP></RelServProv>`
  const rows: [served: string, performers: number][] = [
    ['', 1],
    [served('<HCProf><Name>Lege Legesen</Name></HCProf>'), 2],
    [served('<Inst><Name>Annet lab</Name></Inst>'), 2],
    [served('<Inst><Id>900000009</Id><TypeId V="ENH"/></Inst>'), 2],
    // The same laboratory as issuer and as service provider is one.
    [served('<Inst><Name>Lab</Name><Id>900000001</Id><TypeId V="ENH"/></Inst>'), 1],
  ]
  for (const [report, performers] of rows) {
    const { head, roles } = converted('<ServType V="N"/>', { report })
    assert.equal(head.performer?.length, performers, report)
    assert.equal(roles.get(head.performer?.[0]?.reference ?? '')?.organization?.display, 'Lab', report)
  }
})
