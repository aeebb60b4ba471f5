/** What a health professional sees: agreements of the controllers, then what the patient has chosen. */

import type { Answer } from '../../access/cases/answer.ts'
import type { AccessRequest, Choice, Facts } from '../../access/request.ts'
import { opens, whyOwnAlone } from './person.ts'

const bases: Record<string, string> = { TREAT: 'treatment', ETREAT: 'emergency-treatment', COC: 'coordination', BTG: 'emergency' }

export function whatThePersonSees(request: AccessRequest, facts: Facts): Answer {
  const own = request.caller.organization ?? ''
  const purpose = request.attestation?.careRelation.purpose ?? ''

  if (request.kind === 'identify') return nameAlone(purpose)

  const controllers = new Set<string>()
  const opened = new Set<string>()
  if (facts.produces) controllers.add(own)
  for (const agreement of facts.agreements) {
    if (!facts.consumes || !opens(agreement, request, facts)) continue
    controllers.add(agreement.controller)
    if (agreement.controller === own) continue
    for (const code of agreement.sensitiveCodes) opened.add(`${agreement.controller}|${code}`)
  }

  if (facts.caseOfficer !== undefined) {
    const openedToThem = facts.caseOfficer.openings.filter((one) => one.purposes.some((other) => other === purpose))
    for (const controller of [...controllers])
      if (!openedToThem.some((one) => one.controller === controller)) controllers.delete(controller)
  }

  const contracted = new Set<string>()
  for (const controller of controllers) for (const one of ofTheContract(controller, request, facts)) contracted.add(`${controller}|${one}`)

  const hidden: { cause: string; choice: Choice }[] = []
  const overridden = new Set<string>()
  for (const choice of facts.choices) {
    if (!holds(choice, request)) continue
    if (choice.kind === 'opt-out') hidden.push({ cause: 'Reservation', choice })
    if (choice.receiver !== null && choice.receiver !== own) continue
    if (choice.kind === 'block' && isThePerson(choice.practitioner, request, facts)) hidden.push({ cause: 'SpecificBlock', choice })
    if (choice.kind === 'restriction') {
      const agreed = facts.choices.some((consent) => consentsTo(consent, choice, request, facts))
      if (agreed) overridden.add(`registered-consent|${choice.id}`)
      else if (purpose === 'BTG') overridden.add(`emergency|${choice.id}`)
      else if (request.consentDeclared) overridden.add(`declared-consent|${choice.id}`)
      else hidden.push({ cause: 'GeneralBlock', choice })
    }
  }

  // The reader hears of no controller when the patient has opted out, of none that is blocked for the reader, and of others only when some
  // of them share.
  const ownOnly = whyOwnAlone(request, facts)
  const optedOut = hidden.some(({ cause }) => cause === 'Reservation')
  const blocked = (contributor: string) =>
    hidden.some(
      ({ cause, choice }) =>
        cause === 'SpecificBlock' && choice.record === null && (choice.controller === null || choice.controller === contributor),
    )
  const heard = optedOut || ownOnly !== undefined ? [] : facts.contributors.filter((contributor) => !blocked(contributor))
  // What its source has blocked against staff opens in an emergency, and by nothing else.
  if (purpose === 'BTG' && facts.blockedAgainstStaff) overridden.add('emergency|source')
  const openedBy = (what: string) => [...overridden].some((one) => one.startsWith(`${what}|`))
  const lifted = openedBy('emergency') ? 'emergency' : openedBy('declared-consent') ? 'consent' : undefined
  const registered = openedBy('registered-consent') && purpose !== 'BTG'
  const basis = lifted === 'consent' ? 'consent' : registered ? 'registered-consent' : (bases[purpose] ?? '')

  const visible = facts.contributors.filter((contributor) => controllers.has(contributor))
  return {
    controllers,
    opened,
    contracted: contracted.size > 0 ? contracted : undefined,
    withholdings: new Set(hidden.map(({ cause, choice }) => `${cause}|${choice.controller ?? '*'}|${choice.record ?? '*'}|true`)),
    hiddenReleaseCodes: new Set(purpose === 'BTG' ? [] : ['NORS']),
    releasedOnly: false,
    visibleContributors: new Set(
      visible.filter(
        (contributor) =>
          !hidden.some(({ choice }) => choice.record === null && (choice.controller === null || choice.controller === contributor)),
      ),
    ),
    withheld: heard.some((contributor) => !controllers.has(contributor)),
    ownOnly,
    basis,
    purpose,
    lifted,
    overridden,
  }
}

