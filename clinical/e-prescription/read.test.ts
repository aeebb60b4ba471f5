/** Reading messages: what is made is read again, and what a sender does wrong becomes a note or a problem. */
import assert from 'node:assert/strict'
import { Buffer } from 'node:buffer'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { codesFromData } from '@helsevev/kernel/codes/data'
import { isProblem } from '@helsevev/kernel/problem/problem'
import fc from 'fast-check'
import { type AnyMessage, kindRows } from './kinds.ts'
import { extensionOf, makeInner, makeMessage } from './made-up.ts'
import { numberOf } from './messages/common.ts'
import { messageInfo } from './messages/message-head.ts'
import { readMessage } from './read.ts'
import { bodiesOf, valuesOf } from './testing/arbitrary.ts'
import { mutationsOf } from './testing/mutations.ts'

const codes = codesFromData()

function read(xml: string | Buffer): AnyMessage {
  const message = readMessage(Buffer.from(xml), codes)
  assert.ok(!isProblem(message), JSON.stringify(message))
  return message
}

for (const [kind, { type, versions }] of kindRows)
  test(`any ${kind} that is made is read again, without notes`, () => {
    const extension = kindRows.find(([name]) => name === `${kind} extension`)?.[1]
    const values = fc.record({
      head: fc.option(valuesOf(messageInfo), { nil: undefined, freq: 3 }),
      body: valuesOf(type),
      more: extension ? fc.option(valuesOf(extension.type), { nil: undefined, freq: 3 }) : fc.constant(undefined),
    })
    fc.assert(
      fc.property(values, ({ head, body, more }) => {
        const isExtended = head !== undefined && more !== undefined
        const parts = { ...(head === undefined ? {} : { head: head as never }), ...(isExtended ? { extension: more as never } : {}) }
        const common = { isSigned: false, attachments: [], notes: [] }
        const attached = { kind: `${kind} extension`, version: extension?.versions.at(-1), body: more, ...common }
        const attachments = isExtended ? [{ base64: extensionOf(kind, more), message: attached }] : []
        const message = read(makeMessage(kind, { ...parts, body: body as never }))
        assert.deepEqual(message, { kind, version: versions.at(-1), ...parts, body, ...common, attachments })
      }),
      { numRuns: 4, seed: 14 },
    )
  })

/** A recall as XML, with other content where one is given. */
const recall = (content: string, attributes = '') =>
  `<Tilbakekalling xmlns="http://www.kith.no/xmlstds/eresept/m5/2013-04-16"${attributes}>${content}</Tilbakekalling>`
const list = (line: string) =>
  `<LegemidlerIBruk xmlns="http://www.kith.no/xmlstds/eresept/m251/2013-10-08"><EnkeltoppforingLIB>${line}</EnkeltoppforingLIB></LegemidlerIBruk>`
const line =
  '<Id>a</Id><Type V="U"/><SistEndret>2026-01-05T10:00:00+01:00</SistEndret><ReseptDokLegemiddelB64>eA==</ReseptDokLegemiddelB64>'
const role = (number: string, kind: string) =>
  `<Rolle><Rolle V="R"/><Organisasjon><HerId><Id>${number}</Id><TypeId V="${kind}"/></HerId></Organisasjon></Rolle>`
const changed = (time: string) => list(line.replace('2026-01-05T10:00:00+01:00', time))
const started = (day: string) => list(`${line}<DatoOppstart>${day}</DatoOppstart>`)

