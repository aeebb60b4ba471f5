/**
 * One entry of critical information as a record system writes it: each of the ten categories in turn, and for one person never the same
 * fact twice.
 */

import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { InputKind, Recipient } from './kind.ts'

const folder = new URL('./fhir/examples/', import.meta.resolve('@helsevev/service-critical-information/service'))
const ending = '.request.json'
const files = readdirSync(fileURLToPath(folder))
  .filter((file) => file.endsWith(ending))
  .sort()

/** Main codes that a category can have, of the list that its example uses; where the example says only a text, that. */
const codes: Readonly<Record<string, readonly string[]>> = {
  '1-drug-reaction': ['J01CA04', 'J01CE02', 'J01FA01', 'J01EE01', 'N02BA01', 'M01AE01', 'N02AA01', 'C09AA02', 'B01AC06', 'L01XA01'],
  '2-other-allergy': numbers(15),
  '3-intubation-problem': numbers(4),
  '4-problem-with-anaesthesia': ['T883', 'T884', 'T885', 'T886', 'T887', 'T782', 'T780', 'T781'],
  '5-critical-condition': ['E271', 'D66', 'D67', 'G700', 'I472', 'E232', 'D841', 'I420', 'G825', 'E103'],
  '6-treatment': numbers(14),
  '7-implant': numbers(18),
  '7-transplant': numbers(29).slice(18),
  '8-limitation-of-treatment': [
    'Skal ikke ha hjerte-lunge-redning',
    'Skal ikke intuberes',
    'Skal ikke ha dialyse',
    'Skal ikke på intensiv',
  ],
  '9-changed-routine': numbers(5),
  '10-infection': numbers(5),
}

function numbers(highest: number): string[] {
  return Array.from({ length: highest }, (_, at) => String(at + 1))
}

interface Variant {
  type: string
  /** With `{patient}` in the place of the identity number. */
  text: string
}

/** Category by category in turn, so that all are met early. */
const variants: readonly Variant[] = files
  .flatMap((file) => {
    const name = file.slice(0, -ending.length)
    const example = readFileSync(new URL(file, folder), 'utf8')
    return (codes[name] ?? []).map((code, place) => ({ place, ...withCode(example, code) }))
  })
  .sort((a, b) => a.place - b.place)

/** The concept stands first of what has a code of its own list; an entry without one has its text changed. */
function withCode(example: string, code: string): Variant {
  const entry = JSON.parse(example)
  const patient = entry.patient ?? entry.subject
  patient.identifier.value = '{patient}'
  const concept = entry.code ?? entry.contained[0].type
  if (concept.coding) concept.coding[0] = { system: concept.coding[0].system, code, userSelected: true }
  else concept.text = code
  return { type: entry.resourceType, text: JSON.stringify(entry) }
}

function message({ identityNumber, nth, people }: Recipient): { path: string; body: string } {
  const before = Math.floor(nth / people)
  if (before >= variants.length) throw new Error(`One person has ${variants.length} entries at most: ask for fewer messages or rounds.`)
  // The person's place moves the start, so that messages that follow each other are of different categories.
  const variant = variants[((nth % people) + before) % variants.length]
  if (!variant) throw new Error('There are no examples of critical information.')
  return { path: `/fhir/critical-information/${variant.type}`, body: variant.text.replace('{patient}', identityNumber) }
}

export const criticalEntry: InputKind = {
  service: 'critical-information',
  sender: 'municipality',
  mediaType: 'application/fhir+json',
  status: 201,
  message,
}
