/**
 * POST /fhir/municipal-services/$status: one answer in Parameters, made from what the decision lets through. Extra-sensitive categories are
 * neither counted nor hinted at; `notice` states in every answer that they are not listed here.
 */
import { controllerParameters } from '@helsevev/kernel/fhir/controller-parameters'
import type { Operation, Records } from '@helsevev/kernel/fhir/service'
import { notShownOf, notShownParameters } from '@helsevev/kernel/fhir/status-parameters'
import type { EpisodeOfCare, Parameters } from '@medplum/fhirtypes'
import { isUnclosed, standingOf } from '../model/standing.ts'
import { standingSentence, statusAnswer } from '../model/status.ts'
import { controllerOf, courseOf } from './episode-of-care.ts'

export const NOTICE =
  'Decisions on coercion and emergency measures (codes 14, 23 and 24 of list 9151) are not listed here unless specially agreed with the ' +
  'municipality. Every answer has this notice; it means nothing about this person.'

type Contributor = Awaited<ReturnType<Records['contributors']>>[number]

export const statusOperation: Operation = {
  name: 'status',
  summary:
    'Whether the person gets municipal services now: none, some, unknown or withheld; services on hold counted apart. Who has reported.',
  async run(records, { now }) {
    const [found, contributors, notShown] = await Promise.all([
      records.search('EpisodeOfCare'),
      records.contributors(),
      notShownOf(records),
    ])
    const services = found.filter((resource): resource is EpisodeOfCare => resource.resourceType === 'EpisodeOfCare')
    const reporters = withSomethingToSee(contributors, services)
    const courses = services.map(courseOf)
    const answer = statusAnswer({
      standings: courses.map((course) => standingOf(course, now)),
      unclosed: courses.filter((course) => isUnclosed(course, now)).length,
      nothing: notShown.nothing === 'none' && reporters.length === 0 ? 'unknown' : notShown.nothing,
      withheld: notShown.noAgreement || notShown.byPatient.length > 0,
    })
    const parameters: Parameters = {
      resourceType: 'Parameters',
      parameter: [
        { name: 'status', valueCode: answer.status },
        { name: 'active', valueInteger: answer.active },
        { name: 'onHold', valueInteger: answer.onHold },
        { name: 'upcoming', valueInteger: answer.upcoming },
        { name: 'unclosed', valueInteger: answer.unclosed },
        ...notShownParameters(answer.partial, notShown),
        { name: 'standing', valueString: standingSentence(answer) },
        { name: 'notice', valueString: NOTICE },
        ...controllerParameters(reporters),
      ],
    }
    return parameters
  },
}

/**
 * The controllers of the services in view. A controller that has reported, but none of whose services may be seen, has only extra-sensitive
 * services: naming it would be a hint.
 */
function withSomethingToSee(contributors: Contributor[], services: EpisodeOfCare[]): Contributor[] {
  const controllers = new Set(services.map(controllerOf))
  return contributors.filter(({ organization }) => controllers.has(organization))
}