// biome-ignore format: a table, one row to a line
const rows: readonly (readonly [name: string, xml: string, flag: string | undefined, place: string, value: string])[] = [
  ['a recall', recall('<ReseptId>r</ReseptId><Arsak V="1"/>'), undefined, 'reason.code', '1'],
  ['a required element that is absent', recall('<Arsak V="1"/>'), 'missing', 'prescriptionId', ''],
  ['a required element that is empty', recall('<ReseptId/><Arsak V="1"/>'), 'missing', 'prescriptionId', ''],
  ['an optional element that is empty', recall('<ReseptId>r</ReseptId><Merknad/><Arsak V="1"/>'), undefined, 'note', ''],
  ['an element twice', recall('<ReseptId>r</ReseptId><ReseptId>s</ReseptId><Arsak V="1"/>'), 'repeated', 'prescriptionId', 'r'],
  ['an element of no schema', recall('<ReseptId>r</ReseptId><Ny><Del>x</Del></Ny><Arsak V="1"/>'), 'unknown-element', 'prescriptionId', 'r'],
  ['an attribute of no schema', recall('<ReseptId a="b">r</ReseptId><Arsak V="1"/>'), 'unknown-attribute', 'prescriptionId', 'r'],
  ['text between elements', recall('text<ReseptId>r</ReseptId><Arsak V="1"/>'), 'stray-text', 'prescriptionId', 'r'],
  ['a code as text', recall('<ReseptId>r</ReseptId><Arsak>1</Arsak>'), 'stray-text', 'reason', ''],
  ['a code with the list of the element', recall('<ReseptId>r</ReseptId><Arsak V="1" S="2.16.578.1.12.4.1.1.7500"/>'), undefined, 'reason.code', '1'],
  ['a code of another list', recall('<ReseptId>r</ReseptId><Arsak V="1" S="2.16.578.1.12.4.1.1.7494"/>'), 'other-list', 'reason.code', '1'],
  ['a code of no list', recall('<ReseptId>r</ReseptId><Arsak V="77" DN="Ny"/>'), 'unknown-code', 'reason.code', '77'],
  ['a code with the name of another', recall('<ReseptId>r</ReseptId><Arsak V="1" DN="Seponering"/>'), 'other-name', 'reason.code', '1'],
  ['a code with a longer name', recall('<ReseptId>r</ReseptId><Arsak V="1" DN="Fornying av resept"/>'), undefined, 'reason.code', '1'],
  ['an address where a number belongs', list(`${line}${role('https://a.test', 'ENH')}`), 'odd-number', 'lines.0.roles.0.organization.identifier.value', 'https://a.test'],
  ['a number with zeros in front', list(`${line}${role('002127296', 'HPR')}`), undefined, 'lines.0.roles.0.organization.identifier.value', '002127296'],
  ['a schema of another year', recall('<ReseptId>r</ReseptId><Arsak V="1"/>').replace('2013-04-16', '2031-01-01'), 'unknown-version', 'prescriptionId', 'r'],
  ['a date', started('2026-01-28'), undefined, 'lines.0.start', '2026-01-28'],
  ['a date with zone', started('2026-01-28+01:00'), 'date-with-zone', 'lines.0.start', '2026-01-28'],
  ['a date with midnight of UTC', started('2026-01-27T23:00:00Z'), 'time-in-date', 'lines.0.start', '2026-01-28'],
  ['a date with the time before midnight', started('2026-01-27T22:59:59Z'), 'time-in-date', 'lines.0.start', '2026-01-27'],
  ['a day that is not in the calendar', started('2026-02-30'), 'wrong-type', 'lines.0.start', ''],
  ['a time with zone', changed('2026-01-28T01:00:00+01:00'), undefined, 'lines.0.lastChanged', '2026-01-28T01:00:00+01:00'],
  ['a time without zone', changed('2026-01-28T09:00:01'), 'local-time', 'lines.0.lastChanged', '2026-01-28T09:00:01+01:00'],
  ['midnight written as one in winter', changed('2026-01-28T01:00:00'), 'midnight-moved', 'lines.0.lastChanged', '2026-01-28T01:00:00+01:00'],
  ['midnight written as two in summer', changed('2026-07-28T02:00:00'), 'midnight-moved', 'lines.0.lastChanged', '2026-07-28T02:00:00+02:00'],
  ['one in summer, which is no midnight', changed('2026-07-28T01:00:00'), 'local-time', 'lines.0.lastChanged', '2026-07-28T01:00:00+02:00'],
  ['the hour that comes twice', changed('2026-10-25T02:30:00'), 'no-single-time', 'lines.0.lastChanged', '2026-10-25T02:30:00+02:00'],
  ['the hour that does not come', changed('2026-03-29T02:30:00'), 'no-single-time', 'lines.0.lastChanged', '2026-03-29T02:30:00+02:00'],
  ['a day where a time belongs', changed('2026-01-28'), 'time-missing', 'lines.0.lastChanged', '2026-01-28'],
  ['inner content that is no message', list(line), 'not-opened', 'lines.0.drug.base64', 'eA=='],
  ['inner content that is no base64', list(line.replace('eA==', '?')), 'wrong-type', 'lines.0.drug', ''],
]

