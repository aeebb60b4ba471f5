/**
 * Which font draws which part of a text. The first has the letters of Norwegian and most European languages; the others come where it has
 * no glyph, as for Skolt Sámi (ǩ), Arabic, Ethiopic, Tamil, Thai and Chinese. What no font has is replaced by a sign.
 */
import { fileURLToPath } from 'node:url'

const textFont = 'text'
export const strongFont = 'strong'
/** In the order in which they are tried after the one of the text. A font is read only when it is asked for. */
const others = ['noto', 'arabic', 'ethiopic', 'tamil', 'thai', 'chinese'] as const
const files: Readonly<Record<string, string>> = {
  text: fileURLToPath(import.meta.resolve('@expo-google-fonts/source-sans-3/400Regular/SourceSans3_400Regular.ttf')),
  strong: fileURLToPath(import.meta.resolve('@expo-google-fonts/source-sans-3/600SemiBold/SourceSans3_600SemiBold.ttf')),
  noto: fileURLToPath(import.meta.resolve('@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf')),
  arabic: fileURLToPath(import.meta.resolve('@expo-google-fonts/noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf')),
  ethiopic: fileURLToPath(import.meta.resolve('@expo-google-fonts/noto-sans-ethiopic/400Regular/NotoSansEthiopic_400Regular.ttf')),
  tamil: fileURLToPath(import.meta.resolve('@expo-google-fonts/noto-sans-tamil/400Regular/NotoSansTamil_400Regular.ttf')),
  thai: fileURLToPath(import.meta.resolve('@expo-google-fonts/noto-sans-thai/400Regular/NotoSansThai_400Regular.ttf')),
  chinese: fileURLToPath(import.meta.resolve('@expo-google-fonts/zcool-xiaowei/400Regular/ZCOOLXiaoWei_400Regular.ttf')),
}

export const firstFontFile = files[textFont] ?? ''
/** Stands for a character that no font has. */
export const replacement = '□'

/** A part of a text that one font draws, in the order in which it is read. */
export interface Run {
  font: string
  text: string
  rightToLeft: boolean
}

const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u
/** They join what stands around them, in the font of what stands before. */
const NEUTRAL = /^[\p{White_Space}\p{Mark}\u200c\u200d]$/u

export interface Fonts {
  runs(text: string, font?: string): Run[]
  /** Whether anything in these texts is replaced. */
  replaces(texts: readonly string[]): boolean
}

/** Registers the fonts at a document. */
export function fontsOf(document: PDFKit.PDFDocument): Fonts {
  for (const [name, path] of Object.entries(files)) document.registerFont(name, path)
  const glyphs = new Map<string, boolean>()
  const has = (font: string, character: string) => {
    const key = `${font} ${character}`
    const known = glyphs.get(key)
    if (known !== undefined) return known
    // The types of the library leave the opened font out.
    const { _font } = document.font(font) as unknown as { _font: { font: { hasGlyphForCodePoint(code: number): boolean } } }
    const found = _font.font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0)
    glyphs.set(key, found)
    return found
  }

  function runs(text: string, font = textFont): Run[] {
    const found: Run[] = []
    for (const written of text.normalize('NFC')) {
      const last = found.at(-1)
      if (last && NEUTRAL.test(written) && has(last.font, written)) {
        last.text += written
        continue
      }
      const fitting = [font, ...others].find((name) => has(name, written))
      const character = fitting ? written : replacement
      const name = fitting ?? [font, ...others].find((candidate) => has(candidate, replacement)) ?? font
      const rightToLeft = RIGHT_TO_LEFT.test(character)
      if (last && last.font === name && last.rightToLeft === rightToLeft) last.text += character
      else found.push({ font: name, text: character, rightToLeft })
    }
    return found.flatMap((run) => withoutSpaceAfter(run, font))
  }

  return {
    runs,
    replaces: (texts) => texts.some((text) => runs(text).reduce((all, run) => all + run.text, '') !== text.normalize('NFC')),
  }
}

/** The space after words that are read from the right stands to the right of them, and is no part of them. */
function withoutSpaceAfter(run: Run, font: string): Run[] {
  const space = run.text.slice(run.text.trimEnd().length)
  if (!run.rightToLeft || space === '') return [run]
  return [
    { ...run, text: run.text.slice(0, -space.length) },
    { font, text: space, rightToLeft: false },
  ]
}

/** The parts in the order in which they are drawn from the left: a word is turned by its font, and the order of the words here. */
export function drawn({ text, rightToLeft }: Run): string[] {
  return rightToLeft ? text.split(/(\s+)/).reverse() : [text]
}
