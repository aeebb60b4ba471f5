/**
 * $validate on a type and on a resource: what a create, an update or a delete would get as answer, and nothing is stored.
 * http://hl7.org/fhir/R4/resource-operation-validate.html, docs/api/validate.md
 */
import type { Parameters, ParametersParameter, Resource } from '@medplum/fhirtypes'
import { type Issue, isProblem, problem, problemWith, type Result } from '../../problem/problem.ts'
import { jsonAnswer } from '../answer.ts'
import type { Done, ServiceExchange } from '../exchange.ts'
import { operationOutcome } from '../outcome.ts'
import type { ResourceDeclaration } from '../service.ts'
import { checkChange } from '../write/check-change.ts'
import { newPlan } from '../write/plan.ts'
import { declarationOf } from '../write/prepare-write.ts'
import { notAResource } from '../write/single-change.ts'

const event = '$validate'
const modes = ['create', 'update', 'delete', 'profile'] as const
type Mode = (typeof modes)[number]
const methods = { create: 'POST', update: 'PUT', delete: 'DELETE', profile: 'POST' } as const

interface Asked {
  mode: Mode
  resource: Resource | undefined
  profile: string | undefined
}

/**
 * 200 with an OperationOutcome, also when it lists errors. A refusal of access, and of a person who is not known, is the answer itself, as
 * for the write. The decision is that of a write: a check says of the person what the write would say.
 */
export async function validateResource(
  exchange: ServiceExchange,
  { type, id }: { type: string; id: string | undefined },
  sent: Resource | undefined,
  query: URLSearchParams,
): Promise<Done> {
  const asked = readAsked(exchange, sent, query, id)
  if (isProblem(asked)) return { event, type, result: asked }
  const { mode } = asked
  const declaration = declarationOf(exchange, type, mode === 'profile' ? (id === undefined ? 'create' : 'update') : mode)
  if (isProblem(declaration)) return { event, type, result: declaration }
  const profiled = profileOf(declaration, asked)
  if (isProblem(profiled)) return { event, type, result: profiled }
  const plan = newPlan(exchange)
  const method = mode === 'profile' && id !== undefined ? 'PUT' : methods[mode]
  const checked = await checkChange(plan, { method, type, id, resource: asked.resource }, profiled)
  if (isProblem(checked)) {
    const isAboutContent = checked.problem === 'invalid-resource'
    return { event, type, patient: plan.patient, result: isAboutContent ? outcomeOf(checked.issues) : checked }
  }
  return { event, type, decision: checked.decision, result: outcomeOf(checked.issues) }
}

function outcomeOf(issues: readonly Issue[]) {
  return jsonAnswer(operationOutcome(issues.length > 0 ? [...issues] : [nothingWrong]))
}

const nothingWrong: Issue = {
  severity: 'information',
  type: 'informational',
  code: 'accepted',
  text: 'It would be accepted as it is. Nothing was stored.',
}

/** The resource itself is the body, or the parameter `resource` of Parameters (http://hl7.org/fhir/R4/operations.html#request). */
function readAsked({ kernel }: ServiceExchange, sent: Resource | undefined, query: URLSearchParams, id: string | undefined): Result<Asked> {
  const faults = sent?.resourceType === 'Parameters' ? kernel.validator.envelope(sent) : []
  if (faults.length > 0) return problemWith('invalid-parameter', faults)
  const parameters: ParametersParameter[] = sent?.resourceType === 'Parameters' ? partsOf(sent as Parameters) : []
  const names = [...query.keys(), ...parameters.map(({ name }) => name ?? '')]
  const unknown = names.some((name) => !['resource', 'mode', 'profile', '_format'].includes(name))
  if (unknown || new Set(names).size < names.length)
    return problem('invalid-parameter', 'The parameters are resource, mode and profile, each once.')
  const textOf = ({ valueCode, valueUri, valueCanonical, valueString }: ParametersParameter) =>
    valueCode ?? valueUri ?? valueCanonical ?? valueString
  const untold = parameters.find((one) => (one.name === 'mode' || one.name === 'profile') && typeof textOf(one) !== 'string')
  if (untold) return problem('invalid-parameter', `${untold.name} has valueCode or valueUri.`)
  const texts = (name: 'mode' | 'profile') => {
    const part = parameters.find((one) => one.name === name)
    return query.get(name) ?? (part && textOf(part))
  }
  const mode = texts('mode') ?? (id === undefined ? 'create' : 'update')
  if (!modes.includes(mode as Mode)) return problem('invalid-parameter', `mode is ${modes.join(', ')}.`)
  if (id === undefined ? mode === 'update' || mode === 'delete' : mode === 'create')
    return problem('invalid-parameter', 'Create is checked at the type, and update and delete at the resource: /{Type}/{id}/$validate.')
  const resource = sent?.resourceType === 'Parameters' ? parameters.find(({ name }) => name === 'resource')?.resource : sent
  if (resource === undefined && mode !== 'delete') return notAResource()
  return { mode: mode as Mode, resource, profile: texts('profile') }
}

function partsOf({ parameter }: Parameters): ParametersParameter[] {
  const parts: unknown = parameter
  return Array.isArray(parts) ? parts.filter((one): one is ParametersParameter => typeof one === 'object' && one !== null) : []
}

/** The declaration with the profile that is asked for alone: a service knows its own profiles and no other. */
function profileOf(declaration: ResourceDeclaration, { mode, profile }: Asked): Result<ResourceDeclaration> {
  if (profile === undefined)
    return mode === 'profile' ? problem('invalid-parameter', 'The mode profile goes with the parameter profile.') : declaration
  const found = declaration.profiles.find((one) => one.profile.url === profile || one.profile.aliases?.includes(profile))
  if (found) return { ...declaration, profiles: [{ profile: found.profile }] }
  const known = declaration.profiles.map((one) => one.profile.url).join(', ')
  return problem('invalid-parameter', `The profile is none of this type here. There are: ${known}.`)
}
