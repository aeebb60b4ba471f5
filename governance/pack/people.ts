/** Names and organisations in the head of a meeting: `Kari Nordmann (Fjord kommune)`, also over several lines. */
import type { Line } from './lines.ts'
import type { Question } from './pack.ts'

export interface Named {
  name: string
  organization: string
  line: number
}

/** Reads the lines of one field. A parenthesis that is not closed before the next one opens ends with its line, and is a question. */
export function namedIn(lines: readonly Line[]): { named: Named[]; questions: Question[] } {
  const named: Named[] = []
  const questions: Question[] = []
  let name = ''
  let organization: string | undefined
  let line = 0
  const end = () => {
    named.push({ name: name.trim(), organization: (organization ?? '').trim(), line })
    name = ''
    organization = undefined
  }
  for (const { text, number } of lines) {
    let rest = text
    if (organization !== undefined && opensBeforeItCloses(rest)) {
      questions.push({
        line: number - 1,
        text: `${name.trim()} (${organization}`,
        question: 'The parenthesis is not closed. Does the organisation end here?',
      })
      end()
    }
    while (rest !== '') {
      if (organization === undefined) {
        const open = rest.indexOf('(')
        if (name === '') line = number
        name = `${name} ${open < 0 ? rest : rest.slice(0, open)}`
        rest = open < 0 ? '' : rest.slice(open + 1)
        if (open >= 0) organization = ''
      } else {
        const close = rest.indexOf(')')
        organization = `${organization} ${close < 0 ? rest : rest.slice(0, close)}`.trim()
        rest = close < 0 ? '' : rest.slice(close + 1).trim()
        if (close >= 0) end()
      }
    }
  }
  if (organization !== undefined) {
    questions.push({
      line,
      text: `${name.trim()} (${organization}`,
      question: 'The parenthesis is not closed. Does the organisation end here?',
    })
    end()
  } else if (name.trim() !== '')
    questions.push({ line, text: name.trim(), question: 'No organisation stands after the name. Which is it?' })
  return { named, questions }
}

function opensBeforeItCloses(text: string): boolean {
  const open = text.indexOf('(')
  const close = text.indexOf(')')
  return open >= 0 && (close < 0 || open < close)
}
