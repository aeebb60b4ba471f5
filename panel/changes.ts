/** What changed in the records of a service that changes them in place, from their histories (docs/api/history.md). */
import type { Bundle, Parameters } from '@medplum/fhirtypes'
import type { PastApi } from './api.ts'
import type { Change } from './panel.ts'

/** As many as a timeline has use for; the newest. */
const CHANGES = 20

/**
 * The data around each change, newest first. Everything is asked once: one search of the present, and one history of each record that has
 * several versions.
 */
export async function changesOf<Data>(
  api: PastApi,
  fetchAt: (api: PastApi, at: Date) => Promise<{ data: Data | undefined }>,
): Promise<Change[]> {
  const { remembering, moments } = rememberer(api)
  await fetchAt(remembering, new Date(0))
  const newest = [...moments].sort((one, other) => Date.parse(other) - Date.parse(one)).slice(0, CHANGES)
  return await Promise.all(
    newest.map(async (at): Promise<Change> => {
      const moment = new Date(at)
      const [before, after] = await Promise.all([fetchAt(remembering, new Date(moment.getTime() - 1)), fetchAt(remembering, moment)])
      return {
        at,
        ...(before.data === undefined ? {} : { before: before.data }),
        ...(after.data === undefined ? {} : { after: after.data }),
      }
    }),
  )
}

/** The same API, where an answer serves every later question that is the same. `moments`: when a version replaced another. */
function rememberer(api: PastApi): { remembering: PastApi; moments: ReadonlySet<string> } {
  const moments = new Set<string>()
  const once = <Answer>() => {
    const answers = new Map<string, Promise<Answer>>()
    return (key: string, ask: () => Promise<Answer>): Promise<Answer> => {
      const known = answers.get(key) ?? ask()
      answers.set(key, known)
      return known
    }
  }
  const [searches, operations, histories] = [once<Bundle>(), once<Parameters>(), once<Bundle>()]
  const remembering: PastApi = {
    search: (...asked) => searches(JSON.stringify(asked), () => api.search(...asked)),
    operation: (...asked) => operations(JSON.stringify(asked), () => api.operation(...asked)),
    history: (...asked) =>
      histories(JSON.stringify(asked), async () => {
        const history = await api.history(...asked)
        const versions = (history.entry ?? []).flatMap(({ resource }) => resource?.meta?.lastUpdated ?? [])
        for (const moment of versions.slice(0, -1)) moments.add(moment)
        return history
      }),
  }
  return { remembering, moments }
}
