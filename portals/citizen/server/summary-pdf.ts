/**
 * A summary as a PDF that screen readers can read: tagged (PDF/UA-1 as far as the library goes: document, headings, paragraphs, lists),
 * with language and title, embedded fonts, and page numbers that are not read aloud.
 */
import { fileURLToPath } from 'node:url'
import { formatDateTime, type Language, localeOf } from '@helsevev/ui/format.ts'
import PDFDocument from 'pdfkit'
import type { SummaryText } from './summary-text.ts'
import { summaryWords } from './summary-words.ts'

const fontFile = (style: string) => fileURLToPath(import.meta.resolve(`@expo-google-fonts/source-sans-3/${style}/SourceSans3_${style}.ttf`))
const fonts = { text: fontFile('400Regular'), strong: fontFile('600SemiBold') }

const margin = 62
/** The lines of a list item align under its words, and not under the bullet. */
const hanging = 12
/** Points from the bottom of the page. */
const footer = 36

export async function summaryPdf(summary: SummaryText, language: Language): Promise<Buffer> {
  const words = summaryWords[language]
  const document = taggedDocument(words.title, language, summary.made)
  const pdf = contentOf(document)
  const root = document.struct('Document')
  document.addStructure(root)
  const { write, list } = writerOf(document, root)

  write('H1', words.title)
  write('P', summary.name ?? words.nameless)
  if (summary.birthDate) write('P', fill(words.born, { date: summary.birthDate }))
  if (summary.identityNumber) write('P', fill(words.number, { number: summary.identityNumber }))
  write('P', fill(words.made, { time: formatDateTime(summary.made, language) }))
  write('P', words.lead.join(' '))
  for (const { title, lines, notes } of summary.sections) {
    write('H2', title)
    if (lines.length > 0) list(lines)
    for (const note of notes) write('P', note)
  }
  root.end()
  pageNumbers(document, (page, pages) => fill(words.page, { page: String(page), pages: String(pages) }))
  document.end()
  return await pdf
}

const fill = (text: string, values: Record<string, string>) => text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '')

function taggedDocument(title: string, language: Language, made: string): PDFKit.PDFDocument {
  const document = new PDFDocument({
    size: 'A4',
    margin,
    pdfVersion: '1.7',
    // A subset that the library supports and its types lack.
    subset: 'PDF/UA' as 'PDF/A-1',
    tagged: true,
    lang: localeOf(language),
    displayTitle: true,
    bufferPages: true,
    font: fonts.text,
    info: { Title: title, Creator: 'Helsevev', Producer: 'Helsevev', ...(made ? { CreationDate: new Date(made) } : {}) },
  })
  return document.registerFont('text', fonts.text).registerFont('strong', fonts.strong)
}

/** The bytes of the file, once the document has ended. */
function contentOf(document: PDFKit.PDFDocument): Promise<Buffer> {
  const chunks: Buffer[] = []
  document.on('data', (chunk: Buffer) => chunks.push(chunk))
  return new Promise((resolve, reject) => {
    document.on('end', () => resolve(Buffer.concat(chunks)))
    document.on('error', reject)
  })
}

/** Headings, paragraphs and lists, each as a structure element of `root` that screen readers know. */
function writerOf(document: PDFKit.PDFDocument, root: PDFKit.PDFStructureElement) {
  function write(tag: 'H1' | 'H2' | 'P', text: string): void {
    root.add(
      document.struct(tag, {}, () => {
        if (tag === 'H2') document.moveDown(0.8)
        document
          .font(tag === 'P' ? 'text' : 'strong')
          .fontSize(tag === 'H1' ? 20 : tag === 'H2' ? 14 : 11)
          .text(clean(text))
          .moveDown(tag === 'P' ? 0.25 : 0.35)
      }),
    )
  }

  function list(lines: readonly string[]): void {
    const all = document.struct('L')
    root.add(all)
    for (const line of lines) {
      const item = document.struct('LI')
      all.add(item)
      item.add(
        document.struct('LBody', {}, () => {
          document
            .font('text')
            .fontSize(11)
            .text(`•  ${clean(line)}`, margin + hanging, document.y, {
              indent: -hanging,
              width: document.page.width - 2 * margin - hanging,
            })
            .moveDown(0.1)
        }),
      )
      item.end()
    }
    all.end()
    document.x = margin
  }

  return { write, list }
}

/** Page numbers are artifacts: not part of what is read aloud. */
function pageNumbers(document: PDFKit.PDFDocument, words: (page: number, pages: number) => string): void {
  const { start, count } = document.bufferedPageRange()
  for (let at = start; at < start + count; at += 1) {
    document.switchToPage(at)
    // Below the margin, where the library would otherwise begin a new page.
    document.page.margins.bottom = 0
    document.markContent('Artifact', { type: 'Pagination' })
    document
      .font('text')
      .fontSize(9)
      .text(words(at - start + 1, count), margin, document.page.height - footer, {
        align: 'right',
        width: document.page.width - 2 * margin,
        lineBreak: false,
      })
    document.endMarkedContent()
  }
}

/** Control characters have no glyph. */
function clean(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is taken out
  return text.replace(/[\u0000-\u001f\u007f]+/g, ' ').trim()
}
