import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isProblem } from '../problem/problem.ts'
import { combinations } from '../testing/oracle/combinations.ts'
import { combine } from '../testing/oracle/combine.ts'
import { ownOnlyOf } from './own-only.ts'
import { decide } from './pipeline.ts'

const nameOf = (controller: string) => `Municipality ${[...controller].map((digit) => 'abcdefghij'[Number(digit)]).join('')}`

test('no refusal and no notice names a controller by number when its name is known', () => {
  let named = 0
  fc.assert(
    fc.property(combinations, (drawn) => {
      const { request, facts } = combine(drawn)
      const agreements = facts.agreements.map((one) => ({ ...one, contact: `${nameOf(one.controller)}, telephone 55 00 00 01` }))
      const outcome = decide(request, { ...facts, agreements })
      const texts = isProblem(outcome) ? outcome.issues.map(({ text }) => text) : [outcome.ownOnly?.text ?? '']
      const others = agreements.map(({ controller }) => controller).filter((one) => one !== request.caller.organization)
      for (const text of texts) {
        for (const number of others) assert.ok(!text.includes(number), text)
        if (others.some((number) => text.includes(nameOf(number)))) named += 1
      }
    }),
    { numRuns: 3000 },
  )
  assert.ok(named > 30, 'the names are there')
})

test('without a name in the register the number stands', () => {
  const [drawn] = fc.sample(combinations, { numRuns: 1, seed: 1 })
  const { request } = combine(drawn ?? assert.fail())
  const caller = { ...request.caller, kind: 'person' as const }
  const agreement = {
    controller: '910000002',
    receiverType: 'organization' as const,
    units: [],
    serviceCodes: [],
    purposes: ['TREAT'],
    sensitiveCodes: [],
    validFrom: 0,
    validUntil: null,
    controllerSigned: null,
    receiverSigned: null,
    ended: null,
    closed: false,
    contact: null,
    delivers: [],
  }
  const found = ownOnlyOf({ ...request, caller }, { consumes: true, agreements: [agreement], knownUnits: [] })
  assert.match(found?.text ?? '', /data controller 910000002/)
})
