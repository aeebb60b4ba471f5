/** `npx helsevev audit verify|patient`: the access log, for those who operate a server. docs/run/access-log.md */
import { defineCommand, optional } from '../define-command.ts'
import { readingFor } from '../showing.ts'
import { file } from '../values.ts'
import { lookUpsOf } from './patient.ts'
import { verify } from './verify.ts'

export const commands = [
  defineCommand({
    name: 'audit verify',
    summary: 'Check every row, link and checkpoint of the access log',
    options: {
      checkpoint: optional(file, 'checkpoints that were published at /log and kept; the log must agree with each'),
      keys: optional(file, 'the public keys that may have signed, in place of HELSEVEV_LOG_KEY'),
      witness: optional(file, 'a technical log; the checkpoints that it has kept are compared too'),
    },
    exitCodes: { 0: 'the chain holds', 1: 'the chain is broken' },
    example: '--witness technical.log',
    run: verify,
  }),
  defineCommand({
    name: 'audit patient',
    summary: 'Print who looked at a person',
    about: 'The reading is a row on the person: who, for which organisation and why.',
    options: readingFor,
    asks: { patient: 'Identity number of the patient' },
    exitCodes: { 0: 'printed', 1: 'nobody has the number, or no reason is given' },
    example: '--by "Kari Nordmann" --for 964338531 --reason "The patient asks who has looked" < number.txt',
    run: lookUpsOf,
  }),
]
