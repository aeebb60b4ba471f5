/** The page of what is validated: the rules, the invariants and the profiles of the services, as the code has them. */
import { nativeKeys } from '@helsevev/kernel/fhir/validation/invariants'
import type { ElementRule } from '@helsevev/kernel/fhir/validation/profile'
import { r4 } from '@helsevev/kernel/fhir/validation/r4'
import { baseRules, profileRules } from '@helsevev/kernel/fhir/validation/rules'
import { services } from '@helsevev/server/services'

export const validationFile = 'docs/api/validation.md'

const HEAD = `# What is validated

Written by \`npm run docs\` from the rules, the definitions of FHIR R4 4.0.1 and the profiles.

Each resource that is written is checked by FHIR R4, by a profile of the service and by the service's own rules. All faults of FHIR and of
the profile come at once; when there are none, all of the service's rules come. Each fault is an issue of
[invalid-resource](problems.md#invalid-resource): the FHIRPath in \`expression\`, the rule as the code in \`details.coding\`, and in
\`details.text\` what is expected. What was sent is not repeated. \`npx helsevev validate\` applies the same rules to [a file](validate.md).

The definitions are compiled to one walk through the resource ([decision 0056](../decisions/0056-a-compiled-validator.md)). Records that
were stored before a rule stay readable: [decision 0057](../decisions/0057-readers-are-safe.md).

\`meta.profile\` is a claim of the sender: one that names a profile which the service does not have is kept as sent, and nothing is checked
by it ([R4](http://hl7.org/fhir/R4/resource-definitions.html#Meta.profile)). A decimal \`-0\` keeps its sign, as every decimal keeps its
digits. A number that no person has, such as a weight below zero, is for the service: home monitoring flags it as
[value-implausible](../services/home-monitoring.md).

## Rules of FHIR

| Code | Refuses | Clause |
|---|---|---|
`

const INVARIANTS = `
## Invariants

An invariant that FHIR gives as an error refuses the resource, with its key as the code. Those of every element, resource, extension and
reference are part of the walk: \`ele-1\`, \`ext-1\`, \`ref-1\`, \`dom-2\` to \`dom-5\`, \`txt-1\` and \`txt-2\`.
Contained resources of every type are checked like the others.

`

const PROFILES = `
## Rules of profiles

| Code | Refuses |
|---|---|
`

export async function validationPage(): Promise<string> {
  const base = Object.entries(baseRules).map(([code, { refuses, clause }]) => `| \`${code}\` | ${refuses} | [R4](${clause}) |`)
  const keys = [...new Set(allKeys())]
  const own = keys.filter((key) => nativeKeys.includes(key))
  const others = keys.filter((key) => !nativeKeys.includes(key))
  const rules = Object.entries(profileRules).map(([code, what]) => `| \`${code}\` | ${what} |`)
  return [
    `${HEAD}${base.join('\n')}\n${INVARIANTS}`,
    `- As functions:
  ${listed(own)}.\n- As FHIRPath, by the engine \`fhirpath\`:
  ${listed(others)}.\n`,
    `${PROFILES}${rules.join('\n')}\n`,
    ...services.map(serviceSection),
  ].join('')
}

function allKeys(): string[] {
  return r4()
    .types()
    .flatMap((type) => (r4().type(type)?.rows ?? []).flatMap(({ invariants }) => invariants))
    .sort()
}

/** Keys in lines of readable length. */
function listed(keys: readonly string[]): string {
  const lines: string[] = ['']
  for (const key of keys) {
    const text = `\`${key}\``
    const last = lines.at(-1) ?? ''
    if (last.length + text.length > 110) lines.push(text)
    else lines[lines.length - 1] = last === '' ? text : `${last}, ${text}`
  }
  return lines.join(',\n  ')
}

function serviceSection({ id, names, resources }: (typeof services)[number]): string {
  const profiles = Object.values(resources).flatMap((resource) => resource.profiles.map(({ profile }) => profile))
  const lines = [...new Set(profiles)].map(({ name, type, title, elements }) => {
    const rules = elements.map(ruleText).join('; ') || 'nothing more than FHIR'
    return `- \`${name}\` (${type}), ${title}: ${rules}.`
  })
  return `\n### ${names.en}\n\nSee also [its page](../services/${id}.md).\n\n${lines.map(wrapped).join('\n')}\n`
}

function ruleText({ path, min, max, types, fixed, pattern, codes, targets, slices = [] }: ElementRule): string {
  const parts = [
    ...(min === undefined && max === undefined ? [] : [`${min ?? 0}..${max ?? '*'}`]),
    ...(types ? [types.join(' or ')] : []),
    ...(fixed === undefined ? [] : [`is ${JSON.stringify(fixed)}`]),
    ...(pattern === undefined ? [] : [`has ${JSON.stringify(pattern)}`]),
    ...(codes ?? []).map((set) => `${set.codes.join(', ') || 'a code'} of ${set.system}`),
    ...(targets ? [`points to ${targets.join(' or ')}`] : []),
    ...slices.map((slice) => `${slice.name} ${slice.min ?? 0}..${slice.max ?? '*'}`),
  ]
  return `\`${path.split('.').slice(1).join('.')}\` ${parts.join(', ')}`
}

/** A list item in lines of at most 138 characters. */
function wrapped(text: string): string {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line.length + word.length > 136) {
      lines.push(line)
      line = `  ${word}`
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line].join('\n')
}
