/** Meetings and deadlines as iCalendar (RFC 5545): meetings in universal time, deadlines as whole days. */
import { keyOf } from '../pack/pack.ts'
import type { Council } from '../store/read.ts'

/** Lines end as RFC 5545 § 3.1 has it, and none is longer than 75 octets. */
export function calendarOf({ meetings, followUps, cases }: Council, now: Date): string {
  const stamp = compact(now.toISOString())
  const held = meetings.flatMap(({ body, number, year, held: day, starts, ends, place }) => {
    if (day === null) return []
    const agenda = cases.filter((one) => one.body === body && one.meeting === number && one.meetingYear === year)
    const times = starts === null ? [`DTSTART;VALUE=DATE:${compact(day)}`] : [`DTSTART:${universal(day, starts)}`]
    return event({
      uid: `meeting-${number}-${year}-${body}`,
      stamp,
      times: [...times, ...(starts !== null && ends !== null ? [`DTEND:${universal(day, ends)}`] : [])],
      summary: `${body} ${number}/${year}`,
      more: [
        ...(place === null ? [] : [`LOCATION:${escaped(place)}`]),
        `DESCRIPTION:${escaped(agenda.map((one) => `${keyOf(one).slice(body.length + 1)} ${one.title}`).join('\n'))}`,
      ],
    })
  })
  const owed = followUps
    .filter(({ status }) => status !== 'met')
    .flatMap(({ body, number, year, deadline, movedTo, content, owner }) =>
      event({
        uid: `deadline-${deadline}-${number}-${year}-${body}`,
        stamp,
        times: [`DTSTART;VALUE=DATE:${compact(movedTo ?? deadline)}`],
        summary: content,
        more: [`DESCRIPTION:${escaped(`${keyOf({ body, number, year })}${owner === null ? '' : `, ${owner}`}`)}`],
      }),
    )
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Helsevev//Council//NO', ...held, ...owed, 'END:VCALENDAR']
  return lines
    .flatMap(folded)
    .map((line) => `${line}\r\n`)
    .join('')
}

function event({ uid, stamp, times, summary, more }: { uid: string; stamp: string; times: string[]; summary: string; more: string[] }) {
  const id = `${encodeURIComponent(uid)}@helsevev`
  return ['BEGIN:VEVENT', `UID:${id}`, `DTSTAMP:${stamp}`, ...times, `SUMMARY:${escaped(summary)}`, ...more, 'END:VEVENT']
}

function universal(day: string, time: string): string {
  return compact(Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime('Europe/Oslo').toInstant().toString())
}

/** `20230623T080000Z` */
function compact(moment: string): string {
  return moment.replaceAll('-', '').replaceAll(':', '').replace(/\.\d+/, '')
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll(';', '\\;').replaceAll(',', '\\,').replaceAll('\n', '\\n')
}

/** Further lines of a long one begin with a space. A character is never divided. */
function folded(line: string): string[] {
  const lines = ['']
  for (const character of line) {
    const now = lines.at(-1) ?? ''
    if (Buffer.byteLength(now + character) > 75) lines.push(` ${character}`)
    else lines[lines.length - 1] = now + character
  }
  return lines
}
