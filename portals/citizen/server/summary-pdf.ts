/**
 * A summary as a PDF that screen readers can read: tagged (PDF/UA-1 as far as the library goes: document, headings, paragraphs, lists),
 * with language and title, embedded fonts of many alphabets, and page numbers that are not read aloud.
 */
import { formatDateTime, type Language, localeOf } from '@helsevev/ui/format.ts'
import PDFDocument from 'pdfkit'
import { drawn, type Fonts, firstFontFile, fontsOf, type Run, replacement, strongFont } from './pdf-fonts.ts'
import type { SummaryLine } from './summary-lines.ts'
import type { SummaryText } from './summary-text.ts'
import { summaryWords } from './summary-words.ts'

const margin = 62
/** The lines of a list item align under its words, and not under the bullet. */
const hanging = 12
/** Points from the bottom of the page. */
const footer = 36
const black = '#000'
/** Contrast to white of 9 to 1. */
const grey = '#444'

export async function summaryPdf(summary: SummaryText, language: Language): Promise<Buffer> {
  const words = summaryWords[language]
  const document = taggedDocument(words.title, language, summary.made)
  const pdf = contentOf(document)
  const fonts = fontsOf(document)
  const root = document.struct('Document')
  document.addStructure(root)
  const { write, list } = writerOf(document, root, fonts)

  write('H1', words.title)
  write('P', summary.name ?? words.nameless)
  if (summary.birthDate) write('P', fill(words.born, { date: summary.birthDate }))
  if (summary.identityNumber) write('P', fill(words.number, { number: summary.identityNumber }))
  write('P', fill(words.made, { time: formatDateTime(summary.made, language) }))
  write('P', words.lead.join(' '))
  if (fonts.replaces(textsOf(summary).map(clean))) write('P', fill(words.replaced, { sign: replacement }))
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

function textsOf({ name = '', sections }: SummaryText): string[] {
  return [name, ...sections.flatMap(({ title, lines, notes }) => [title, ...lines.flatMap(({ text, about }) => [text, about]), ...notes])]
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
    font: firstFontFile,
    info: { Title: title, Creator: 'Helsevev', Producer: 'Helsevev', ...(made ? { CreationDate: new Date(made) } : {}) },
  })
  return document
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

const isMixed = (runs: readonly Run[]) => new Set(runs.map(({ font }) => font)).size > 1

type Content = (() => void) | PDFKit.PDFStructureElement

/** Headings, paragraphs and lists, each as a structure element of `root` that screen readers know. */
function writerOf(document: PDFKit.PDFDocument, root: PDFKit.PDFStructureElement, fonts: Fonts) {
  /**
   * What draws a text in the fonts that it needs. What is drawn from the right is a span of its own, with its text as it is read.
   * Fonts stand on one line: where there are several, `y` is the line and not the top.
   */
  function content(runs: readonly Run[], options: PDFKit.Mixins.TextOptions): Content[] {
    return runs.map((run, at) => {
      const parts = drawn(run)
      const draw = () => {
        for (const [place, part] of parts.entries())
          document.font(run.font).text(part, { ...options, continued: at < runs.length - 1 || place < parts.length - 1 })
      }
      return run.rightToLeft ? document.struct('Span', { actual: run.text }, draw) : draw
    })
  }

  function written(runs: readonly Run[], size: number, options: PDFKit.Mixins.TextOptions = {}): Content[] {
    if (!isMixed(runs)) return content(runs, options)
    const shift = (points: number) => () => {
      document.y += points
    }
    return [shift(size), ...content(runs, { ...options, baseline: 'alphabetic' }), shift(-size)]
  }

  /** A heading and its first line, or a line and its source, begin on one page. */
  function keepTogether(points: number): void {
    if (document.y > document.page.height - margin - points) document.addPage()
  }

  function write(tag: 'H1' | 'H2' | 'P', text: string): void {
    const size = tag === 'H1' ? 20 : tag === 'H2' ? 14 : 11
    const before = () => {
      if (tag === 'H2') keepTogether(60)
      if (tag === 'H2') document.moveDown(0.8)
      document.fontSize(size)
    }
    const after = () => {
      document.moveDown(tag === 'P' ? 0.25 : 0.35)
    }
    const runs = fonts.runs(clean(text), tag === 'P' ? undefined : strongFont)
    root.add(document.struct(tag, {}, [before, ...written(runs, size), after]))
  }

  function list(lines: readonly SummaryLine[]): void {
    const all = document.struct('L')
    root.add(all)
    for (const line of lines) all.add(item(line))
    all.end()
    document.x = margin
  }

  function item({ text, about }: SummaryLine): PDFKit.PDFStructureElement {
    const runs = fonts.runs(clean(text))
    const width = document.page.width - 2 * margin - hanging
    const onLine = isMixed(runs) ? ({ baseline: 'alphabetic' } as const) : {}
    const options = { indent: -hanging, width, ...onLine }
    const bullet = () => {
      document.font('text').fontSize(11)
      keepTogether(30)
      if (isMixed(runs)) document.y += 11
      document.text('•  ', margin + hanging, document.y, { ...options, continued: true })
    }
    const between = () => {
      if (isMixed(runs)) document.y -= 11
      document.fontSize(9.5).fillColor(grey)
    }
    const after = () => {
      document.fillColor(black).moveDown(0.25)
    }
    const body = [...content(runs, options), between, ...(about ? written(fonts.runs(clean(about)), 9.5, { width }) : []), after]
    return document.struct('LI', {}, [document.struct('Lbl', {}, bullet), document.struct('LBody', {}, body)])
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