for (const [name, xml, flag, place, value] of rows)
  test(`${name}: ${flag ?? 'no note'}`, () => {
    const { body, notes } = read(xml)
    const found = place.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], body)
    assert.equal(found ?? '', value)
    const flags: string[] = notes.map((note) => note.flag)
    if (flag === undefined)
      assert.deepEqual(
        flags.filter((one) => one !== 'not-opened'),
        [],
      )
    else assert.ok(flags.includes(flag), flags.join())
  })

test('a note has the path, the flag and the text as sent', () => {
  const { notes } = read(
    list(`${line}<Rolle><Rolle V="R"/><Organisasjon><HerId><Id>1</Id><TypeId V="HER"/></HerId><Ny V="3">x</Ny></Organisasjon></Rolle>`),
  )
  assert.deepEqual(notes.at(-1), {
    path: 'LegemidlerIBruk/EnkeltoppforingLIB[1]/Rolle[1]/Organisasjon/Ny',
    flag: 'unknown-element',
    text: 'V="3" x',
  })
})

test('elements that exclude each other are both read, and flagged', () => {
  const drug = { name: 'x', prescriptionGroup: { code: 'C' }, festId: 'ID_1' }
  const prescribing = { substance: drug, brand: { ...drug, brandName: 'y' } }
  const { notes, body, kind } = read(
    makeMessage('ReseptDokLegemiddel', {
      body: { itemGroup: { code: 'L' }, repeats: 0, packages: '1', amount: { value: '2' }, prescribing },
    }),
  )
  assert.ok(kind === 'ReseptDokLegemiddel')
  assert.equal(body.prescribing?.brand?.brandName, 'y')
  assert.equal(body.prescribing?.substance?.festId, 'ID_1')
  assert.deepEqual(
    notes.map(({ flag, text }) => [flag, text]),
    [
      ['contradiction', 'LegemiddelMerkevare, LegemiddelVirkestoff'],
      ['contradiction', 'Antall, Mengde'],
    ],
  )
})

const head = { id: 'm', type: { code: 'ERM7' } }
const inner = makeInner('M5', { head: { ...head, id: 'inner' }, body: { prescriptionId: 'r', reason: { code: '4' } }, isSigned: true })

test('a whole signed message inside another is opened, and kept as sent', () => {
  const { attachments, isSigned } = read(
    makeMessage('M7', { head, body: { time: '2026-01-05T10:00:00Z' }, attachments: [inner, 'eyJhIjoxfQ=='] }),
  )
  assert.equal(isSigned, false)
  const [first, second] = attachments
  assert.equal(first?.base64, inner)
  assert.equal(first?.message?.head?.id, 'inner')
  assert.equal(first?.message?.isSigned, true)
  assert.deepEqual(second, { base64: 'eyJhIjoxfQ==' })
})

test('numbers of health personnel are compared without the zeros in front, and kept with them', () => {
  const identifiers = [
    { value: '80624', type: { code: 'HER' } },
    { value: '002127296', type: { code: 'HPR' } },
  ]
  const message = read(makeMessage('M7', { head: { ...head, patient: { identifiers } }, body: { time: '2026-01-05T10:00:00Z' } }))
  const found = message.head?.patient?.identifiers ?? []
  assert.equal(found[1]?.value, '002127296')
  assert.deepEqual(
    ['HER', 'HPR', 'ENH'].map((type) => numberOf(found, type)),
    ['80624', '2127296', undefined],
  )
})

test('an extension is read as an attachment, and as elements next to the message', () => {
  const reason = { code: 'A' }
  const attached = makeMessage('M5', {
    head,
    body: { prescriptionId: 'r' },
    extension: { discontinuation: { time: '2026-01-05T10:00:00Z', reason } },
  })
  const base64 = /<Base64Container[^>]*>([^<]+)</.exec(attached)?.[1] ?? ''
  const elements = Buffer.from(base64, 'base64')
    .toString()
    .replace(/^<\?xml.*?\?>/, '')
  const standing = attached.replace(/<Base64Container.*<\/Base64Container>/, elements)
  for (const xml of [attached, standing]) {
    const message = read(xml)
    assert.ok(message.kind === 'M5')
    assert.deepEqual(message.extension?.discontinuation?.reason, reason)
    assert.equal(message.attachments[0]?.message?.kind, 'M5 extension')
  }
})

