/**
 * Bodies, meetings and cases in the structure of OParl 1.1: a paper is the case, and a consultation its treatment at one meeting of one
 * body. What OParl has no member for begins with `helsevev:`. https://oparl.org
 */
import { keyOf } from '../pack/pack.ts'
import type { Council, StoredCase, StoredMeeting } from '../store/read.ts'

type OparlObject = { id: string; type: string } & Record<string, unknown>

/** One list of objects that refer to each other by id; `base` begins every id. */
export function oparlOf(council: Council, base: string): OparlObject[] {
  const id = (kind: string, ...names: (string | number)[]) => [base, kind, ...names.map((name) => encodeURIComponent(name))].join('/')
  const type = (name: string) => `https://schema.oparl.org/1.1/${name}`
  const { bodies, seats, meetings, cases } = council
  const members = [...new Set(seats.map(({ member }) => member))]
  const meetingId = ({ body, year, number }: Pick<StoredMeeting, 'body' | 'year' | 'number'>) => id('meeting', body, year, number)
  const caseNames = ({ body, year, number }: StoredCase) => [body, year, number] as const
  const organization = (body: string) => id('organization', body)
  return [
    { id: id('body', 'Norge'), type: type('Body'), name: 'Norge', system: id('system') },
    ...bodies.map(({ name, line }) => ({
      ...{ id: organization(name), type: type('Organization'), body: id('body', 'Norge'), name, 'helsevev:sourceLine': line },
      membership: seats.filter((seat) => seat.body === name).map((seat) => id('membership', name, seat.organization, seat.member)),
    })),
    ...members.map((name) => ({ id: id('person', name), type: type('Person'), name })),
    ...seats.map(({ body, organization: seat, member, line }) => ({
      ...{ id: id('membership', body, seat, member), type: type('Membership'), person: id('person', member) },
      ...{ organization: organization(body), votingRight: true, 'helsevev:seat': seat, 'helsevev:sourceLine': line },
    })),
    ...meetings.map((meeting) => ({
      ...{ id: meetingId(meeting), type: type('Meeting'), name: `${meeting.body} ${meeting.number}/${meeting.year}` },
      meetingState: wasHeld(meeting, cases) ? 'durchgeführt' : 'eingeladen',
      ...(meeting.held && meeting.starts ? { start: moment(meeting.held, meeting.starts) } : {}),
      ...(meeting.held && meeting.ends ? { end: moment(meeting.held, meeting.ends) } : {}),
      ...{ organization: [organization(meeting.body)], 'helsevev:place': meeting.place, 'helsevev:sourceLine': meeting.line },
      agendaItem: cases.filter((one) => isAt(one, meeting)).map((one) => id('agendaitem', ...caseNames(one))),
    })),
    ...cases.flatMap((one) => caseObjects(one, { id, type, meetingId, organization })),
  ]
}

interface Ids {
  id(kind: string, ...names: (string | number)[]): string
  type(name: string): string
  meetingId(meeting: Pick<StoredMeeting, 'body' | 'year' | 'number'>): string
  organization(body: string): string
}

function caseObjects(one: StoredCase, { id, type, meetingId, organization }: Ids): OparlObject[] {
  const { body, year, number, meeting, meetingYear, title, attachments, line } = one
  const names = [body, year, number] as const
  const held = meeting !== null && meetingYear !== null ? meetingId({ body, year: meetingYear, number: meeting }) : undefined
  const decision = one.texts.find(({ kind }) => kind === 'decision')
  const proposal = one.texts.find(({ kind }) => kind === 'proposal')
  const paper: OparlObject = {
    ...{ id: id('paper', ...names), type: type('Paper'), name: title, reference: keyOf(one), paperType: one.type ?? undefined },
    ...{ consultation: [id('consultation', ...names)], auxiliaryFile: attachments.map(({ label }) => id('file', ...names, label)) },
    ...(proposal ? { 'helsevev:proposal': proposal.content } : {}),
    'helsevev:input': one.inputs.map(({ givenBy, content }) => ({ givenBy, content })),
    'helsevev:sourceLine': line,
  }
  const item: OparlObject = {
    ...{
      id: id('agendaitem', ...names),
      type: type('AgendaItem'),
      number: `${number}/${String(year % 100).padStart(2, '0')}`,
      name: title,
    },
    ...(held === undefined ? {} : { meeting: held }),
    ...{ public: true, consultation: id('consultation', ...names) },
    ...(decision ? { result: decision.state, resolutionText: decision.content } : {}),
  }
  const consultation: OparlObject = {
    ...{ id: id('consultation', ...names), type: type('Consultation'), paper: paper.id, agendaItem: item.id },
    ...(held === undefined ? {} : { meeting: held }),
    organization: [organization(body)],
  }
  const files = attachments.map(({ label, title: name, standing, url }): OparlObject => {
    const where = url === null ? {} : { externalServiceUrl: url }
    return { id: id('file', ...names, label), type: type('File'), name, paper: [paper.id], ...where, 'helsevev:standing': standing }
  })
  return [paper, item, consultation, ...files]
}

/** Minutes may come in a later pack than the notice: the decisions then show that the meeting was held. */
function wasHeld(meeting: StoredMeeting, cases: readonly StoredCase[]): boolean {
  return meeting.record === 'minutes' || cases.some((one) => isAt(one, meeting) && one.texts.some(({ kind }) => kind === 'decision'))
}

function isAt(one: StoredCase, { body, year, number }: StoredMeeting): boolean {
  return one.body === body && one.meetingYear === year && one.meeting === number
}

/** A day and a time of day in Norway, with the offset. */
function moment(day: string, time: string): string {
  const at = Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime('Europe/Oslo')
  return `${day}T${time}:00${at.offset}`
}
