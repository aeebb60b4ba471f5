import assert from 'node:assert/strict'
import { test } from 'node:test'
import { extractText, getDocumentProxy, getMeta } from 'unpdf'
import { summaryPdf } from './summary-pdf.ts'
import type { SummaryText } from './summary-text.ts'

const summary: SummaryText = {
  name: 'Łukasz Čacko Ånensen',
  birthDate: '5. januar 1950',
  made: '2026-11-25T12:00:00Z',
  sections: [
    {
      title: 'Prøvesvar',
      lines: [
        { text: 'Blodplater – B-Trombocytter: 250 10*9/L', about: '1. november 2026 · kilde: Helse Vest RHF' },
        { text: '<script>alert(1)</script>\u0000\u001b', about: '' },
      ],
      notes: ['Det finnes mer.'],
    },
    { title: 'Legemidler', lines: [], notes: ['Slike opplysninger deles ikke her ennå.'] },
  ],
}

const open = async (pdf: Buffer) => await getDocumentProxy(new Uint8Array(pdf))

test('the PDF opens, and says what it should in letters of more languages than Norwegian', async () => {
  const pdf = await open(await summaryPdf(summary, 'nb'))
  const { text } = await extractText(pdf, { mergePages: true })
  for (const words of [
    'Sammendrag av helseopplysninger',
    'Łukasz Čacko Ånensen',
    'Født 5. januar 1950',
    'Laget 25. nov. 2026 kl. 13:00',
    'Blodplater – B-Trombocytter: 250 10*9/L',
    '1. november 2026 · kilde: Helse Vest RHF',
    '<script>alert(1)</script>',
    'Det finnes mer.',
    'Side 1 av 1',
  ])
    assert.ok(text.includes(words), `${words} in ${text}`)
})

test('it is tagged, in a language, with a title: headings, paragraphs and lists in the order they are read', async () => {
  const pdf = await open(await summaryPdf(summary, 'nn'))
  const { info } = await getMeta(pdf)
  assert.deepEqual([info['Title'], info['Language'], info['IsAcroFormPresent']], ['Samandrag av helseopplysningar', 'nn-NO', false])
  assert.equal((await pdf.getMarkInfo())?.Marked, true)
  const tree = await (await pdf.getPage(1)).getStructTree()
  const roles = (node: unknown): string[] => {
    const { role, children = [] } = node as { role?: string; children?: unknown[] }
    return role ? [role, ...children.flatMap(roles)] : []
  }
  assert.deepEqual(roles(tree), [
    'Root',
    'Document',
    'H1',
    'P',
    'P',
    'P',
    'P',
    'H2',
    'L',
    'LI',
    'Lbl',
    'LBody',
    'LI',
    'Lbl',
    'LBody',
    'P',
    'H2',
    'P',
  ])
})

test('many lines go over more pages, each numbered once', async () => {
  const lines = Array.from({ length: 150 }, (_, at) => ({ text: `Linje ${at}`, about: 'kilde: Bergen kommune' }))
  const pdf = await open(await summaryPdf({ ...summary, sections: [{ title: 'Prøvesvar', lines, notes: [] }] }, 'nb'))
  const { text, totalPages } = await extractText(pdf, { mergePages: true })
  assert.ok(totalPages >= 3)
  assert.deepEqual(
    text.match(/Side \d+ av \d+/g),
    Array.from({ length: totalPages }, (_, at) => `Side ${at + 1} av ${totalPages}`),
  )
  assert.ok(text.includes('Linje 149'))
})

test('no number stands in it that nobody asked for', async () => {
  const told = async (identityNumber?: string) =>
    (
      await extractText(await open(await summaryPdf({ ...summary, ...(identityNumber ? { identityNumber } : {}) }, 'nb')), {
        mergePages: true,
      })
    ).text
  assert.doesNotMatch(await told(), /\d{11}/)
  assert.match(await told('14835010067'), /Fødselsnummer 14835010067/)
})

// biome-ignore format: a table, one row to a line
const names: [alphabet: string, name: string, whole: boolean][] = [
  ['Skolt Sámi',  'Ǩeâǥǥ Ǯuõkku Sääʹm', true],
  ['Cyrillic',    'Олександр Ґудзь',    true],
  ['Arabic',      'محمد الأحمد',         true],
  ['Tigrinya',    'ሰላም ተስፋይ',          true],
  ['Tamil',       'தமிழ் செல்வி',          true],
  ['Thai',        'สมชาย',              true],
  ['Chinese',     '王小明',              true],
  ['hieroglyphs', 'Ola 𓀀',             false],
]
for (const [alphabet, name, whole] of names)
  test(`a name in ${alphabet} ${whole ? 'is drawn' : 'has its missing signs told'}`, async () => {
    const pdf = await open(await summaryPdf({ ...summary, name }, 'nb'))
    const { text } = await extractText(pdf, { mergePages: true })
    assert.equal(text.includes('Noen tegn har vi ingen skrift for. De står her som □.'), !whole, text)
    const letters = (told: string) => [...told.normalize('NFKC').replace(/[\s\p{Mark}\p{Cc}]/gu, '')].sort().join('')
    const drawnLetters = letters(text.slice(text.indexOf('helseopplysninger') + 17, text.indexOf('Født')))
    assert.equal(drawnLetters, letters(whole ? name : 'Ola □'))
  })

/** ISO 14289-1 (PDF/UA-1), by the numbers of the Matterhorn Protocol 1.1: what a program can see in the file. */
test('the file meets the checkpoints of PDF/UA that a program can see', async () => {
  const file = await summaryPdf({ ...summary, name: 'Ǩeâǥǥ محمد 王小明' }, 'nb')
  const source = file.toString('latin1')
  const count = (pattern: RegExp) => source.match(pattern)?.length ?? 0
  assert.match(source, /pdfuaid:part>1</, '06-002: states that it is PDF/UA')
  assert.match(source, /dc:title/, '06-003: a title in the metadata')
  assert.match(source, /\/DisplayDocTitle true/, '07-001: the title is shown')
  assert.match(source, /\/Lang \(nb-NO\)/, '11-006: a language')
  assert.equal(count(/\/Encrypt /g), 0, '26: not locked to screen readers')
  assert.ok(count(/\/Tabs \/S/g) >= 1, '28-009: the order of tabs is that of the structure')
  // 31: every font is embedded, and its characters have meanings.
  assert.equal(count(/\/Type \/FontDescriptor/g), count(/\/FontFile[23]? /g))
  assert.equal(count(/\/Subtype \/Type0/g), count(/\/ToUnicode /g))
  assert.ok(count(/\/ActualText/g) >= 1, 'what is drawn from the right has its text as it is read')
  // 01-003 to 01-005: all that is drawn is tagged, or an artifact.
  const pdf = await open(file)
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const { fnArray } = await (await pdf.getPage(number)).getOperatorList()
    let depth = 0
    for (const operator of fnArray) {
      if (operator === OPS.beginMarkedContent || operator === OPS.beginMarkedContentProps) depth += 1
      if (operator === OPS.endMarkedContent) depth -= 1
      if (operator === OPS.showText) assert.ok(depth > 0, `page ${number}`)
    }
    assert.equal(depth, 0)
  }
})

/** Operators of pdf.js (shared/util.js). */
const OPS = { showText: 44, beginMarkedContent: 69, beginMarkedContentProps: 70, endMarkedContent: 71 }
