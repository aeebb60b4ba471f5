/**
 * Whose information the person sees: the person, and those the person acts for, as the API's $acts-for returns them
 * (docs/api/related-person.md). The page knows each by a random id; the numbers stay in the sealed session.
 */

import { randomBytes } from 'node:crypto'
import { ageOn } from '@helsevev/kernel/values/age'
import type { Desk, PortalHandlers, PortalRequest } from '@helsevev/portal/server'
import { z } from 'zod'
import { aboutHeader, type CitizenProblem, type contract, oneself, type Person, type ServiceAccess } from '../contract.ts'
import { closedReason } from './closed-reason.ts'

/** What the session of this portal remembers. */
export interface Content {
  /** Id of the person that the pages are about. */
  about: string
  /** Identity numbers of the people represented, by id. */
  others: Record<string, Identifier>
}

interface Identifier {
  system: string
  value: string
}

/** The person that a request is about. `identifier` is undefined for the signed-in person: the API then takes the person of the token. */
export interface About {
  id: string
  identifier: Identifier | undefined
}

/** The handlers of this portal, and a selection of them. */
type CitizenHandlers = PortalHandlers<typeof contract, Content>
export type Some<Name extends keyof CitizenHandlers> = Pick<CitizenHandlers, Name>

/** The person that the page named in the header, who must be known to the session. */
export function aboutOf(
  { session }: PortalRequest<Content>,
  headers: Readonly<Record<typeof aboutHeader, string | undefined>>,
): About | Extract<CitizenProblem, { code: 'person-changed' }> {
  const id = headers[aboutHeader]
  if (id === oneself) return { id, identifier: undefined }
  const identifier = id !== undefined && Object.hasOwn(session.others, id) ? session.others[id] : undefined
  return id !== undefined && identifier ? { id, identifier } : { code: 'person-changed' }
}

/** The person as a parameter of a search form of the API. */
export function patientParameter({ identifier }: About): Record<string, string> {
  return identifier === undefined ? {} : { 'patient.identifier': `${identifier.system}|${identifier.value}` }
}

export const peopleHandlers = (desk: Desk<Content>): Some<'people' | 'choosePerson'> => ({
  async people({ id, session, api }) {
    const answer = actsForAnswer.parse(await api.post('/fhir/RelatedPerson/$acts-for', new URLSearchParams()))
    const found = (answer.parameter ?? []).filter(({ name }) => name === 'person').map(({ part }) => personOf(part ?? [], desk.now()))
    const known = new Map(Object.entries(session.others).map(([handle, { value }]) => [value, handle]))
    const others: Content['others'] = {}
    const people = found.map(({ identifier, ...person }): Person => {
      if (person.isSelf) return { ...person, id: oneself }
      const handle = (identifier && known.get(identifier.value)) ?? randomBytes(12).toString('base64url')
      if (identifier) others[handle] = identifier
      return { ...person, id: handle }
    })
    const changed = await desk.sessions.change(id, (content) => ({
      ...content,
      others,
      about: Object.hasOwn(others, content.about) ? content.about : oneself,
    }))
    return { people, about: changed?.about ?? oneself }
  },

  async choosePerson({ id, session }, { body: { person } }) {
    if (person !== oneself && !Object.hasOwn(session.others, person)) return { code: 'person-changed' }
    await desk.sessions.change(id, (content) => ({ ...content, about: person }))
    return { about: person }
  },
})

const part = z.object({
  name: z.string(),
  valueBoolean: z.boolean().optional(),
  valueString: z.string().optional(),
  valueCode: z.string().optional(),
  valueDate: z.string().optional(),
  valueIdentifier: z.object({ system: z.string(), value: z.string() }).optional(),
})
const personPart = part.extend({ part: z.array(part).optional() })
const actsForAnswer = z.object({
  resourceType: z.literal('Parameters'),
  parameter: z.array(z.object({ name: z.string(), part: z.array(personPart).optional() })).optional(),
})

/** Areas that are declared like services and are none: they are about what is done with the information, and not the information. */
const besides = ['persons', 'privacy', 'access-log', 'representation', 'has-data', 'worklist']

function personOf(parts: z.infer<typeof personPart>[], now: Date): Omit<Person, 'id'> & { identifier: Identifier | undefined } {
  const one = (name: string) => parts.find((candidate) => candidate.name === name)
  const name = one('name')?.valueString
  const birthDate = one('birthDate')?.valueDate
  const age = birthDate === undefined ? undefined : ageOn(birthDate, now)
  const all = parts.filter((candidate) => candidate.name === 'service').map(({ part: inner }) => serviceAccess(inner ?? []))
  const beside = (id: string) => all.find((service) => service.id === id) ?? { id, open: false }
  return {
    identifier: one('identifier')?.valueIdentifier,
    isSelf: one('self')?.valueBoolean === true,
    ...(name === undefined ? {} : { name }),
    ...(age === undefined ? {} : { age }),
    relations: parts.filter((candidate) => candidate.name === 'relation').flatMap(({ valueCode }) => valueCode ?? []),
    services: all.filter(({ id }) => !besides.includes(id)),
    log: beside('access-log'),
    choices: beside('privacy'),
    representation: beside('representation'),
  }
}

function serviceAccess(parts: z.infer<typeof part>[]): ServiceAccess {
  const one = (name: string) => parts.find((candidate) => candidate.name === name)
  const why = one('why')?.valueString
  const reason = why === undefined ? undefined : closedReason(one('problem')?.valueCode, why)
  return {
    id: one('id')?.valueCode ?? '',
    open: one('open')?.valueBoolean === true,
    ...(why === undefined ? {} : { why }),
    ...(reason === undefined ? {} : { reason }),
  }
}
