/** What a nurse attests: each look-up is a decision of its own, about its own patient. */
import { attest, encodeAttestation } from '@helsevev/sdk'
import { nurse, reader } from '../world.ts'

let decisions = 0

/** The header Attestation of nurse `place`. */
export function attested(place: number, patient: string): string {
  const { pid, hprNumber = '' } = nurse(place)
  decisions += 1
  return encodeAttestation(
    attest({
      practitioner: pid,
      hprNumber,
      authorization: 'SP',
      legalEntity: reader.number,
      service: { list: '8663', code: 'KX17' },
      purpose: 'TREAT',
      decision: { id: `bench-${process.pid}-${decisions}`, chosenByUser: false },
      patient,
    }),
  )
}
