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
      lines: ['Blodplater – B-Trombocytter: 250 10*9/L', '<script>alert(1)</script>\u0000\u001b'],
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
  assert.deepEqual(roles(tree), ['Root', 'Document', 'H1', 'P', 'P', 'P', 'P', 'H2', 'L', 'LI', 'LBody', 'LI', 'LBody', 'P', 'H2', 'P'])
})

test('many lines go over more pages, each numbered once', async () => {
  const lines = Array.from({ length: 150 }, (_, at) => `Linje ${at}`)
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
