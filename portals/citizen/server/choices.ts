/** What the person, or whoever acts for the person, decides about who sees: made, listed and ended. */
import type { Desk } from '@helsevev/portal/server'
import { isProblem } from '@helsevev/portal/server'
import { z } from 'zod'
import { type Choice, choiceKinds, type Organization, type Practitioner } from '../contract.ts'
import { type Consent, choiceOf, consentOf, consentsIn, hprNumberIn, parseConsent } from './consent.ts'
import { aboutOf, type Content, patientParameter } from './people.ts'
import { recordsIn } from './records.ts'

/** Registers that are public knowledge: who shares here, and who is health personnel. */
export interface Registers {
  organizations(): Promise<Organization[]>
  practitioners(hprNumbers: readonly string[]): Promise<Practitioner[]>
}

const organizationNumber = z.string().regex(/^\d{9}$/)
const choiceBody = z
  .strictObject({
    kind: z.enum(choiceKinds),
    service: z
      .string()
      .regex(/^[a-z][a-z0-9-]{1,62}$/)
      .optional(),
    controller: organizationNumber.optional(),
    receiver: organizationNumber.optional(),
    hprNumber: z
      .string()
      .regex(/^\d{1,9}$/)
      .optional(),
    record: z
      .string()
      .regex(/^[a-z0-9-]{2,63}\/[A-Za-z]{3,60}\/[a-z-]{1,64}$/)
      .optional(),
    until: z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}$/)
      .optional(),
  })
  // The form has no such choices, and the API would refuse them.
  .refine(({ kind, hprNumber }) => (kind === 'block') === (hprNumber !== undefined))
  .refine(({ kind, receiver }) => kind !== 'consent' || receiver !== undefined)
const nothing = z.strictObject({})

export function choiceRoutes(desk: Desk<Content>, registers: Registers): void {
  async function named(consents: readonly Consent[]): Promise<Choice[]> {
    const numbers = [...new Set(consents.flatMap((one) => hprNumberIn(one) ?? []))]
    const [organizations, practitioners] = await Promise.all([
      registers.organizations(),
      numbers.length > 0 ? registers.practitioners(numbers) : [],
    ])
    return consents.flatMap((one) => choiceOf(one, { organizations, practitioners }) ?? [])
  }

  desk.reads('/api/choices', async (asked) => {
    const about = aboutOf(asked)
    if (isProblem(about)) return about
    const found = consentsIn(await asked.api.post('/fhir/Consent/_search', new URLSearchParams(patientParameter(about))))
    return { choices: await named(found) }
  })

  desk.changes('POST', '/api/choices', choiceBody, async (asked, choice) => {
    const about = aboutOf(asked)
    if (isProblem(about)) return about
    const [made] = await named([parseConsent(await asked.api.post('/fhir/Consent', consentOf(choice, about)))])
    return { choice: made }
  })

  desk.changes('PUT', '/api/choices/:id/end', nothing, async ({ api, parameters }) => {
    const id = parameters['id'] ?? ''
    if (!/^[a-z-]{1,64}$/.test(id)) return { code: 'invalid-request' }
    const [ended] = await named([parseConsent(await api.put(`/fhir/Consent/${id}`, { resourceType: 'Consent', status: 'inactive' }))])
    return { choice: ended }
  })

  desk.reads('/api/organizations', async () => ({ organizations: await registers.organizations() }))

  desk.changes('POST', '/api/practitioner', z.strictObject({ hprNumber: z.string().regex(/^\d{1,9}$/) }), async (_asked, { hprNumber }) => {
    const [practitioner] = await registers.practitioners([hprNumber])
    return practitioner ? { practitioner } : { code: 'practitioner-unknown' }
  })

  desk.reads('/api/records', async (asked) => {
    const about = aboutOf(asked)
    if (isProblem(about)) return about
    return { records: recordsIn(await asked.api.post('/fhir/Patient/$everything', new URLSearchParams(patientParameter(about)))) }
  })
}
