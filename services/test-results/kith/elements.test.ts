import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { isProblem } from '@helsevev/kernel/problem/problem'
import { makeIdentityNumber } from '@helsevev/kernel/values/identity-number'
import { convertKithReport } from './convert.ts'
import { elementTable } from './element-table.ts'
import { leftOut } from './elements.ts'
import { schemaElements } from './schema-elements.ts'

test('every element of the schemas of Svarrapport 1.3 and 1.4 goes where the page says, and none is lost', () => {
  const rows = elementTable(makeIdentityNumber({ birthDate: '1950-05-17', series: 1 }))
  const lost = rows.filter(({ place }) => place === undefined).map(({ path }) => path)
  assert.deepEqual(lost, [])
  const page = readFileSync(new URL('../../../docs/services/svarrapport-elements.md', import.meta.url), 'utf8')
  const lines = page.split('\n').filter((line) => line.startsWith('| `'))
  assert.deepEqual(
    lines,
    rows.map(({ path, place }) => `| \`${path}\` | ${place} |`),
  )
})

const patient = makeIdentityNumber({ birthDate: '1950-05-17', series: 1 })
const party = (name: string) => `<HCP><Inst><Name>${name}</Name><Id>900000001</Id><TypeId V="ENH"/></Inst></HCP>`
/** A report in which every part stands once. */
const whole = `<Message xmlns="http://www.kith.no/xmlstds/labsvar/2012-02-15"><GenDate V="2026-01-10T10:00:00"/><ServReport>
<ServType V="N"/>
<Status V="F"/><MsgDescr V="CLIN"/><ServProvId>1</ServProvId><Comment>a</Comment><ServReq><Id>2</Id><Comment>
<TextResultValue>b</TextResultValue>
</Comment><ReasonAsText><TextResultValue>c</TextResultValue></ReasonAsText></ServReq><Patient><OffId>${patient}</OffId>
<TypeOffId V="FNR"/>
<InfItem><Observation><Description>d</Description></Observation></InfItem><AnalysedSubject><IdByServProvider>3</IdByServProvider>
<CollectedSample>
<CollectedDate V="2026-01-09"/></CollectedSample><Comment>e</Comment></AnalysedSubject><ResultItem><IdResultItem>4</IdResultItem>
<Investigation>
<Id V="1" S="1" DN="A"/></Investigation><NumResult><NumResultValue V="5" U="g/L"/></NumResult><StructuredInfo><Type V="6" DN="B"/>
<TextInfo>
<Text>f</Text></TextInfo></StructuredInfo><RefInterval><Descr>1-9</Descr></RefInterval><Comment><TextResultValue>g</TextResultValue>
</Comment>
<RelServProv>${party('C')}</RelServProv></ResultItem></Patient><ServProvider>${party('D')}</ServProvider>
<Requester>${party('E')}</Requester>
<CopyDest>${party('F')}</CopyDest></ServReport></Message>`

test('an element that stands in an unexpected place gives its text back, or the message is refused', () => {
  const own = new Set(schemaElements.flatMap(({ path }) => path.split('/').map((_, at, names) => names.slice(0, at + 1).join('/'))))
  const all = [...new Set([...own].map((path) => path.split('/').at(-1) ?? ''))]
  // Each is tried at some of the places: every place with every name takes minutes.
  const always = ['RefDoc', 'Content', 'Base64Container', 'Address', 'HCP', 'Odd', 'Heading', ...Object.values(leftOut).flat()]
  const lost: string[] = []
  let kept = 0
  const open: string[] = []
  for (const { index, 0: tag } of whole.matchAll(/<[^>]+>/g)) {
    const name = /\w+/.exec(tag)?.[0] ?? ''
    if (tag.startsWith('</')) open.pop()
    else if (!tag.endsWith('/>')) open.push(name)
    if (tag.endsWith('/>') || open.length === 0) continue
    const at = index + tag.length
    for (const inserted of [...always, ...all].filter((_, place) => place % 16 === at % 16)) {
      if (inserted.includes('/')) continue
      const path = [...open.slice(1), inserted].join('/')
      // Its own place is in the table; a party has more elements than the table.
      if (own.has(path) || /HCP|ServProv|Requester|CopyDest/.test(path)) continue
      if (leftOut.identity.some((name) => path === `ServReport/Patient/${name}`)) continue
      // The patient's own number is read, and nothing below it.
      if (path.startsWith('ServReport/Patient/OffId/')) continue
      const element = `<${inserted} V="t0k1n"><Inner>t0k2n</Inner>t0k3n</${inserted}>`
      const set = convertKithReport(Buffer.from(whole.slice(0, at) + element + whole.slice(at)), {})
      if (isProblem(set) || set.kind !== 'record-set') continue
      const text = JSON.stringify(set.entries.map(({ resource }) => resource))
      kept += 1
      if (!['t0k1n', 't0k2n', 't0k3n'].every((token) => text.includes(token))) lost.push(path)
    }
  }
  assert.deepEqual(lost, [])
  assert.ok(kept > 100, String(kept))
})
