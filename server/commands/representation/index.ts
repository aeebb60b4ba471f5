/**
 * `npx helsevev representation list|register|end`: who acts for another person, for registrars. Identity numbers are asked for on
 * standard input, are never arguments and are never printed. docs/run/representation.md
 */
import { representativesOf, representedBy } from '@helsevev/kernel/areas/representation/list'
import { endRepresentation, type Registrar, registerRepresentation } from '@helsevev/kernel/areas/representation/register'
import { relationKinds, type StoredRepresentation } from '@helsevev/kernel/areas/representation/representation'
import type { Database } from '@helsevev/kernel/store/database'
import { table } from '@helsevev/replay/table'
import { type Context, defineCommand, optional, required } from '../define-command.ts'
import { done, type Outcome } from '../outcome.ts'
import { readingFault, readingFor, shown } from '../showing.ts'
import { endOfTime, listOf, oneOf, organizationNumber, text, time } from '../values.ts'
import type { Changing } from '../with-changes.ts'
import { counted, norwegianTime } from '../words.ts'
import { type Keys, keysOfNumber, nobody, noRegistrar, registrarOf, withNoticedChanges } from './registrar.ts'

const kind = required(oneOf(relationKinds), 'what the relation is')
const forOrganization = optional(organizationNumber, 'the child welfare service that grants; it alone grants to foster parents')
const asks = {
  patient: 'Identity number of the patient',
  representative: 'Identity number of the one who acts',
  registrar: 'Identity number of the registrar',
}

export const commands = [
  defineCommand({
    name: 'representation list',
    summary: 'List who acts for a person, and the people that the person acts for',
    about: 'The reading is a row on the person: who, for which organisation and why.',
    options: readingFor,
    asks: { person: 'Identity number' },
    example: '--by "Kari Nordmann" --for 964338531 --reason "The patient asks who acts for her"',
    async run({ values, ask, environment, withDatabase }) {
      const fault = readingFault(values)
      if (fault) return fault
      const number = await ask('person')
      return await withDatabase(async ({ sql }) => {
        const keys = await keysOfNumber(sql, number)
        if (!keys) return nobody()
        const now = new Date()
        const actFor = await representativesOf(sql, keys, 'all', now)
        const actedFor = await representedBy(sql, keys, 'all', now)
        // The people that the person acts for are shown by name as well.
        const patients = [keys[0], ...actedFor.map(({ patient }) => patient)]
        const what = { event: 'representation-read', type: 'representation', patients }
        return await shown({ sql, environment }, values, what, () => relationsOf({ actFor, actedFor, now }))
      })
    },
  }),
  defineCommand({
    name: 'representation register',
    summary: 'Register that one person acts for another',
    options: {
      kind,
      source: required(text, 'the decision or form it rests on'),
      areas: optional(listOf('AREA', 'PersonalInterests'), 'what it is about; default: all'),
      from: optional(time, 'when it begins; default: now'),
      until: optional(endOfTime, 'the last day, or when it ends'),
      for: forOrganization,
    },
    asks,
    example: '--kind power-of-attorney --areas 3 --until 2027-12-31 --source "form 2026/8"',
    run: (context) =>
      changing(context, async (parts, people, by) => {
        const { kind, source, areas = [], from, until } = context.values
        const registered = await registerRepresentation(parts, { kind, ...people, areas, from, until, source }, by)
        return done(
          registered,
          ({ created }) => ({ created }),
          ({ created }) => (created ? 'Registered.' : 'The same is registered already.'),
        )
      }),
  }),
  defineCommand({
    name: 'representation end',
    summary: 'End that one person acts for another',
    options: { kind, for: forOrganization },
    asks,
    example: '--kind power-of-attorney',
    run: (context) =>
      changing(context, async (parts, people, by) => {
        const ended = await endRepresentation(parts, { kind: context.values.kind, ...people }, by)
        return done(
          ended,
          () => ({ ended: true }),
          () => 'Ended.',
        )
      }),
  }),
]

/** Asks for the three people, and changes what holds between two of them on behalf of the third. */
async function changing(
  { values, ask, environment, withDatabase }: Context<{ for: string | undefined }, keyof typeof asks>,
  change: (parts: Changing & { sql: Database['sql'] }, people: { patient: Keys; representative: Keys }, by: Registrar) => Promise<Outcome>,
): Promise<Outcome> {
  const numbers = { patient: await ask('patient'), representative: await ask('representative'), registrar: await ask('registrar') }
  return await withDatabase(async ({ sql }) => {
    const patient = await keysOfNumber(sql, numbers.patient)
    const representative = await keysOfNumber(sql, numbers.representative)
    const actor = await registrarOf(sql, numbers.registrar, values.for)
    if (!patient || !representative) return nobody()
    if (!actor) return noRegistrar()
    const by: Registrar = { as: values.for === undefined ? 'registrar' : 'child-welfare', actor }
    return await withNoticedChanges(sql, environment, (parts) => change({ sql, ...parts }, { patient, representative }, by))
  })
}

function relationsOf({ actFor, actedFor, now }: Record<'actFor' | 'actedFor', StoredRepresentation[]> & { now: Date }): Outcome {
  const text = [
    actFor.length === 0 ? 'Nobody acts for this person.\n' : `Act for this person:\n${relations(actFor, 'representativeName', now)}`,
    actedFor.length === 0 ? 'This person acts for nobody.\n' : `This person acts for:\n${relations(actedFor, 'patientName', now)}`,
  ].join('')
  return { result: { representatives: actFor.map(withoutKeys), represented: actedFor.map(withoutKeys) }, text }
}

function withoutKeys({ patient, representative, ...relation }: StoredRepresentation): object {
  return relation
}

function relations(found: readonly StoredRepresentation[], name: 'patientName' | 'representativeName', now: Date): string {
  const rows = found.map((one) => [
    one[name] ?? 'no name',
    one.kind,
    one.areas.join(' '),
    norwegianTime(one.from),
    one.until ? norwegianTime(one.until) : '',
    one.source,
    one.registeredBy,
    standing(one, now),
  ])
  const heading = ['name', 'kind', 'areas', 'from', 'until', 'source', 'registered by', 'how it stands']
  return `${table([heading, ...rows])}\n${counted(found.length, 'relation')}, in Norwegian time.\n`
}

function standing({ from, until, ended, endedBy }: StoredRepresentation, now: Date): string {
  if (ended) return `ended ${norwegianTime(ended)} by ${endedBy}`
  if (until && until <= now) return 'has run out'
  return from > now ? 'has not begun' : 'in force'
}
