/**
 * `npx helsevev choices list|make|end`: what a patient has decided about who sees, for registrars, on the patient's request. Identity
 * numbers are asked for on standard input, are never arguments and are never printed. docs/run/representation.md
 */
import { type ChoiceKind, choiceText, type StoredChoice, stands } from '@helsevev/kernel/areas/choices/choice'
import { endChoice } from '@helsevev/kernel/areas/choices/end'
import { identifiedBy } from '@helsevev/kernel/areas/choices/identified-by'
import { askBlockLift, confirmBlockLift, type LiftRefusal, liftRefusals } from '@helsevev/kernel/areas/choices/lift-block'
import { listChoices } from '@helsevev/kernel/areas/choices/list'
import { makeChoice } from '@helsevev/kernel/areas/choices/make'
import { logicalId, parseLogicalId } from '@helsevev/kernel/store/ids'
import { table } from '@helsevev/replay/table'
import { defineCommand, optional, required } from '../define-command.ts'
import { done, type Refusal, refuse } from '../outcome.ts'
import { keysOf, keysOfNumber, nobody, noRegistrar, registrarOf, withNoticedChanges } from '../representation/registrar.ts'
import { reading, readingFault, shown } from '../showing.ts'
import { endOfTime, hprNumber, id, oneOf, organizationNumber, recordId, text, time } from '../values.ts'
import { withChanges } from '../with-changes.ts'
import { counted, norwegianTime } from '../words.ts'

const kinds = ['opt-out', 'restriction', 'block', 'consent'] as const satisfies readonly ChoiceKind[]

const registrar = { for: required(organizationNumber, 'the organisation whose staff registers') }
const asks = { patient: 'Identity number of the patient', registrar: 'Identity number of the registrar' }

