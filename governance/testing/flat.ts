/** A pack as one row of text for each fact, to compare with a list that a person wrote. A long text has its first and last words. */
import type { Item, Pack } from '../pack/pack.ts'

const ENDS = 3

export function flat({ bodies, meetings, quoted, followUps, costs, questions }: Pack): string[] {
  return [
    ...bodies.map(({ name, line }) => `${line} body: ${name}`),
    ...meetings.flatMap(({ kind, body, number, year, date, starts, ends, place, line, attendance, items }) => [
      `${line} ${kind} ${number}/${year} ${body}, ${date} ${starts}-${ends}, ${place}`,
      ...attendance.map((one) => {
        const instead = one.standsInFor === undefined ? '' : ` for ${one.standsInFor}`
        return `${one.line} ${one.standing}: ${one.name}${instead}, ${one.organization}`
      }),
      ...items.flatMap(flatItem),
    ]),
    ...quoted.flatMap(flatItem),
    ...followUps.map(({ line, deadline, body, number, text }) => `${line} deadline ${deadline} of ${body} ${number}: ${ends(text)}`),
    ...costs.flatMap(({ title, columns, rows, line }) => [
      `${line} costs: ${title}: ${columns.join(', ')}`,
      ...rows.map((row) => `${row.line} ${row.kind} ${row.name}: ${row.amounts.join(', ')}`),
    ]),
    ...questions.map(({ line, text }) => `${line} unsure: ${ends(text)}`),
  ]
}

function flatItem({ body, number, year, type, begins, title, note, line, from, handlers, texts, inputs, attachments }: Item): string[] {
  const remark = note === undefined ? '' : ` [${note}]`
  return [
    `${line} case ${body} ${number}/${year} ${type ?? 'untyped'}${begins === undefined ? '' : ` ${begins}`}: ${title}${remark}`,
    ...(from === undefined ? [] : [`memo of ${number}/${year} from ${from}; ${handlers}`]),
    ...texts.map((text) => `${text.line} ${text.state} ${text.kind} ${number}/${year}: ${ends(text.text)}`),
    ...inputs.map((input) => `${input.line} input ${number}/${year} by ${input.givenBy}: ${ends(input.text)}`),
    ...attachments.map(({ label, title: name, standing, heldAt, url, line: at }) => {
      const where = heldAt === undefined ? '' : ` at ${heldAt}`
      return `${at} attachment ${label} ${standing}${where}${url === undefined ? '' : ' with address'}: ${name}`
    }),
  ]
}

function ends(text: string): string {
  const words = text.split(/\s/)
  return words.length <= 2 * ENDS ? words.join(' ') : `${words.slice(0, ENDS).join(' ')} … ${words.slice(-ENDS).join(' ')}`
}
