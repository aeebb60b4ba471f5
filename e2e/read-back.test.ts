/** What is sent is what is read back, but for the list in docs/api/what-is-changed.md: every example of every service, with additions. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { createValidator } from '@helsevev/kernel/fhir/validation/validator'
import { problemsOf } from '@helsevev/kernel/testing/answers'
import { organizations, system, type TestApi, testApi } from '@helsevev/kernel/testing/api'
import type { SentBody } from '@helsevev/kernel/testing/sent'
import { decimalText, parseJson } from '@helsevev/kernel/values/json'
import { services } from '@helsevev/server/services'
import { examplesOf } from './wrong-shapes/examples.ts'

const now = new Date('2026-06-15T12:00:00Z')
const writer = system(organizations.bergen, { scopes: services.map(({ id }) => `helsevev:${id}/write`) })
let api: TestApi
before(async () => {
  api = await testApi(services, () => now)
})
after(async () => await api.close())

/** Rows of the page: the place, and the service. */
const listed = readFileSync(new URL('../docs/api/what-is-changed.md', import.meta.url), 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [, place, where = ''] = /^\| `([^`]+)` \| ([^|]+) \|/.exec(line) ?? []
    return place ? [{ place, where: where.trim() }] : []
  })

/** Each value with its place; members of a list are known by url or type, so that what is added before them does not move them. */
function leavesOf(value: unknown, path = '', found = new Map<string, string>()): Map<string, string> {
  if (typeof value !== 'object' || value === null) return found.set(path, JSON.stringify(value))
  const names = new Map<string, number>()
  for (const [key, member] of Object.entries(value)) {
    const { url, resourceType } = (member ?? {}) as { url?: string; resourceType?: string }
    const name = url ?? resourceType ?? ''
    const at = names.get(name) ?? 0
    names.set(name, at + 1)
    const place = Array.isArray(value) ? `${path}(${name}#${at})` : path === '' ? key : `${path}.${key}`
    leavesOf(typeof member === 'number' ? decimalText(value, key) : member, place, found)
  }
  return found
}

/** The place of a value as the page names it. */
function placeOf(path: string): string {
  const url = /extension\((http[^#)]+)#/.exec(path)?.[1]
  if (url) return `extension ${url.split('/').at(-1)}`
  const contained = /^contained\(([A-Za-z]+)#/.exec(path)?.[1]
  if (contained) return `contained ${contained}`
  const [first = '', second = ''] = path.split(/[.(]/)
  return first === 'meta' ? `meta.${second}` : first
}

const own = {
  url: 'http://sender.test/own',
  extension: [
    { url: 'a', valueDecimal: '@' },
    { url: 'b', valueString: 'ø\u00a0 x' },
  ],
}
const listOf = (value: unknown): object[] => (Array.isArray(value) ? value : [])

/** Everything that a sender may add to what a service knows. */
function added(resource: SentBody, element: string): SentBody {
  return {
    ...resource,
    id: 'of-the-sender',
    language: 'nb-NO',
    text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">x</div>' },
    ...(resource['status'] === undefined ? {} : { _status: { extension: [own] } }),
    meta: {
      ...(resource['meta'] as object),
      tag: [{ system: 'http://sender.test', code: 't' }],
      source: 'http://sender.test/s',
      extension: [own],
    },
    extension: [...listOf(resource['extension']), own],
    ...(resource['identifier'] === undefined
      ? {}
      : { identifier: listOf(resource['identifier']).map((one) => ({ ...one, extension: [own] })) }),
    [element]: { ...(resource[element] as object), display: 'Name', reference: 'Patient/1' },
  }
}

function withContained(resource: SentBody): SentBody {
  return {
    ...resource,
    contained: [...listOf(resource['contained']), { resourceType: 'Basic', id: 'own', code: { text: 'x' }, extension: [own] }],
    extension: [...listOf(resource['extension']), { url: 'http://sender.test/held', valueReference: { reference: '#own' } }],
  }
}

let series = 1
test('what differs is what the page lists, and all that it lists differs somewhere', async () => {
  const met = new Set<string>()
  const faults = new Set<string>()
  const refusing = new Set<string>()
  for (const service of services) {
    for (const contained of [false, true]) {
      const who = await api.person(series++)
      for (const { resource, declaration } of examplesOf(service, createValidator(api.kernel.codes), who.identifier)) {
        const more = added(resource as unknown as SentBody, declaration.patientElement)
        // Decimals by their text: 1.50 is not 1.5.
        const text = JSON.stringify(contained ? withContained(more) : more).replaceAll('"@"', '1.50')
        const reply = await api.as(writer).post(`/fhir/${service.id}/${resource.resourceType}`, text)
        if (reply.status !== 201) {
          const why = reply.status === 422 ? problemsOf(reply) : []
          // Examples that are refused or repeat another say nothing here.
          if (why.some((code = '') => code.startsWith('contained-') || code === 'profile-max')) refusing.add(service.id)
          continue
        }
        const [sent, read] = [leavesOf(parseJson(text)), leavesOf(reply.body)]
        for (const path of new Set([...sent.keys(), ...read.keys()])) {
          if (sent.get(path) === read.get(path)) continue
          const row = listed.find(({ place, where }) => place === placeOf(path) && (where === 'every service' || where === service.id))
          if (row) met.add(`${row.place} ${row.where}`)
          else faults.add(`${service.id} ${resource.resourceType} ${path}: ${sent.get(path)} → ${read.get(path)}`)
        }
      }
    }
  }
  assert.deepEqual([...faults], [])
  assert.deepEqual(
    listed.map(({ place, where }) => `${place} ${where}`).filter((row) => !met.has(row)),
    [],
  )
  assert.deepEqual([...refusing].sort(), ['contacts', 'municipal-services'])
})
