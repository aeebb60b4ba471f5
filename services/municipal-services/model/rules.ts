/**
 * Every rule this service names: flags (accepted, kept on the resource as a tag, reported to the writer) and refusals. One row each, with
 * the sentence that a vendor reads. docs/services/municipal-services.md has the same rows; a test compares them.
 */
import type { Issue } from '@helsevev/kernel/problem/problem'

/** System of the tags that state what was accepted with a remark. */
export const FLAG_SYSTEM = 'http://helsevev.no/fhir/CodeSystem/flag'

export const flags = {
  'iplos-code-zero-padded': 'The list has the code without leading zeros; it was stored that way.',
  'iplos-code-unknown': 'The code is not in list 9151 (IPLOS service type). It was stored as sent; readers see the code and your display.',
  'iplos-display-mismatch':
    'The display is not what list 9151 calls the code. Readers see the name of the list, and that you sent another.',
  'service-code-missing': 'The service has no code of list 9151 (IPLOS service type). Readers see its description, if it has one.',
  'weekly-extent-converted': 'The weekly extent was converted to hours per one week.',
  'weekly-extent-unit-assumed': 'The weekly extent came as a bare number and was taken to be hours per week.',
  'weekly-extent-zero': 'The weekly extent is zero hours. Leave the extent out when the service is not measured in hours.',
  'active-after-end': 'The end date has passed, and the status does not say finished. The service is counted as ended.',
  'end-missing': 'The service is finished and has no end date. Send period.end.',
  'finished-before-end': 'The service is finished, and its end date has not come yet.',
  'start-in-future': 'The service has not started. It is not counted as active before its start date.',
  'managing-unit-phone-missing': 'The managing unit has no phone number. Readers are given the number of the municipality.',
  'organisation-number-invalid': 'The check digit of the organisation number does not agree.',
  'description-long': 'The description is longer than 1000 characters. Share what is needed, not the record.',
  'duplicate-message': 'The event has the same service twice, alike in everything. It was stored once.',
} as const

export const refusals = {
  'status-not-shared': {
    type: 'business-rule',
    text: 'Only services that run, are paused or have ended are shared. Send it when it starts, with status active, onhold or finished.',
  },
  'status-unknown': { type: 'code-invalid', text: 'Use status active, onhold (written so in FHIR R4), finished or entered-in-error.' },
  'type-without-code': {
    type: 'required',
    text: 'A type needs one coding with system and code: list 9151 (IPLOS service type) or OktStayTypeCs (dagopphold, korttidsopphold).',
  },
  'type-system-not-used': {
    type: 'code-invalid',
    text: 'Type is closed: only list urn:oid:2.16.578.1.12.4.1.1.9151 (IPLOS service type) and http://hl7.no/fhir/ig/okt/CodeSystem/OktStayTypeCs are used. Remove the coding.',
  },
  'iplos-code-repeated': {
    type: 'business-rule',
    text: 'One EpisodeOfCare is one service and has at most one code of list 9151. Send one EpisodeOfCare for each.',
  },
  'stay-type-repeated': { type: 'business-rule', text: 'A service has at most one stay type.' },
  'stay-type-unknown': { type: 'code-invalid', text: 'The stay type is dagopphold or korttidsopphold.' },
  'weekly-extent-not-ratio': { type: 'value', text: 'The weekly extent is a Ratio of hours to one week, not a text.' },
  'weekly-extent-unit': {
    type: 'value',
    text: 'The weekly extent is hours (h) or minutes (min) per week (wk) or day (d), as codes of http://unitsofmeasure.org.',
  },
  'weekly-extent-value': {
    type: 'value',
    text: 'The weekly extent needs an exact numerator of zero or more and a denominator above zero.',
  },
  'weekly-extent-over-week': { type: 'business-rule', text: 'A week has 168 hours; one service cannot take more.' },
  'weekly-extent-repeated': { type: 'business-rule', text: 'A service has one weekly extent.' },
  'description-not-markdown': {
    type: 'value',
    text: 'The description is valueMarkdown, with at least one character that is not a space. Leave the extension out when there is none.',
  },
  'end-before-start': { type: 'business-rule', text: 'The service ends before it starts.' },
  'managing-organization-unresolved': {
    type: 'value',
    text: 'Not found. Send its identifier (organisation number, RESH or HER), or "#id" of a contained Organization with name and phone.',
  },
  'managing-unit-name-missing': { type: 'required', text: 'The contained Organization needs a name, so that a reader knows who to call.' },
  'contained-not-used': {
    type: 'business-rule',
    text: 'Only the Organization that managingOrganization refers to may be contained. Remove the rest.',
  },
  'identifier-of-person': {
    type: 'security',
    text: 'An identifier of the service may not be a person’s number. Send the decision number of your own system, or leave it out.',
  },
  'event-not-object': {
    type: 'structure',
    text: 'Send an OktEvent: {"personIdentifier": "…", "oktMessages": [{"startDate": "2026-01-15", …}]}.',
  },
  'event-wrapped': {
    type: 'structure',
    text: 'This is a FHIR Binary around an OktEvent. Send what it holds: the base64-decoded JSON of Binary.data.',
  },
  'event-field-unknown': {
    type: 'structure',
    text: 'OktEvent and OktMessage have no such field. Nothing is dropped in silence: remove it or correct its name.',
  },
  'event-field-type': { type: 'value', text: 'The field has the wrong JSON type.' },
  'person-identifier-missing': {
    type: 'required',
    text: 'Nothing says whose services these are. Send personIdentifier: national identity number, D-number or help number.',
  },
  'person-identifier-form': {
    type: 'value',
    text: 'A personIdentifier is eleven digits in a text: national identity number, D-number or help number.',
  },
  'event-without-messages': { type: 'required', text: 'Send oktMessages: an array with one OktMessage for each service, at least one.' },
  'start-date-missing': { type: 'required', text: 'An OktMessage needs startDate, the day the service started, such as "2026-01-15".' },
  'date-not-understood': { type: 'value', text: 'A date is written year-month-day, such as "2026-01-15", and must be in the calendar.' },
  'iplos-value-missing': {
    type: 'required',
    text: 'An iplosCode needs iplosCodeValue, such as "15". Leave iplosCode out when the service has no code.',
  },
  'weekly-extent-free-text': {
    type: 'value',
    text: 'weeklyExtent is hours per week as a bare number, such as "7.5" or "7,5". Leave it out when not measured in hours.',
  },
  'message-conflict': {
    type: 'duplicate',
    text: 'Two messages of the event have the same service code and start date, and differ. Send the one that holds.',
  },
} as const

/** Flags and refusals, each with its sentence. */
export const rules = { ...flags, ...refusals }

export type Flag = keyof typeof flags
export type Refusal = keyof typeof refusals

/** A remark on something accepted. `about` adds what was found in this case. */
export function flag(code: Flag, expression: string, about?: string): Issue {
  return { severity: 'warning', type: 'business-rule', code, text: withCase(flags[code], about), expression }
}

/** A fault that refuses the write. `about` adds what was found in this case. */
export function refusal(code: Refusal, expression: string, about?: string): Issue {
  const { type, text } = refusals[code]
  return { severity: 'error', type, code, text: withCase(text, about), expression }
}

function withCase(sentence: string, about: string | undefined): string {
  return about ? `${sentence} ${about}` : sentence
}

export function isFlag(code: string | undefined): code is Flag {
  return code !== undefined && Object.hasOwn(flags, code)
}
