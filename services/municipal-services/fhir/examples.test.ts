import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { type Content, withDataController } from '@helsevev/kernel/fhir/write/content'
import { type Issue, isProblem } from '@helsevev/kernel/problem/problem'
import { asResource } from '@helsevev/kernel/testing/answers'
import type { Bundle, EpisodeOfCare, Resource } from '@medplum/fhirtypes'
import { testCodes } from '../testing/codes.ts'
import { oktEvent } from './okt-event.ts'
import { prepareEpisodeOfCare } from './prepare.ts'

interface Example {
  about: string
  now: string
  /** The data controller that the token names. */
  controller: string
  request: { path: string; body: unknown }
  answer: { status: number; body?: Resource; issues?: { code: string; expression: string }[] }
}

const folder = new URL('./examples/', import.meta.url)

/** What the kernel does when it stores: warnings become tags of the resource, and the data controller is added. */
function stored(prepared: EpisodeOfCare, issues: Issue[], controller: string): EpisodeOfCare {
  const sent = asResource(withDataController(prepared as unknown as Content, controller), 'EpisodeOfCare')
  const tags = issues.map(({ code }) => ({ system: 'http://helsevev.no/fhir/CodeSystem/flag', code }))
  return tags.length > 0 ? { ...sent, meta: { ...sent.meta, tag: tags } } : sent
}

/** Without what the server adds. */
function sentPart(served: EpisodeOfCare): EpisodeOfCare {
  const { id: _id, meta, ...rest } = served
  const { versionId: _versionId, lastUpdated: _lastUpdated, ...sentMeta } = meta ?? {}
  return { ...rest, meta: sentMeta }
}

function episodes(body: Resource): EpisodeOfCare[] {
  if (body.resourceType === 'EpisodeOfCare') return [body]
  const entries = body.resourceType === 'Bundle' ? ((body as Bundle).entry ?? []) : []
  return entries.flatMap(({ resource }) => (resource?.resourceType === 'EpisodeOfCare' ? [resource] : []))
}

for (const file of readdirSync(folder)) {
  const { about, now, controller, request, answer } = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Example
  test(`example ${file}: ${about}`, () => {
    const context = { now: new Date(now), codes: testCodes(), controller }
    const body = request.path.endsWith('$okt-event') ? oktEvent.convert(request.body, context) : (request.body as Resource)
    if (isProblem(body)) {
      assert.deepEqual(places(body.issues), answer.issues)
      return
    }
    const prepared = episodes(body).map((sent) => prepareEpisodeOfCare(sent, context))
    const errors = prepared.flatMap(({ issues }) => issues.filter(({ severity }) => severity === 'error'))
    if (answer.issues) {
      assert.deepEqual(places(errors), answer.issues)
      return
    }
    assert.deepEqual(errors, [])
    assert.deepEqual(
      prepared.map(({ resource, issues }) => sentPart(stored(resource, issues, controller))),
      episodes(answer.body as Resource).map(sentPart),
    )
  })
}

function places(issues: Issue[]) {
  return issues.map(({ code, expression }) => ({ code, expression }))
}
