/** What a sender of the list reads: refusals with rule and remedy, flags, and what stands where two wrote at once. */
import { MOST_LINES } from '@helsevev/clinical/medicines/sending-limits'
import type { Issue } from '@helsevev/kernel/problem/problem'
import type { Extension } from '@medplum/fhirtypes'

export const sendRefusals = {
  'parameters-expected': 'Send Parameters with the parameter medication, a Bundle of the type document, and with the others as documented.',
  'parameter-unknown': 'The parameter is none that this operation takes, or has another type. Mend it, or leave it out.',
  'parameter-repeated': 'The parameter is given once. Send one of it.',
  'patient-not-named': 'No resource names the patient. Give Composition.subject.identifier, or the subject of each line.',
  'patients-differ': 'The resources are about two persons. Send the list of one patient.',
  'too-many-lines': `The list has more than ${MOST_LINES} lines. Send that of one patient, without what ended more than 90 days ago.`,
  'contained-not-taken': 'A line contains another resource than its Medication. Refer to people by identifier and display.',
  'look-up-missing': 'It is not stated when the list was read. Send readAt as $getMedication gave it.',
  'look-up-too-old': 'The list was read more than 4 hours ago, or at a time to come. Read it again with $getMedication, and send.',
  'list-empty': 'The list has no line. Send createPLL false when it is left out on purpose.',
  'list-not-empty': 'createPLL is false, and the list has lines. Leave them out, or send createPLL true.',
  'line-unknown': 'A line is marked as registered wrongly, and the list does not hold it. Read the list again.',
  'end-without-reason': 'A line ends without time or reason. Give timedate and reason (list 7494) in sfm-discontinuation.',
  'reason-unknown': 'The reason of an end is no code of list 7494. Give one of that list, or the reason as text.',
  'dose-removed': 'The dose of the line was removed. Give it, in words at least, or end the line.',
  'drug-missing':
    'The line names no drug. Give its code or its name, in a Medication that the line contains or in medicationCodeableConcept.',
  'another-drug':
    'The line has another substance under the same Id, or another name without an ATC code. End it, and add the new drug with its own Id.',
  'list-emptied':
    'All lines are marked as registered wrongly. Leave one, end them with a reason, or send createPLL false to empty the list on purpose.',
  'stopped-without-end':
    'The status says that the line is stopped, and it has no discontinuation. Give sfm-discontinuation, or another status.',
  'prescription-differs': 'basedOn and identifier name two prescriptions. Give one ReseptId.',
  'rule-1-patient-number': 'The patient has no national identity number or D-number (rule 1 of M25). Give one.',
  'rule-2-unique-id': 'Two lines have the same Id (rule 2 of M25). Send each line once.',
  'rule-3-prescription-id': 'A line for a prescription, electronic or on paper, has no ReseptId (rule 3 of M25). Give it, or type U.',
  'rule-4-one-active-line': 'Two active lines have the same ReseptId (rule 4 of M25). End one of them.',
  'rule-5-last-changed':
    'SistEndret changes with the content, and only then (rule 5 of M25). Give the earlier time back, or a time up to now.',
  'rule-6-drugs-only': 'Vaccines, nutrition and consumables are not in the list (rule 6 of M25). Leave the line out.',
  'rule-7-supplements': 'A supplement has Varegruppekode L and no prescription (rule 7 of M25). Mend the line.',
  'rule-8-same-drug':
    'Drug or dose differs from the prescription that the line names (rule 8 of M25). Renew the prescription, or name none.',
  'rule-9-pharmacy-lines': 'A newer proposal of the pharmacy has a new line (rule 9 of M25). Include it, or include it as ended.',
  'rule-10-ninety-days': 'A discontinued line stays 90 days (rule 10 of M25). Send it back, or mark it as registered wrongly.',
  'rule-11-removed-line':
    'A line of the list did not come back. Send it back, end it, recall its prescription, or mark it as registered wrongly.',
  'recall-incomplete': 'A recall needs prescription (ReseptId) and reason (list 7500, 1 to 5).',
  'recall-unknown': 'No line and no known prescription of this patient has this ReseptId. Read the list again.',
  'recall-not-open': 'The prescription cannot be dispensed any more, so there is nothing to recall. Leave the recall out.',
  'recall-on-its-way': 'The prescription is recalled already. Leave the recall out, and wait for the answer.',
  'recall-not-possible':
    'You may not send to e-prescriptions, or HPR has no right to prescribe for you: nothing is recalled from here. Leave it out.',
  'mark-not-yours': 'A warning is marked as handled by one who has the right to prescribe in HPR. Leave handled out.',
  'handled-line-unknown': 'handled names a line that the list does not hold. Name one or two of its lines.',
  'handled-incomplete': 'handled names one or two lines, and has a code. Give them.',
  'code-unknown': 'The code is none of those that this parameter takes. Mend it, or leave it out.',
  'text-holds-number': 'The text holds a national identity number. Remove it: who the patient is stands in the identifier alone.',
  'text-too-long': 'The text has more than 2,000 characters. Shorten it.',
} as const

export const sendFlags = {
  'last-changed-set': 'The line was changed, and SistEndret was not. It was set to the time at which the list was received.',
  'drug-changed': 'The line has another preparation than before under the same Id. It is stored: compare what a dose of it holds.',
  'line-id-made': 'A new line had no Id. It was given one.',
  'ended-by-recall': 'The line was left out and its prescription recalled: it stays in the list as ended, with the reason of the recall.',
  'recall-left-to-sender':
    'The line ended, and its prescription was not recalled: you may not send to e-prescriptions, or HPR has no right to prescribe for you.',
  'recall-withdrawn':
    'The planned end of the line changed. The recall that waited in the outbox for the earlier end is withdrawn: do not send it.',
  'recall-waits':
    'The planned end changed, and a recall waits in the outbox for the earlier end. You may not withdraw it: ask those who made it.',
  'recall-sent':
    'The planned end changed, and its recall was sent already. It cannot be called back: write a new prescription where one is needed.',
  'resource-not-taken': 'A resource of the Bundle is no line. It was read here, and was not stored again.',
} as const

export const conflictRules = {
  'line-changed-there': 'The line was changed meanwhile.',
  'line-changed-here': 'You changed the line.',
  'line-changed-in-both': 'The line was changed meanwhile, and you changed it too.',
} as const

export const sendRules = { ...sendRefusals, ...sendFlags, ...conflictRules }

export type Refusal = keyof typeof sendRefusals

/** `name`: the drug of a line, so that the reader knows which one. */
export function refuse(code: Refusal, expression?: string, name?: string, extension?: Extension[]): Issue {
  return {
    severity: 'error',
    type: 'business-rule',
    code,
    text: name === undefined ? sendRefusals[code] : `${name}: ${sendRefusals[code]}`,
    ...(expression === undefined ? {} : { expression }),
    ...(extension ? { extension } : {}),
  }
}

export function note(code: keyof typeof sendFlags, expression: string, name?: string): Issue {
  const text = name === undefined ? sendFlags[code] : `${name}: ${sendFlags[code]}`
  return { severity: 'warning', type: 'business-rule', code, text, expression }
}
