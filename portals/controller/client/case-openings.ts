/** The look-ups of a misuse case, as openings of patients. */
import type { MisuseCaseWithLookUps } from '@helsevev/kernel/control/contract'

type Request = MisuseCaseWithLookUps['lookUps'][number]

export interface CaseOpening extends Pick<Request, 'opening' | 'at' | 'organizationName' | 'unit' | 'purpose'> {
  services: string[]
  requests: number
  resources: number
}

/** The look-ups of a case: the requests of each opening of a patient together, at the time of the first. */
export function openingsOf({ lookUps }: Pick<MisuseCaseWithLookUps, 'lookUps'>): CaseOpening[] {
  return [...Map.groupBy(lookUps, ({ opening }) => opening).values()].flatMap((requests) => {
    const [first] = requests
    if (!first) return []
    const { opening, at, organizationName, unit, purpose } = first
    const services = [...new Set(requests.flatMap(({ service }) => service ?? []))]
    const resources = requests.reduce((sum, one) => sum + one.resources, 0)
    return [{ opening, at, organizationName, unit, purpose, services, requests: requests.length, resources }]
  })
}
