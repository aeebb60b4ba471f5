/** The page and its panels as plain text, for a record or a message: what is shown now, line by line, each with its source. */

import type { Line } from '@helsevev/panel/panel.ts'
import { formatDateTime, type Language } from '@helsevev/ui/format.ts'

export interface Section {
  title: string
  /** What is incomplete or empty, in words. */
  remarks: string[]
  lines: Line[]
}

/** `heading`: the patient and other facts that come first, one on each line. */
export function plainText(heading: readonly string[], sections: readonly Section[], language: Language): string {
  return [heading.join('\n'), ...sections.map((section) => sectionText(section, language))].join('\n\n')
}

function sectionText({ title, remarks, lines }: Section, language: Language): string {
  return [title, ...remarks, ...lines.map((line) => `- ${lineText(line, language)}`)].join('\n')
}

/** With all that the screen shows on demand, and with the number to call. */
function lineText({ what, value, rest = [], sameDay = [], time, controller, unit, author, phone }: Line, language: Language): string {
  const source = [...new Set([time && formatDateTime(time, language), controller, unit, author])].filter(Boolean).join(', ')
  const said = [value, ...rest, ...(sameDay.length > 0 ? [`${sameDayWords[language]}: ${sameDay.join(', ')}`] : [])]
    .filter(Boolean)
    .join('; ')
  return `${what}${said ? `: ${said}` : ''} (${source}${phone ? `, ${phoneWords[language]} ${phone}` : ''})`
}

const sameDayWords = { nb: 'samme dag også', nn: 'same dag òg', en: 'also that day' } as const
const phoneWords = { nb: 'tlf.', nn: 'tlf.', en: 'phone' } as const
