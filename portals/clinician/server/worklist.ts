/**
 * The list of the unit where the person works now. The page gets the patients, each under a random id that lasts as long as the session and
 * the place of work; the numbers stay in the session.
 */
import { randomUUID } from 'node:crypto'
import { ApiError, automatic, causeName, type Desk, type PortalRequest, problemOf, SignedOutError } from '@helsevev/portal/server'
import type { PortalProblem, WorklistService } from '../contract.ts'
import type { Accesses } from './access.ts'
import type { ClinicianHandlers } from './patient-routes.ts'
import type { Content } from './sessions.ts'
import { hasDataQuestion, type Identified, type List, readHasData, readList } from './worklist-answers.ts'

interface Surroundings {
  access: Accesses
  /** Services that the portal has panels for. */
  services: readonly string[]
}

export function worklistHandlers(desk: Desk<Content>, { access, services }: Surroundings): Pick<ClinicianHandlers, 'worklist'> {
  const worklist: ClinicianHandlers['worklist'] = async (asked, { body: { purpose } }) => {
    const { id, session } = asked
    const { organization, place } = session
    if (!organization || !place) return { code: 'no-organization' }
    const attestation = await access.decideList(session, purpose)
    if (typeof attestation !== 'string') return attestation
    const list = await listOf(asked, place, attestation)
    if ('code' in list) return list
    const told = list.patients.length === 0 ? new Map<string, WorklistService[]>() : await whatThereIs(asked, list.patients, attestation)
    const changed = await desk.sessions.change(id, (content) =>
      content.place === place ? { ...content, purpose, rows: rowsOf(list.patients, content.rows) } : content,
    )
    // The person has changed place of work meanwhile.
    if (changed?.place !== place || !changed.rows) return { code: 'list-changed' }
    const idOf = new Map(Object.entries(changed.rows).map(([row, { identityNumber }]) => [identityNumber, row]))
    const { patients, ...head } = list
    return {
      ...head,
      place,
      purpose,
      fetched: desk.now().toISOString(),
      rows: patients.map(({ identityNumber, person }) => ({
        ...person,
        id: idOf.get(identityNumber) ?? '',
        services: told instanceof Map ? (told.get(identityNumber) ?? []) : [],
      })),
      ...(told instanceof Map ? {} : { missing: told }),
    }
  }
  return { worklist }

  async function listOf({ api }: PortalRequest<Content>, unit: string, attestation: string): Promise<List | PortalProblem> {
    try {
      return readList(await api.get(`/fhir/List/${unit}`, { attestation, ...automatic }))
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return { code: 'no-worklist' }
      throw error
    }
  }

  /** If this fails, the list is shown all the same, with a note that this is missing. */
  async function whatThereIs({ api, request }: PortalRequest<Content>, patients: readonly Identified[], attestation: string) {
    try {
      return readHasData(await api.post('/fhir/$has-data', hasDataQuestion(patients, services), { attestation, ...automatic }))
    } catch (error) {
      if (error instanceof SignedOutError) throw error
      request.log.warn(
        { errorName: (error as Error).name, cause: causeName(error) },
        'What there is about the patients of a list is not known.',
      )
      return problemOf(error)
    }
  }
}

/** A patient who was on the list before keeps the id: another window may show it. */
function rowsOf(patients: readonly Identified[], before: Content['rows'] = {}): NonNullable<Content['rows']> {
  const known = new Map(Object.entries(before).map(([row, { identityNumber }]) => [identityNumber, row]))
  return Object.fromEntries(
    patients.map(({ identityNumber, identitySystem }) => [known.get(identityNumber) ?? randomUUID(), { identityNumber, identitySystem }]),
  )
}