test('a compressed message inside another is opened', () => {
  const compressed = gzipSync(Buffer.from(inner, 'base64')).toString('base64')
  const { attachments } = read(makeMessage('M7', { head, body: { time: '2026-01-05T10:00:00Z' }, attachments: [compressed] }))
  assert.equal(attachments[0]?.message?.head?.id, 'inner')
})

test('messages lie at most four deep', () => {
  const nest = (times: number): string =>
    makeMessage('M7', {
      head,
      body: { time: '2026-01-05T10:00:00Z' },
      attachments: times === 0 ? [] : [Buffer.from(nest(times - 1)).toString('base64')],
    })
  const depthOf = (message: { attachments: readonly { message?: never }[] } | AnyMessage | undefined): number =>
    message === undefined ? 0 : 1 + depthOf(message.attachments[0]?.message as AnyMessage | undefined)
  assert.equal(depthOf(read(nest(3))), 4)
  assert.equal(depthOf(read(nest(9))), 4)
})

// biome-ignore format: a table, one row to a line
const refused: readonly (readonly [name: string, octets: Buffer, problem: string, words: RegExp])[] = [
  ['octets that are no XML', Buffer.from('{"a":1}'), 'not-xml', /line 1/],
  ['a document type declaration', Buffer.from(`<!DOCTYPE a [<!ENTITY b "c">]>${recall('<ReseptId>&b;</ReseptId>')}`), 'not-xml', /DOCTYPE/],
  ['an element of no message', Buffer.from('<Annet xmlns="http://www.kith.no/xmlstds/eresept/m99/2013-04-16"/>'), 'unreadable-message', /^Annet .* is no message/],
  ['a head without a message', Buffer.from(`<MsgHead xmlns="http://www.kith.no/xmlstds/msghead/2006-05-24"><MsgInfo/></MsgHead>`), 'unreadable-message', /Content holds nothing/],
  ['a head without MsgInfo', Buffer.from(`<MsgHead xmlns="http://www.kith.no/xmlstds/msghead/2006-05-24"/>`), 'unreadable-message', /MsgInfo is missing/],
  ['a message that states nothing', Buffer.from(recall('')), 'unreadable-message', /states nothing/],
  ['more notes than are kept', Buffer.from(recall(`<ReseptId>r</ReseptId>${'<a>b</a>'.repeat(10_001)}`)), 'too-large', /more notes than 10000/],
  ['more octets than are read', Buffer.alloc(20 * 1024 * 1024 + 1, 0x20), 'too-large', /more octets/],
  ['content that inflates over the limit', Buffer.from(makeMessage('M7', { head, body: { time: '2026-01-05T10:00:00Z' }, attachments: [gzipSync(Buffer.alloc(30 * 1024 * 1024, 0x20)).toString('base64')] })), '', /cannot be opened/],
]

for (const [name, octets, code, sentence] of refused)
  test(`${name} ${code === '' ? 'is not opened' : `is refused: ${code}`}`, () => {
    const answer = readMessage(octets, codes)
    assert.equal(isProblem(answer) ? answer.problem : '', code)
    const texts = isProblem(answer) ? answer.issues.map(({ text }) => text) : answer.notes.map(({ text }) => text)
    assert.ok(
      texts.some((text) => sentence.test(text)),
      texts.join('\n'),
    )
  })

test('a message that is cut, doubled, emptied or of a wrong type is read with notes or refused, and never more', () => {
  const values = fc.sample(bodiesOf('M25.1'), { numRuns: 3, seed: 14 })
  const answers = values.flatMap((body) =>
    [...mutationsOf(Buffer.from(makeMessage('M25.1', { head, body: body as never })), 100)].map((octets) => readMessage(octets, codes)),
  )
  assert.equal(answers.length, 300)
  assert.ok(answers.every((answer) => isProblem(answer) || Array.isArray(answer.notes)))
  assert.ok(answers.some((answer) => isProblem(answer)) && answers.some((answer) => !isProblem(answer)))
})