export const commands = [
  defineCommand({
    name: 'choices list',
    summary: 'List what the patient has decided, as staff of the organisation see it',
    about: 'The reading is a row on the patient: who, for which organisation and why.',
    options: { ...reading, for: required(organizationNumber, 'the organisation whose staff asks') },
    asks: { patient: asks.patient },
    example: '--for 964338531 --by "Kari Nordmann" --reason "The patient asks at the desk what stands"',
    async run({ values, ask, environment, withDatabase }) {
      const fault = readingFault(values)
      if (fault) return fault
      const number = await ask('patient')
      return await withDatabase(async ({ sql }) => {
        const keys = await keysOfNumber(sql, number)
        if (!keys) return nobody()
        const what = { event: 'choices-read', type: 'patient-choice', patients: [keys[0]] }
        return await shown({ sql, environment }, values, what, async () => {
          const now = new Date()
          const { choices } = await listChoices(sql, keys, { as: 'staff', organization: values.for }, { which: 'all', now })
          const nothing = 'There is nothing that staff of this organisation see.\n'
          return { result: { choices: choices.map(asResult) }, text: choices.length === 0 ? nothing : choiceTable(choices, now) }
        })
      })
    },
  }),
  defineCommand({
    name: 'choices make',
    summary: 'Make a choice for the patient',
    about: 'What is left out means all.',
    options: {
      kind: required(oneOf(kinds), 'what is chosen'),
      note: required(text, 'how the patient asked'),
      ...registrar,
      service: optional(id, 'the information service it is about'),
      controller: optional(organizationNumber, 'the data controller it is about'),
      receiver: optional(organizationNumber, 'the organisation it is about'),
      practitioner: optional(hprNumber, 'the member of staff it is about'),
      record: optional(recordId, 'the record it is about'),
      from: optional(time, 'when it begins; default: now'),
      until: optional(endOfTime, 'the last day, or when it ends'),
    },
    asks,
    example: '--for 964338531 --kind restriction --controller 983658725 --note "Asked by telephone"',
    async run({ values, ask, environment, services, withDatabase }) {
      const { for: organization, record, ...rest } = values
      const numbers = { patient: await ask('patient'), registrar: await ask('registrar') }
      const known = new Map((await services()).map((service) => [service.id, service]))
      return await withDatabase(async ({ sql }) => {
        const keys = await keysOfNumber(sql, numbers.patient)
        const actor = await registrarOf(sql, numbers.registrar, organization)
        if (!keys) return nobody()
        if (!actor) return noRegistrar()
        const choice = { ...rest, record: record === undefined ? undefined : placeOf(record) }
        const made = await withNoticedChanges(sql, environment, async (parts) =>
          makeChoice({ sql, services: known, ...parts }, keys, choice, { as: 'staff', person: actor.person, organization, actor }),
        )
        return done(
          made,
          (one) => ({ created: one.created, choice: asResult(one.choice) }),
          ({ created, choice: { patient, id }, choice }) =>
            `${created ? 'Made' : 'The same stands already'}: ${logicalId(patient, id)}, ${choiceText(choice)}.`,
        )
      })
    },
  }),
  defineCommand({
    name: 'choices end',
    summary: 'End a choice; not a block, which the patient alone lifts',
    positionals: { id: required(recordId, 'the choice') },
    options: registrar,
    asks: { registrar: asks.registrar },
    example: 'kcmhdjapgbofnleijkpmlgodbhcfnaeg --for 964338531',
    async run({ values: { id: given, for: organization }, ask, environment, withDatabase }) {
      const number = await ask('registrar')
      return await withDatabase(async ({ sql }) => {
        const actor = await registrarOf(sql, number, organization)
        if (!actor) return noRegistrar()
        const place = placeOf(given)
        const keys = await keysOf(sql, place.patient)
        const ended = await withNoticedChanges(sql, environment, async (parts) =>
          endChoice({ sql, services: new Map(), ...parts }, keys, place.id, { as: 'staff', person: actor.person, organization, actor }),
        )
        return done(ended, asResult, (one) => `Ended: ${choiceText(one)}.`)
      })
    },
  }),
  defineCommand({
    name: 'choices lift-block',
    summary: 'Register that an identified patient asks that no block of a practitioner holds any more',
    about: 'Another person confirms it within seven days. No answer shows whether there is a block.',
    options: {
      practitioner: required(hprNumber, 'who was blocked'),
      identified: required(oneOf(identifiedBy), 'how the patient was identified'),
      when: required(time, 'when the patient was identified'),
      note: required(text, 'how the patient asked'),
      ...registrar,
    },
    asks,
    example: '--for 964338531 --practitioner 990000022 --identified passport --when 2026-11-30 --note "Came to the desk with her daughter"',
    async run({ values, ask, environment, withDatabase }) {
      const { for: organization, practitioner, identified, when, note } = values
      const numbers = { patient: await ask('patient'), registrar: await ask('registrar') }
      return await withDatabase(async ({ sql }) => {
        const keys = await keysOfNumber(sql, numbers.patient)
        const actor = await registrarOf(sql, numbers.registrar, organization)
        if (!keys) return nobody()
        if (!actor) return noRegistrar()
        const asked = { patient: keys[0], hprNumber: practitioner, identified, identifiedAt: when, note }
        const made = await withChanges(sql, environment, (parts) => askBlockLift({ sql, ...parts }, { ...actor, organization }, asked))
        return typeof made === 'string' ? notLifted(made) : { result: made, text: `Registered: ${made.id}. Another person confirms it.\n` }
      })
    },
  }),
  defineCommand({
    name: 'choices confirm-lift',
    summary: 'Confirm that no block holds any more, and print the letter to the patient',
    positionals: { id: required(recordId, 'the request') },
    options: registrar,
    asks: { registrar: asks.registrar },
    example: 'kcmhdjapgbofnleijkpmlgodbhcfnaeg --for 964338531',
    async run({ values: { id: request, for: organization }, ask, environment, withDatabase }) {
      const number = await ask('registrar')
      return await withDatabase(async ({ sql }) => {
        const actor = await registrarOf(sql, number, organization)
        if (!actor) return noRegistrar()
        const by = { ...actor, organization }
        const lifted = await withChanges(sql, environment, (parts) => confirmBlockLift({ sql, ...parts }, by, request))
        if (typeof lifted === 'string') return notLifted(lifted)
        return { result: lifted, text: `Confirmed. The letter to the patient:\n\n${Object.values(lifted.letter).join('\n\n')}\n` }
      })
    },
  }),
]

function notLifted(rule: LiftRefusal): Refusal {
  return refuse(rule, liftRefusals[rule])
}

function placeOf(id: string) {
  const place = parseLogicalId(id)
  if (!place) throw new Error('Options of the kind recordId are logical ids.')
  return place
}

/** Under the id that the API gives, and without the keys of people. */
function asResult({ patient, id, record, ...choice }: StoredChoice): object {
  return { id: logicalId(patient, id), ...choice, record: record && logicalId(patient, record) }
}

function choiceTable(choices: readonly StoredChoice[], now: Date): string {
  const rows = choices.map((one) => [
    logicalId(one.patient, one.id),
    choiceText(one),
    norwegianTime(one.made),
    one.until ? norwegianTime(one.until) : '',
    one.madeAs,
    one.note ?? '',
    stands(one, now) ? 'stands' : one.ended ? `ended ${norwegianTime(one.ended)}` : 'has run out',
  ])
  const heading = ['id', 'choice', 'made', 'until', 'made by', 'note', 'how it stands']
  return `${table([heading, ...rows])}\n${counted(choices.length, 'choice')}, newest first, in Norwegian time.\n`
}
