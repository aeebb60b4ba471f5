/** The pipeline as a whole: its shape, and what a refusal reports. The rules themselves are the rows of kernel/access/cases. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isProblem } from '../problem/problem.ts'
import type { PatientKey } from '../store/ids.ts'
import { nurse, organizations } from '../testing/api.ts'
import { measurements } from '../testing/measurements.ts'
import { decide, explain, pipeline } from './pipeline.ts'
import { type AccessRequest, type Agreement, type Facts, requestKinds } from './request.ts'

const { bergen, oslo } = organizations
const NOW = new Date('2026-01-15T10:00:00Z')
const patient = { key: '7' as PatientKey, linked: [], birthDate: '1950-05-17', identifier: { system: 's', value: 'v' } }

const agreement: Agreement = {
  controller: oslo,
  receiverType: 'organization',
  units: [],
  serviceCodes: [],
  purposes: ['TREAT'],
  sensitiveCodes: [],
  validFrom: 0,
  validUntil: null,
  controllerSigned: 0,
  receiverSigned: 0,
  ended: null,
  closed: false,
  delivers: [],
}

const facts: Facts = {
  organization: { name: 'Bergen', member: true },
  supplier: undefined,
  produces: false,
  consumes: true,
  roleRules: [],
  knownUnits: [],
  authorizations: ['SP'],
  patient,
  attestedPatient: patient.key,
  agreements: [agreement],
  contributors: [oslo],
  choices: [],
  choiceChanges: 0,
  alerts: [],
  citizen: undefined,
}

const who = nurse(bergen)
const coded = (code: string) => ({ code, system: undefined, text: undefined })
const identified = (id: string | undefined) => ({ id: id ?? '', system: undefined, name: undefined })

const search: AccessRequest = {
  kind: 'search',
  caller: who,
  area: measurements,
  attestation: {
    toa: NOW.getTime() / 1000,
    practitioner: {
      identifier: identified(who.pid),
      hprNumber: undefined,
      authorization: coded('SP'),
      legalEntity: identified(bergen),
      pointOfCare: identified(bergen),
      department: undefined,
    },
    careRelation: {
      healthcareService: coded('KX17'),
      purposeOfUse: coded('TREAT'),
      purpose: 'TREAT',
      purposeOfUseDetails: undefined,
      decisionRef: { id: 'd', description: undefined, userSelected: false },
    },
    patient: { identifier: identified('v'), pointOfCare: undefined, department: undefined },
    unknownMembers: [],
  },
  consentDeclared: false,
  patient: { identityNumber: '1' },
  now: NOW,
}

test('every kind of request ends in a step that decides, and is denied when none does', () => {
  for (const kind of requestKinds) assert.ok(pipeline.filter(({ appliesTo }) => appliesTo.includes(kind)).length > 3, kind)
  const outcome = decide({ ...search, kind: 'other' as 'search' }, facts)
  assert.equal(isProblem(outcome) && outcome.problem, 'access-denied')
})

test('every step names the rule it enforces', () => {
  assert.deepEqual(
    pipeline.filter(({ law }) => law.length === 0).map(({ step }) => step.name),
    [],
  )
})

test('a decision explained: each step with its verdict and its law, up to the one that decides', () => {
  const said = explain(search, facts)
  assert.deepEqual(
    said.filter(({ verdict }) => verdict !== 'does not apply').map(({ step, verdict }) => `${step} ${verdict}`),
    [
      'identifyActor passes',
      'requireMembership passes',
      'requireDelegation passes',
      'requireScope passes',
      'checkAttestation passes',
      'checkPractitioner passes',
      'requireReason passes',
      'requireRole passes',
      'requireAgreement passes',
      'bindAttestation passes',
      'findPatient passes',
      'refuseBlocked passes',
      'refuseCloseRelation passes',
      'decideReading decides',
    ],
  )
  assert.match(said[0]?.legal[0] ?? '', /^helsepersonelloven § 25/)
})

test('a refusal explained ends at the step that refuses', () => {
  const said = explain(search, { ...facts, authorizations: [] })
  assert.deepEqual(
    [said.at(-1)?.step, said.at(-1)?.verdict, said.at(-1)?.problem?.problem],
    ['checkPractitioner', 'refuses', 'authorization-not-held'],
  )
})

const refused: [what: string, changed: Partial<Agreement>, says: RegExp][] = [
  ['not signed by both', { receiverSigned: null }, /waiting for a signature/],
  ['ended', { ended: NOW.getTime() }, /has been ended/],
  ['run out', { validUntil: NOW.getTime() }, /has run out/],
  ['not begun', { validFrom: NOW.getTime() + 1 }, /has not begun/],
  ['closed', { closed: true }, /closed to you by the data controller/],
  ['for other purposes', { purposes: ['COC'] }, /for other purposes/],
  ['for other units', { receiverType: 'private-provider', units: ['900000077'] }, /for other units/],
  ['for patients it does not deliver to', { receiverType: 'private-provider' }, /not registered as one/],
]

for (const [what, changed, says] of refused) {
  test(`a refusal states that the agreement is ${what}, and who to ask`, () => {
    const outcome = decide(search, { ...facts, agreements: [{ ...agreement, ...changed }] })
    assert.ok(isProblem(outcome) && outcome.problem === 'no-agreement')
    assert.match(outcome.issues[0]?.text ?? '', says)
    assert.match(outcome.issues[0]?.text ?? '', new RegExp(`controller ${oslo}`))
  })
}
