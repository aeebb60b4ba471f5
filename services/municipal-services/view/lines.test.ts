import assert from 'node:assert/strict'
import { test } from 'node:test'
import { wordsFrom } from '@helsevev/ui/testing/words.ts'
import { snapshot, timeline } from './lines.ts'
import type { MunicipalServicesData, ShownService } from './panel-data.ts'
import { municipalServicesTexts } from './texts.ts'

const words = await wordsFrom('municipal-services', municipalServicesTexts, 'nb')
const service = (id: string, more: Partial<ShownService> = {}): ShownService => ({
  id,
  code: '6',
  needsCaption: false,
  reported: '2026-01-01T08:00:00Z',
  flags: [],
  possibleDuplicate: false,
  controller: { organization: '1', name: 'Bergen kommune' },
  ...more,
})
const data: MunicipalServicesData = {
  active: [service('active', { start: '2026-01-01', end: '2027-01-01', hoursPerWeek: '1.50', unit: { name: 'Sone nord' } })],
  onHold: [service('paused', { start: '2026-02-01', code: '99', display: 'Noe annet' })],
  upcoming: [],
  endedLately: [service('lately', { start: '2026-01-15', end: '2026-05-01' })],
  endedBefore: [service('before', { start: '2025-01-01', end: '2025-02-01' })],
  olderUnclosed: 0,
  controllers: [],
  more: false,
}

test('a service is on the timeline when it began and when it ended, and not at an end that lies ahead', () => {
  assert.deepEqual(
    timeline(data, words).map(({ key, time, kind, what }) => [key, time, kind, what]),
    [
      ['active', '2026-01-01', 'Tjeneste startet', 'Trygghetsalarm'],
      ['paused', '2026-02-01', 'Tjeneste startet', 'Noe annet'],
      ['lately', '2026-01-15', 'Tjeneste startet', 'Trygghetsalarm'],
      ['lately', '2026-05-01', 'Tjeneste avsluttet', 'Trygghetsalarm'],
      ['before', '2025-01-01', 'Tjeneste startet', 'Trygghetsalarm'],
      ['before', '2025-02-01', 'Tjeneste avsluttet', 'Trygghetsalarm'],
    ],
  )
})

test('at a moment stands what had begun and not ended, with its extent and unit', () => {
  const at = (day: string) => snapshot(data, new Date(`${day}T12:00:00Z`), words).lines.map(({ key, value }) => [key, value])
  assert.deepEqual(at('2026-06-01'), [
    ['active', 'Aktiv, 1,50 timer per uke'],
    ['paused', 'På pause'],
  ])
  assert.deepEqual(
    at('2026-01-20').map(([key]) => key),
    ['active', 'lately'],
  )
  assert.equal(snapshot(data, new Date(), words).lines[0]?.unit, 'Sone nord')
})