/**
 * Where records state their municipal service, a private provider that has nothing but contracts with the controller reads those that they
 * name: the tokens, or one empty text when they name none. Empty when it reads all.
 */
function ofTheContract(controller: string, request: AccessRequest, facts: Facts): string[] {
  const { area, caller } = request
  if (area.contractCodes === undefined || controller === caller.organization) return []
  const opening = facts.agreements.filter((one) => one.controller === controller && opens(one, request, facts))
  if (opening.some(({ receiverType }) => receiverType !== 'private-provider')) return []
  const named: string[] = []
  for (const { serviceCodes } of opening) for (const code of serviceCodes) named.push(...area.contractCodes.tokensOf(code))
  return named.length > 0 ? named : ['']
}

/** Whether the patient has blocked the professional from everything here: emergency access is then refused as what it is. */
export function mayNotOverride(request: AccessRequest, { choices, hprNumbers }: Facts): boolean {
  if (request.attestation?.careRelation.purpose !== 'BTG' || request.kind === 'list') return false
  return choices.some(
    (choice) =>
      choice.kind === 'block' &&
      holds(choice, request) &&
      choice.practitioner !== null &&
      (hprNumbers ?? [request.caller.hprNumber]).includes(choice.practitioner) &&
      (choice.receiver === null || choice.receiver === request.caller.organization) &&
      choice.controller === null &&
      choice.record === null,
  )
}

/** Who a person is: no record at all. */
function nameAlone(purpose: string): Answer {
  return {
    controllers: new Set(),
    opened: new Set(),
    withholdings: new Set(),
    hiddenReleaseCodes: new Set(),
    releasedOnly: false,
    visibleContributors: new Set(),
    withheld: false,
    ownOnly: undefined,
    basis: 'own-data',
    purpose,
    lifted: undefined,
    overridden: new Set(),
  }
}

/** Whether a choice is in force now and about this service. */
export function holds(choice: Choice, { now, area }: AccessRequest): boolean {
  if (choice.service !== null && choice.service !== area.id) return false
  if (choice.validFrom > now.getTime()) return false
  return choice.validUntil === null || choice.validUntil > now.getTime()
}

/** Whether a health personnel number is one of those of the person who asks. */
export function isThePerson(number: string | null, { caller }: AccessRequest, { hprNumbers }: Facts): boolean {
  if (number === null) return false
  return number === caller.hprNumber || (hprNumbers ?? []).some((other) => other === number)
}

/** Whether the patient has allowed this professional to see what the restriction hides from others. */
function consentsTo(consent: Choice, restriction: Choice, request: AccessRequest, facts: Facts): boolean {
  if (consent.kind !== 'consent' || !holds(consent, request)) return false
  if (consent.practitioner !== null && !isThePerson(consent.practitioner, request, facts)) return false
  if (consent.receiver !== null && consent.receiver !== request.caller.organization) return false
  if (consent.controller !== null && consent.controller !== restriction.controller) return false
  if (consent.record !== restriction.record) return false
  // A parent does not give away what another parent, the patient or staff on request has restricted.
  if (consent.madeAs === 'representative' && restriction.madeAs !== 'representative') return false
  if (consent.madeAs === 'representative' && restriction.maker !== consent.maker) return false
  return true
}
