/** The commands of `npm run agreements` that change something: each is one act of the kernel, and a sentence about what it did. */
import type { Acts } from '@helsevev/kernel/areas/agreements/act'
import { amend } from '@helsevev/kernel/areas/agreements/amend'
import { close } from '@helsevev/kernel/areas/agreements/close'
import { beginDelivery, endDelivery } from '@helsevev/kernel/areas/agreements/delivery'
import { end } from '@helsevev/kernel/areas/agreements/end'
import { enterGroup, leaveGroup, makeGroup } from '@helsevev/kernel/areas/agreements/groups'
import { setParticipation } from '@helsevev/kernel/areas/agreements/participation'
import { propose } from '@helsevev/kernel/areas/agreements/propose'
import { reopen } from '@helsevev/kernel/areas/agreements/reopen'
import { removeRoleRule, setRoleRule } from '@helsevev/kernel/areas/agreements/role-rules'
import { sign } from '@helsevev/kernel/areas/agreements/sign'
import { joinStandard } from '@helsevev/kernel/areas/agreements/standard-join'
import { leaveStandard } from '@helsevev/kernel/areas/agreements/standard-leave'
import { publishStandard } from '@helsevev/kernel/areas/agreements/standard-publish'
import type { Actor } from '@helsevev/kernel/audit/actors'
import { keyOfNumber } from '@helsevev/kernel/identity/persons'
import { isProblem, type Problem, problem } from '@helsevev/kernel/problem/problem'
import { standingText } from './agreements-print.ts'
import { type CommandName, listed, receiverType, timeOf, untilOf, type Values, yesOf } from './agreements-words.ts'
import { counted, norwegianTime } from './audit-words.ts'
import type { Terminal } from './terminal.ts'

export interface Doing {
  acts: Acts
  actor: Actor
  id: string
  values: Values
  ask: Terminal['ask']
}

/** Answers with a sentence about what was done, or says what is in the way. */
type Deed = (doing: Doing) => Promise<string | Problem>

