/** Records as they stood at an earlier moment, from their history (docs/api/history.md). */
import type { Bundle, Resource } from '@medplum/fhirtypes'
import type { PastApi } from './loader.ts'

/**
 * The same records in their versions at that moment. A record that arrived later than the moment is kept in its first version: the record's
 * own dates show when a fact began, and not the time when it was sent.
 */
export async function asOf(api: PastApi, service: string, bundle: Bundle, at: Date): Promise<Bundle> {
  const entry = await Promise.all(
    (bundle.entry ?? []).map(async (one) => {
      const { resource } = one
      if (!resource?.id || !hasChangedSince(resource, at)) return one
      const history = await api.history(service, resource.resourceType, resource.id)
      return { ...one, resource: versionAt(history, at) ?? resource }
    }),
  )
  return { ...bundle, entry }
}

function hasChangedSince({ meta }: Resource, at: Date): boolean {
  return meta?.versionId !== '1' && Date.parse(meta?.lastUpdated ?? '') > at.getTime()
}

/**
 * Newest first, as the API answers: the newest that is not later than the moment, otherwise the first version. A deletion has no resource.
 */
export function versionAt(history: Bundle, at: Date): Resource | undefined {
  const versions = (history.entry ?? []).flatMap(({ resource }) => resource ?? [])
  return versions.find(({ meta }) => Date.parse(meta?.lastUpdated ?? '') <= at.getTime()) ?? versions.at(-1)
}
