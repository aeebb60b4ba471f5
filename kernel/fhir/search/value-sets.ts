/**
 * The value sets that `:in` knows (http://hl7.org/fhir/R4/search.html#token): those that the service publishes, by url or by address, and
 * those of R4 that elements require.
 */
import type { Codes } from '../../codes/codes.ts'
import type { TokenFilter } from '../../store/read-records.ts'
import type { InformationService } from '../service.ts'
import { r4 } from '../validation/r4.ts'
import { valueSets } from '../validation/structure-definition.ts'

const R4_VERSION = '4.0.1'

/** The codes of a value set, as tokens; undefined for one that is not known here, in this version. */
export function codesIn(named: string, service: InformationService | undefined, codes: Codes): TokenFilter['anyOf'] | undefined {
  const [url = '', version] = named.split('|')
  const own = service && publishedIn(service).find((set) => set.url === url || isAddress(url, service, set.id))
  const present = own ? own.version : R4_VERSION
  if (version !== undefined && version !== present) return undefined
  if (own)
    return (own.compose?.include ?? []).flatMap(({ system = '', concept }): TokenFilter['anyOf'] => {
      const canonical = codes.canonical(system)
      return concept?.map(({ code }) => ({ system: canonical, code })) ?? [{ system: canonical }]
    })
  const listed = r4().valueSet(url)
  if (!listed) return undefined
  return Object.entries(listed).flatMap(([system, list]) => list.map((code) => ({ system: codes.canonical(system), code })))
}

/** The urls of the value sets that a service publishes, for the refusal of another. */
export function valueSetsOf(service: InformationService | undefined): string[] {
  return service ? publishedIn(service).map(({ url = '' }) => url) : []
}

function publishedIn({ resources }: InformationService): ReturnType<typeof valueSets> {
  return Object.values(resources).flatMap(({ profiles }) => profiles.flatMap(({ profile }) => valueSets(profile)))
}

/** `ValueSet/{id}`, or an address at this service that ends so. */
function isAddress(text: string, { id: service }: InformationService, id = ''): boolean {
  return text === `ValueSet/${id}` || text.endsWith(`/fhir/${service}/ValueSet/${id}`)
}
