/** A row for tests of the access log: a nurse who searched, with a value for everything that a test does not give. */
import type { LogEntry } from '../audit/access-log.ts'
import type { LogRow } from '../audit/chain.ts'

export function exampleEntry(more: Partial<LogEntry> = {}): LogEntry {
  return {
    patient: '4611686018427387905',
    at: new Date('2026-01-15T10:00:00.123Z'),
    event: 'search-type',
    outcome: 'ok',
    actor: null,
    service: 'measurements',
    type: 'Observation',
    purpose: 'TREAT',
    problem: null,
    withheld: false,
    disclosed: ['11', '12'],
    disclosedVersions: null,
    eventId: crypto.randomUUID(),
    attestation: null,
    toa: null,
    decisionRef: null,
    basis: null,
    reason: null,
    ...more,
  }
}

/** The entry as the log makes it, when it names nobody. */
export function exampleRow(more: Partial<LogRow> = {}): LogRow {
  const later = { citizen: null, openedBy: null, opened: null, unseen: null, automatic: false, controllers: null }
  return { ...exampleEntry(), ...later, namesDigest: null, episode: null, organization: null, segment: '1', seq: '1', ...more }
}
