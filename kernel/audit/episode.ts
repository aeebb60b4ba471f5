/**
 * An episode: one opening of a patient by one person at one place under one attestation, whatever number of requests a screen makes. The
 * place is part of what was attested. Requests without an attestation, of systems and citizens, belong to no episode.
 */
import { hash } from 'node:crypto'
import type { LogRow } from './chain.ts'

/** The first 63 bits of a SHA-256, as a decimal string. `who` is the person who acted, whatever program or role they acted in. */
export function episodeOf(row: Pick<LogRow, 'patient' | 'attestation' | 'toa' | 'decisionRef'>, who: string | undefined): string | null {
  const { patient, attestation, toa, decisionRef } = row
  if (attestation === null || who === undefined) return null
  const digest = hash('sha256', JSON.stringify([patient, who, attestation, toa?.getTime() ?? null, decisionRef]), 'hex')
  return (BigInt(`0x${digest.slice(0, 16)}`) >> 1n).toString()
}
