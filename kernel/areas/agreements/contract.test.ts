import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contractFault } from './contract.ts'

const services = [
  { id: 'plans', readers: {} },
  { id: 'help', readers: {}, contractCodes: { list: 'The list', form: /^[1-9][0-9]?$/, tokensOf: (code: string) => [code] } },
]

// biome-ignore format: a table, one row to a line
const contracts: [what: string, service: string, receiver: 'private-provider' | 'organization', codes: string[], rule: string | undefined][] = [
  ['a contract that names a service',               'help',  'private-provider', ['1', '15'], undefined],
  ['a contract that names none',                    'help',  'private-provider', [],          'service-codes-missing'],
  ['a code with a zero in front',                   'help',  'private-provider', ['1', '02'], 'service-code-invalid'],
  ['an ordinary agreement',                         'help',  'organization',     [],          undefined],
  ['an ordinary agreement that names a service',    'help',  'organization',     ['1'],       'service-codes-without-provider'],
  ['a contract where records state no service',     'plans', 'private-provider', [],          undefined],
  ['a contract that names one where none is stated', 'plans', 'private-provider', ['1'],      'service-codes-not-here'],
]
for (const [what, service, receiverType, serviceCodes, rule] of contracts)
  test(`${what}: ${rule ?? 'accepted'}`, () =>
    assert.equal(contractFault({ services }, { service, receiverType, serviceCodes })?.issues[0]?.code, rule))
