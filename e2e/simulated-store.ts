/**
 * What the server stores of messages, by the declarations of the services and without a database: sets that replace each other, records
 * with one business key, and records that others complete. It is for thousands of orders; a part of them goes through the server as well.
 */
import { codesFromData } from '@helsevev/kernel/codes/data'
import type { InformationService, RecordSet } from '@helsevev/kernel/fhir/service'
import { isProblem } from '@helsevev/kernel/problem/problem'
import type { Resource } from '@medplum/fhirtypes'

const codes = codesFromData()

interface Stored {
  resource: Resource
  key: string
  /** Values that it has in common with those that complete it. */
  group: readonly string[]
}

/** One patient in one service. */
export class SimulatedStore {
  readonly #service: InformationService
  readonly #now: Date
  readonly #sets = new Map<string, { version: number; rank: string; members: ReadonlySet<string> }>()
  readonly #records = new Map<string, Stored>()

  constructor(service: InformationService, now: Date) {
    this.#service = service
    this.#now = now
  }

  /** `from`: who sends, whose records are apart from those of others. */
  receive(sets: readonly RecordSet[], from: string): void {
    for (const set of sets) this.#receiveSet(set, from)
  }

  #receiveSet({ key, shared, version, rank, entries }: RecordSet, from: string): void {
    const owner = shared ? 'all' : from
    const name = `${owner} ${key}`
    const before = this.#sets.get(name)
    const isLater = !before || before.version < version.getTime() || (before.version === version.getTime() && before.rank < rank)
    if (!isLater) return
    const members = entries.map(({ resource }) => this.#stored(resource, owner))
    const keys = new Set(members.map((one) => one.key))
    this.#sets.set(name, { version: version.getTime(), rank, members: keys })
    const changed = new Set(members.flatMap(({ group }) => group))
    for (const gone of before?.members ?? []) {
      if (keys.has(gone)) continue
      for (const value of this.#records.get(gone)?.group ?? []) changed.add(value)
      this.#records.delete(gone)
    }
    for (const one of members) this.#records.set(one.key, one)
    this.#complete(changed)
  }

  #stored(resource: Resource, owner: string): Stored {
    const declaration = this.#service.resources[resource.resourceType]
    const by = declaration?.derived?.by
    const values = declaration?.searchParameters.find(({ name }) => name === by)?.values?.(resource) ?? []
    return {
      resource: structuredClone(resource),
      key: `${owner} ${resource.resourceType} ${declaration?.businessKey(resource, codes)}`,
      group: by === undefined ? [] : values.map(({ code }) => code ?? ''),
    }
  }

  #complete(values: ReadonlySet<string>): void {
    for (const value of values) {
      const all = [...this.#records.values()]
      const made = all.flatMap((one) => {
        if (!one.group.includes(value)) return []
        const isOther = (other: Stored) => other !== one && other.group.some((shared) => one.group.includes(shared))
        const others = all.filter(isOther).map(({ resource }) => resource)
        const { derived } = this.#service.resources[one.resource.resourceType] ?? {}
        return [{ ...one, resource: derived ? derived.make(one.resource, others, { now: this.#now, codes }) : one.resource }]
      })
      for (const one of made) this.#records.set(one.key, one)
    }
  }

  resources(): Resource[] {
    return [...this.#records.values()].map(({ resource }) => resource)
  }

  /** The whole state as a text: equal texts are equal states. */
  state(): string {
    return [...this.#records.values()]
      .map(({ key, resource }) => `${key}\n${JSON.stringify(resource)}`)
      .sort()
      .join('\n')
  }
}

/** The sets that a message is. */
export function setsOf(service: InformationService, text: string, now: Date, patient: RecordSet['patient']): RecordSet[] {
  const convert = (attached?: RecordSet['patient']) =>
    service.adapters?.[0]?.convert(Buffer.from(text), { codes, now, ...(attached ? { patient: attached } : {}) })
  let made = convert()
  // A message that names nobody is attached by the message that it answers.
  if (made && !('then' in made) && 'kind' in made && made.kind === 'unattached') made = convert(patient)
  if (!made || 'then' in made || isProblem(made) || !('kind' in made) || made.kind !== 'record-set') throw new Error(JSON.stringify(made))
  const { also = [], ...set } = made
  return [set, ...also]
}
