/** The routes of representation. */
import { type AreaRoute, one } from '../../fhir/routes.ts'
import { accessLogArea } from '../access-log/area.ts'
import { choicesArea } from '../choices/area.ts'
import { personsArea } from '../persons/area.ts'
import { representationArea } from './area.ts'
import { createRelatedPerson, endRelatedPerson, listActsFor, searchRelatedPersons } from './related-persons.ts'

/** The kernel's own areas that a citizen may see on behalf of others. */
const onBehalf = [personsArea, choicesArea, accessLogArea, representationArea]

export const representationRoutes: readonly AreaRoute[] = [
  {
    method: 'POST',
    path: 'RelatedPerson',
    area: representationArea,
    about: 'A power of attorney, or the consent of a parent.',
    sends: { type: 'RelatedPerson', code: 'invalid-related-person' },
    run: async (exchange, sent) => one(await createRelatedPerson(exchange, sent.resource())),
  },
  {
    method: 'POST',
    path: 'RelatedPerson/_search',
    area: representationArea,
    about: 'Who acts for the citizen who is signed in, and the persons that the citizen acts for. Scope helsevev:representation/citizen.',
    takes: [{ name: 'active', type: 'token', documentation: 'true: not what has ended; false: what has ended.' }],
    run: async (exchange, { form, header }) => one(await searchRelatedPersons(exchange, { form, prefer: header('prefer') }, onBehalf)),
  },
  {
    method: 'POST',
    path: 'RelatedPerson/$acts-for',
    area: representationArea,
    about: 'The persons that the citizen who is signed in acts for, in which services, and why not in the others.',
    run: async (exchange) => one(await listActsFor(exchange, onBehalf)),
  },
  {
    method: 'PUT',
    path: 'RelatedPerson/:id',
    area: representationArea,
    about: 'An update ends it.',
    sends: { type: 'RelatedPerson', code: 'invalid-related-person' },
    changesVersion: 1,
    run: async (exchange, sent) => one(await endRelatedPerson(exchange, sent.param('id'), sent.resource())),
  },
]
