import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cases } from '../testing/cases.ts'
import { type Course, isUnclosed, standingOf } from './standing.ts'

interface Row extends Course {
  standing: string
  unclosed?: boolean
}

const now = new Date('2026-06-15T12:00:00+02:00')

for (const { standing, unclosed, ...course } of cases<Row>(new URL('./standing.cases.yaml', import.meta.url))) {
  test(`${course.status} from ${course.start} to ${course.end ?? 'no end'} is ${standing}`, () => {
    assert.deepEqual({ standing: standingOf(course, now), unclosed: isUnclosed(course, now) }, { standing, unclosed: unclosed ?? false })
  })
}