export const deeds: { [Name in CommandName]?: Deed } = {
  propose: async ({ acts, actor, values }) => {
    const made = await propose(acts, actor, {
      controller: values.controller ?? '',
      service: values.service ?? '',
      receiver: values.receiver ?? '',
      receiverType: receiverType(values),
      purposes: listed(values.purposes),
      sensitiveCodes: listed(values.codes),
      units: listed(values.units),
      legalBasis: values['legal-basis'] ?? '',
      validFrom: timeOf(values.from) ?? acts.clock(),
      validUntil: untilOf(values.until) ?? null,
    })
    return told(made, ({ id }) => `Agreement ${id} is proposed. It opens nothing until one person of each side has signed it.`)
  },
  sign: async ({ acts, actor, id, values }) => {
    const signed = await sign(acts, actor, { id, ...(values.version === undefined ? {} : { version: Number(values.version) }) })
    return told(signed, (one) => `Signed. Version ${one.version} of ${id}: ${standingText(one, acts.clock())}.`)
  },
  amend: async ({ acts, actor, id, values }) => {
    const until = untilOf(values.until)
    const made = await amend(acts, actor, id, {
      ...(values.purposes === undefined ? {} : { purposes: listed(values.purposes) }),
      ...(values.codes === undefined ? {} : { sensitiveCodes: listed(values.codes) }),
      ...(values.units === undefined ? {} : { units: listed(values.units) }),
      ...(values['legal-basis'] === undefined ? {} : { legalBasis: values['legal-basis'] }),
      ...(until === undefined ? {} : { validUntil: until }),
    })
    return told(
      made,
      ({ version }) => `Version ${version} of ${id} waits for both signatures. Until then what was in force stays in force.`,
    )
  },
  end: async ({ acts, actor, id, values }) => {
    const ended = await end(acts, actor, { id, at: timeOf(values.at), reason: values.reason ?? '' })
    return told(ended, (one) => `Agreement ${id} ends at ${norwegianTime(one.ended)}.`)
  },
  close: async ({ acts, actor, values }) =>
    told(await close(acts, actor, closure(actor, values)), (one) => `${one.service} is closed to ${one.receiver} from the next call on.`),
  reopen: async ({ acts, actor, values }) =>
    told(
      await reopen(acts, actor, closure(actor, values)),
      (one) => `${one.service} is open to ${one.receiver} again, as far as agreements open it.`,
    ),
  'standard publish': async ({ acts, actor, id, values }) => {
    const published = await publishStandard(acts, actor, {
      id,
      title: values.title ?? '',
      services: listed(values.services),
      purposes: listed(values.purposes),
      sensitiveCodes: listed(values.codes),
      legalBasis: values['legal-basis'] ?? '',
      group: values.group ?? '',
      groupName: values['group-name'],
      validUntil: untilOf(values.until) ?? null,
    })
    return told(published, ({ version }) => `Version ${version} of ${id} is published. It opens nothing until somebody joins.`)
  },
  'standard join': async ({ acts, actor, id, values }) => {
    const counterSigner = operator(values['counter-signer'] ?? '', values['counter-for'] ?? '')
    return told(
      await joinStandard(acts, actor, id, counterSigner),
      ({ standard, agreements }) =>
        `${actor.organization} has joined ${standard}: ${counted(agreements.length, 'agreement')} in force from the next call on.`,
    )
  },
  'standard leave': async ({ acts, actor, id, values }) =>
    told(
      await leaveStandard(acts, actor, { id, reason: values.reason ?? '' }),
      ({ ended }) => `${actor.organization} has left ${id}: ${counted(ended.length, 'agreement')} ended.`,
    ),
  'group make': async ({ acts, actor, id, values }) =>
    told(await makeGroup(acts, actor, { id, name: values.name ?? '' }), () => `The group ${id} is made. It has no members.`),
  'group enter': async ({ acts, actor, id }) =>
    told(await enterGroup(acts, actor, id), () => `${actor.organization} is a member of ${id}.`),
  'group leave': async ({ acts, actor, id, values }) =>
    told(
      await leaveGroup(acts, actor, { group: id, reason: values.reason ?? '' }),
      () => `${actor.organization} is no longer a member of ${id}.`,
    ),
  'roles set': async ({ acts, actor, values }) =>
    told(
      await setRoleRule(acts, actor, { ...ownRule(actor, values), purposes: listed(values.purposes) }),
      ({ role, service, purposes }) => `${role} may use ${service} for ${purposes.join(', ')}. Roles without a rule may not use it.`,
    ),
  'roles remove': async ({ acts, actor, values }) =>
    told(
      await removeRoleRule(acts, actor, ownRule(actor, values)),
      ({ role, service }) => `There is no rule about ${role} in ${service} any more.`,
    ),
  'participation set': async ({ acts, actor, values }) => {
    const [produces, consumes] = [yesOf(values.produces), yesOf(values.consumes)]
    const set = await setParticipation(acts, actor, {
      organization: actor.organization ?? '',
      service: values.service ?? '',
      ...(produces === undefined ? {} : { produces }),
      ...(consumes === undefined ? {} : { consumes }),
    })
    return told(
      set,
      (one) =>
        `${one.organization} ${one.produces ? 'produces' : 'does not produce'} in ${one.service}, and ${one.consumes ? 'consumes' : 'does not consume'}.`,
    )
  },
  'deliver begin': async ({ acts, actor, values, ask }) => {
    const patient = await keyOfNumber(acts.sql, await ask('Identity number of the patient'))
    if (!patient) return problem('person-unknown')
    const begun = await beginDelivery(acts, actor, {
      patient,
      ...providerOf(actor, values),
      validFrom: timeOf(values.from),
      validUntil: untilOf(values.until),
    })
    return told(begun, ({ provider, validFrom }) => `${provider} delivers to this patient from ${norwegianTime(validFrom)}.`)
  },
  'deliver end': async ({ acts, actor, values, ask }) => {
    const patient = await keyOfNumber(acts.sql, await ask('Identity number of the patient'))
    if (!patient) return problem('person-unknown')
    return told(
      await endDelivery(acts, actor, { patient, ...providerOf(actor, values) }),
      ({ provider }) => `${provider} no longer delivers to this patient.`,
    )
  },
}

/** Somebody who is named by whoever runs the command, and whose key is not known. */
export function operator(name: string, organization: string): Actor {
  return {
    person: undefined,
    name: name.trim(),
    hprNumber: undefined,
    role: undefined,
    organization,
    organizationName: undefined,
    organizationChild: undefined,
    supplier: undefined,
    client: 'agreements',
  }
}

function told<T>(outcome: T | Problem, sentence: (done: T) => string): string | Problem {
  return isProblem(outcome) ? outcome : sentence(outcome)
}

function closure(actor: Actor, { service = '', receiver = '', reason = '' }: Values) {
  return { controller: actor.organization ?? '', service, receiver, reason }
}

function ownRule(actor: Actor, { service = '', role = '' }: Values) {
  return { organization: actor.organization ?? '', service, role }
}

function providerOf(actor: Actor, { provider = '', unit = '' }: Values) {
  return { controller: actor.organization ?? '', provider, unit }
}
