/**
 * What the checks read out of a Markdown page: its sections, its relative links, the npm scripts and commands it names, the tests it names.
 */

export interface Section {
  /** Heading as written, without `#` and backticks. */
  heading: string
  /** The anchor a link uses: GitHub's rule. */
  anchor: string
  line: number
  /** The text up to the next heading of any level. */
  text: string
}

export interface Mention {
  value: string
  line: number
}

export function sectionsOf(page: string): Section[] {
  const sections: Section[] = []
  const seen = new Map<string, number>()
  for (const { text, line, fenced } of linesOf(page)) {
    const heading = fenced ? undefined : /^#{1,6}\s+(.*?)\s*#*$/.exec(text)?.[1]
    if (heading === undefined) {
      const last = sections.at(-1)
      if (last) last.text += `${text}\n`
      continue
    }
    const plain = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll('`', '')
    const slug = plain
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-')
    const times = seen.get(slug) ?? 0
    seen.set(slug, times + 1)
    sections.push({ heading: plain, anchor: times === 0 ? slug : `${slug}-${times}`, line, text: '' })
  }
  return sections
}

/** Targets of links and images inside the repository: `page.md`, `page.md#anchor`, `#anchor`. */
export function relativeLinksOf(page: string): Mention[] {
  const found: Mention[] = []
  for (const { text, line, fenced } of linesOf(page)) {
    if (fenced) continue
    const prose = text.replace(/`[^`]*`/g, '')
    const targets = [...prose.matchAll(/\]\(\s*<?([^)\s>]+)>?[^)]*\)/g), ...prose.matchAll(/^\s*\[[^\]]+\]:\s+(\S+)/g)]
    for (const [, value = ''] of targets) if (!/^([a-z][a-z0-9+.-]*:|\/\/)/i.test(value)) found.push({ value, line })
  }
  return found
}

/** Names of the scripts in `npm run x`, `npm start` and `npm test`. */
export function scriptsOf(page: string): Mention[] {
  const found: Mention[] = []
  for (const { text, line } of linesOf(page)) {
    for (const [, script, short] of text.matchAll(/\bnpm (?:run(?:-script)? ([a-z][\w:-]*)|(start|test)\b)/g)) {
      found.push({ value: script ?? short ?? '', line })
    }
  }
  return found
}

export interface NamedCommand extends Mention {
  /** The words up to the first that is no name of a command: `audit verify`. */
  value: string
  /** Names of options on the same line, without dashes. */
  options: string[]
}

/** What follows `npx helsevev`, in prose and in code blocks. */
export function commandsOf(page: string): NamedCommand[] {
  const found: NamedCommand[] = []
  for (const { text, line } of linesOf(page)) {
    for (const [, rest = ''] of text.matchAll(/\bnpx helsevev((?: +[^\s`#]+)*)/g)) {
      const words = rest.trim().split(/ +/)
      const end = words.findIndex((word) => !/^[a-z][a-z-]*$/.test(word))
      const options = [...rest.matchAll(/ \[?--([a-z][a-z-]*)/g)].map(([, name = '']) => name)
      found.push({ value: (end === -1 ? words : words.slice(0, end)).join(' '), options, line })
    }
  }
  return found
}

export interface NamedTest {
  file: string
  /** Undefined when the file is named without a test of it. */
  name: string | undefined
  line: number
}

/** Tests that a page names as evidence: the file in backticks, and after it, each behind a ›, names in backticks. */
export function testsNamedIn(page: string): NamedTest[] {
  const found: NamedTest[] = []
  for (const { text, line, fenced } of linesOf(page)) {
    if (fenced) continue
    for (const [, file = '', names = ''] of text.matchAll(/`([\w./-]+\.test\.ts)`((?:\s*›\s*`[^`]*`)*)/g)) {
      const each = [...names.matchAll(/`([^`]*)`/g)].map(([, name]) => name)
      found.push(...(each.length > 0 ? each : [undefined]).map((name) => ({ file, name, line })))
    }
  }
  return found
}

function linesOf(page: string): { text: string; line: number; fenced: boolean }[] {
  let fenced = false
  return page.split(/\r?\n/).map((text, index) => {
    const fence = /^\s*(```|~~~)/.test(text)
    if (fence) fenced = !fenced
    return { text, line: index + 1, fenced: fenced || fence }
  })
}
