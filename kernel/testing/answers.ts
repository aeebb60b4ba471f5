/**
 * Readers of answers: each checks at run time that the answer is what the test claims, and gives it that type. A test reads the body of
 * an answer through a reader, so that a wrong answer fails with its text and not with a missing member.
 */
import assert from 'node:assert/strict'
import type {
  Bundle,
  BundleEntry,
  BundleEntryResponse,
  CodeableConcept,
  Extension,
  ExtractResource,
  Meta,
  OperationOutcomeIssue,
  ParametersParameter,
  Resource,
  ResourceType,
} from '@medplum/fhirtypes'

export interface Answer {
  body: unknown
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function isResource<Type extends ResourceType>(value: unknown, type?: Type): value is ExtractResource<Type> {
  return isObject(value) && (type === undefined ? typeof value.resourceType === 'string' : value.resourceType === type)
}

/** The value as a resource of that type, or of any type where none is named. */
export function asResource<Type extends ResourceType = ResourceType>(value: unknown, type?: Type): ExtractResource<Type> {
  assert.ok(isResource(value, type), `This is no ${type ?? 'resource'}: ${JSON.stringify(value)}`)
  return value
}

/** The resource that was answered, of that type, or of any type where none is named. */
export function resourceOf<Type extends ResourceType = ResourceType>({ body }: Answer, type?: Type): ExtractResource<Type> {
  return asResource(body, type)
}

/** The id of the resource that was answered, whatever its type. */
export function idOf({ body }: Answer): string {
  const id = isObject(body) ? body.id : undefined
  assert.ok(typeof id === 'string', `This has no id: ${JSON.stringify(body)}`)
  return id
}

export function bundleOf(answer: Answer): Bundle {
  return resourceOf(answer, 'Bundle')
}

export function entriesOf(answer: Answer): BundleEntry[] {
  return bundleOf(answer).entry ?? []
}

/** What a batch or a transaction answers to each of its entries. */
export function responsesOf(answer: Answer): BundleEntryResponse[] {
  return entriesOf(answer).map((entry) => {
    assert.ok(entry.response, `This entry has no response: ${JSON.stringify(entry)}`)
    return entry.response
  })
}

/** The resources of all entries. */
export function resourcesIn(answer: Answer): Resource[] {
  return entriesOf(answer).flatMap(({ resource }) => resource ?? [])
}

/** What a search found: the resources of its matches, all of that type. */
export function matchesIn<Type extends ResourceType>(answer: Answer, type: Type): ExtractResource<Type>[] {
  return entriesOf(answer).flatMap(({ search, resource }) => (search?.mode === 'match' ? [asResource(resource, type)] : []))
}

/** What a search brought along, all of that type where one is named. */
export function includedIn<Type extends ResourceType = ResourceType>(answer: Answer, type?: Type): ExtractResource<Type>[] {
  return entriesOf(answer).flatMap(({ search, resource }) => (search?.mode === 'include' ? [asResource(resource, type)] : []))
}

/** What a search says about what it does not show: the issues of its outcome entries. */
export function noticesIn(answer: Answer): OperationOutcomeIssue[] {
  return entriesOf(answer).flatMap(({ search, resource }) =>
    search?.mode === 'outcome' ? asResource(resource, 'OperationOutcome').issue : [],
  )
}

export function issuesOf(answer: Answer): OperationOutcomeIssue[] {
  return resourceOf(answer, 'OperationOutcome').issue
}

/** The code of the first issue, which names the rule; undefined where the answer is no outcome. */
export function problemOf({ body }: Answer): string | undefined {
  return isResource(body, 'OperationOutcome') ? codeIn(body.issue[0]?.details) : undefined
}

/** The codes of all issues. */
export function problemsOf(answer: Answer): (string | undefined)[] {
  return issuesOf(answer).map(({ details }) => codeIn(details))
}

/** The place that each issue names. */
export function placesOf(answer: Answer): (string | undefined)[] {
  return issuesOf(answer).map(({ expression }) => expression?.[0])
}

/** The sentence of the first issue. */
export function sentenceOf(answer: Answer): string {
  return issuesOf(answer)[0]?.details?.text ?? ''
}

export function parametersOf(answer: Answer): ParametersParameter[] {
  return resourceOf(answer, 'Parameters').parameter ?? []
}

export function partOf({ part }: ParametersParameter, name: string): ParametersParameter | undefined {
  return part?.find((one) => one.name === name)
}

/** The value of a parameter, whatever its type. */
export function valueIn(parameter: ParametersParameter): unknown {
  return Object.entries(parameter).find(([member]) => member.startsWith('value'))?.[1]
}

/** The values of all parameters by their names. */
export function valuesOf(answer: Answer): Record<string, unknown> {
  return Object.fromEntries(parametersOf(answer).map((parameter) => [parameter.name, valueIn(parameter)]))
}

export function extensionOf({ extension }: { extension?: Extension[] }, url: string): Extension | undefined {
  return extension?.find((one) => one.url === url)
}

/** The first code of a concept. */
export function codeIn(concept: CodeableConcept | undefined): string | undefined {
  return concept?.coding?.[0]?.code
}

/** The codes of the tags of a resource, sorted. */
export function tagsOf(resource: { meta?: Meta } | undefined): (string | undefined)[] {
  return (resource?.meta?.tag ?? []).map(({ code }) => code).sort()
}
