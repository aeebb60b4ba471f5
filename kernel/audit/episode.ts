/**
 * An episode: one opening of a patient by one person at one place under one attestation, whatever number of requests a screen makes.
 * Requests without an attestation, of systems and citizens, belong to no episode. docs/decisions/0049-episodes.md
 */
import { hash } from 'node:crypto'
import type { LogRow } from './chain.ts'

/** The time for which an attestation holds (ATT-58), in milliseconds. */
const HOUR = 3_600_000

type Attested = Pick<LogRow, 'patient' | 'attestation' | 'purpose' | 'decisionRef' | 'toa' | 'at'>

/**
 * The first 63 bits of a SHA-256, as a decimal string. `who` is the person who acted, whatever program or role they acted in.
 *
 * What ties requests together is what was attested (`attestation`: place, unit, service and words), its purpose, and the id of the local
 * decision. The time of the decision counts by the hour: many systems state a new time in each request, and a token without a time gives
 * the one of its issue. A decision id that a system uses for weeks is an episode for each hour. The hours begin at a minute that differs
 * from decision to decision, so that the stroke of the hour does not divide all openings at once.
 */
export function episodeOf(row: Attested, who: string | undefined): string | null {
  const { patient, attestation, purpose, decisionRef, toa, at } = row
  if (attestation === null || who === undefined) return null
  const decision = JSON.stringify([patient, who, attestation, purpose, decisionRef])
  const begins = hash('sha256', decisionRef ?? '', 'buffer').readUInt32BE() % HOUR
  const hour = Math.floor(((toa ?? at).getTime() - begins) / HOUR)
  const digest = hash('sha256', `${decision} ${hour}`, 'hex')
  return (BigInt(`0x${digest.slice(0, 16)}`) >> 1n).toString()
}
