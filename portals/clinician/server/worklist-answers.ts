/**
 * Parses the API's answers about a unit's patients into what the page shows. Identity numbers stay on the server. docs/api/worklist.md,
 * docs/api/has-data.md
 */
import { z } from 'zod'
import type { Worklist, WorklistPerson, WorklistService } from '../contract.ts'

const place = 'http://helsevev.no/fhir/StructureDefinition/worklist-place'

const list = z.object({
  title: z.string(),
  status: z.enum(['current', 'retired']),
  date: z.string(),
  contained: z
    .array(
      z.object({
        id: z.string(),
        identifier: z.tuple([z.object({ system: z.string(), value: z.string() })]),
        name: z.array(z.object({ family: z.string().optional(), given: z.array(z.string()).optional() })).optional(),
        gender: z.enum(['male', 'female', 'other', 'unknown']).optional(),
        birthDate: z.string().optional(),
      }),
    )
    .default([]),
  entry: z
    .array(
      z.object({
        extension: z.array(z.object({ url: z.string(), valueString: z.string().optional() })).default([]),
        date: z.string().optional(),
        item: z.object({ reference: z.string().optional() }),
      }),
    )
    .default([]),
})

export interface Identified {
  identitySystem: string
  identityNumber: string
}

interface ListedPatient extends Identified {
  person: WorklistPerson
}

export interface List extends Pick<Worklist, 'unit' | 'drawnUp' | 'outOfDate' | 'notRegistered'> {
  patients: ListedPatient[]
}

/** @throws ZodError when it is no list. */
export function readList(answer: unknown): List {
  const { title, status, date, contained, entry } = list.parse(answer)
  const patients = entry.flatMap(({ extension, date: since, item }): ListedPatient[] => {
    const found = contained.find(({ id }) => item.reference === `#${id}`)
    if (!found) return []
    const [{ system, value }] = found.identifier
    const [written] = found.name ?? []
    const name = [...(written?.given ?? []), written?.family ?? ''].join(' ').trim()
    const where = extension.find(({ url }) => url === place)?.valueString
    return [
      {
        identitySystem: system,
        identityNumber: value,
        person: {
          ...(name ? { name } : {}),
          ...(found.birthDate ? { birthDate: found.birthDate } : {}),
          ...(found.gender ? { gender: found.gender } : {}),
          ...(where ? { place: where } : {}),
          ...(since ? { since } : {}),
        },
      },
    ]
  })
  return { unit: title, drawnUp: date, outOfDate: status === 'retired', notRegistered: entry.length - patients.length, patients }
}

/** Parameters of `$has-data`. */
export function hasDataQuestion(patients: readonly Identified[], services: readonly string[]) {
  return {
    resourceType: 'Parameters',
    parameter: [
      ...patients.map(({ identitySystem: system, identityNumber: value }) => ({ name: 'patient', valueIdentifier: { system, value } })),
      ...services.map((service) => ({ name: 'service', valueCode: service })),
      { name: 'signals', valueBoolean: true },
    ],
  }
}

const part = z.object({
  name: z.string(),
  valueCode: z.string().optional(),
  valueCoding: z.object({ system: z.string(), code: z.string() }).optional(),
  valueDateTime: z.string().optional(),
})
const parameters = z.object({
  parameter: z
    .array(
      z.object({
        part: z.array(
          z.object({
            name: z.string(),
            valueIdentifier: z.object({ value: z.string() }).optional(),
            part: z.array(part).optional(),
          }),
        ),
      }),
    )
    .default([]),
})
const status = z.enum(['some', 'none', 'unknown', 'withheld', 'refused'])

/** What is reported for each number. @throws ZodError when it is not an answer of `$has-data`. */
export function readHasData(answer: unknown): Map<string, WorklistService[]> {
  return new Map(
    parameters
      .parse(answer)
      .parameter.map(({ part: parts }) => [
        parts.find(({ name }) => name === 'identifier')?.valueIdentifier?.value ?? '',
        parts.filter(({ name }) => name === 'service').map(({ part: inner = [] }) => serviceIn(inner)),
      ]),
  )
}

function serviceIn(parts: z.infer<typeof part>[]): WorklistService {
  const one = (name: string) => parts.find((candidate) => candidate.name === name)
  const coding = one('signal')?.valueCoding
  const time = one('signalTime')?.valueDateTime
  return {
    service: one('id')?.valueCode ?? '',
    // Nothing of the own organisation, and nothing stated about others.
    status: status.parse(one('status')?.valueCode === 'own-only' ? 'unknown' : one('status')?.valueCode),
    ...(coding && time ? { signal: { ...coding, time } } : {}),
  }
}
