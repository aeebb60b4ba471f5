import assert from 'node:assert/strict'
import { test } from 'node:test'
import { followUpFindings, misuseFindings } from '../areas/follow-up/findings.ts'
import { closeFollowUp, closeMisuseCase, contract } from './contract.ts'
import { problemOfFault } from './fault.ts'

// biome-ignore format: a table, one row to a line
const closings = [
  ['an emergency access',     closeFollowUp,   contract.closeFollowUp,   followUpFindings],
  ['a case of misuse control', closeMisuseCase, contract.closeMisuseCase, misuseFindings],
] as const

for (const [what, body, row, findings] of closings)
  for (const sent of [{ reason: 'Known to the clinic' }, { finding: 'fine', reason: 'Known to the clinic' }])
    test(`${what} closed with ${'finding' in sent ? 'an unknown' : 'no'} finding: the refusal names those there are`, () => {
      const parsed = body.safeParse(sent)
      assert.ok(!parsed.success)
      const { issues } = problemOfFault(row, { at: 'body', issues: parsed.error.issues, sent })
      assert.deepEqual([issues[0]?.expression, issues.length], ['finding', 1])
      for (const finding of findings) assert.ok(String(issues[0]?.text).includes(finding), String(issues[0]?.text))
    })
