/** The choices about who sees, made by the person or by a representative: listed, made and ended. */
import { isProblem } from '@helsevev/portal/server'
import type { Choice, Organization, Practitioner } from '../contract.ts'
import { type Consent, choiceOf, consentOf, consentsIn, hprNumberIn, parseConsent } from './consent.ts'
import { aboutOf, patientParameter, type Some } from './people.ts'
import { recordsIn } from './records.ts'

/** Registers that are public: the organisations that share here, and health personnel. */
export interface Registers {
  organizations(): Promise<Organization[]>
  practitioners(hprNumbers: readonly string[]): Promise<Practitioner[]>
}

type ChoiceNames = 'choices' | 'choose' | 'endChoice' | 'organizations' | 'practitioner' | 'records'

export function choiceHandlers(registers: Registers): Some<ChoiceNames> {
  async function named(consents: readonly Consent[]): Promise<Choice[]> {
    const numbers = [...new Set(consents.flatMap((one) => hprNumberIn(one) ?? []))]
    const [organizations, practitioners] = await Promise.all([
      registers.organizations(),
      numbers.length > 0 ? registers.practitioners(numbers) : [],
    ])
    return consents.flatMap((one) => choiceOf(one, { organizations, practitioners }) ?? [])
  }

  /** @throws when the API answered with something that is not a patient's choice. */
  async function one(answer: unknown): Promise<{ choice: Choice }> {
    const [choice] = await named([parseConsent(answer)])
    if (!choice) throw new Error('The API answered with a Consent that is no choice.')
    return { choice }
  }

  return {
    async choices(asked, { headers }) {
      const about = aboutOf(asked, headers)
      if (isProblem(about)) return about
      const found = consentsIn(await asked.api.post('/fhir/Consent/_search', new URLSearchParams(patientParameter(about))))
      return { choices: await named(found) }
    },

    async choose(asked, { headers, body }) {
      const about = aboutOf(asked, headers)
      if (isProblem(about)) return about
      return await one(await asked.api.post('/fhir/Consent', consentOf(body, about)))
    },

    endChoice: async ({ api }, { id }) => await one(await api.put(`/fhir/Consent/${id}`, { resourceType: 'Consent', status: 'inactive' })),

    organizations: async () => ({ organizations: await registers.organizations() }),

    async practitioner(_asked, { body: { hprNumber } }) {
      const [practitioner] = await registers.practitioners([hprNumber])
      return practitioner ? { practitioner } : { code: 'practitioner-unknown' }
    },

    async records(asked, { headers }) {
      const about = aboutOf(asked, headers)
      if (isProblem(about)) return about
      return { records: recordsIn(await asked.api.post('/fhir/Patient/$everything', new URLSearchParams(patientParameter(about)))) }
    },
  }
}
