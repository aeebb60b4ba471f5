/**
 * Invariants of FHIR R4 by key, for the quick answer. They may reject a correct value, but never accept a wrong one. An element with an
 * invariant that is not here gets no quick answer. They are used only on resources without extensions of primitives.
 */

export type Held = Record<string, unknown>

/** `root` is the resource that holds the value. */
export type Invariant = (value: Held, root: object) => boolean

const hasChoice = (value: Held, stem: string) => Object.keys(value).some((key) => key.startsWith(stem))
const contained = ({ contained: resources }: Held) => (Array.isArray(resources) ? (resources as Held[]) : [])
const isEnteredInError = ({ verificationStatus }: Held) => JSON.stringify(verificationStatus ?? null).includes('"entered-in-error"')

export const invariants: Readonly<Record<string, Invariant>> = {
  'ext-1': (value) => 'extension' in value !== hasChoice(value, 'value'),
  'dom-2': (value) => contained(value).every((resource) => !('contained' in resource)),
  'dom-4': (value) => contained(value).every((resource) => !('meta' in resource)),
  'dom-5': (value) => contained(value).every((resource) => !('meta' in resource)),
  'obs-3': (value) => 'low' in value || 'high' in value || 'text' in value,
  'obs-6': (value) => !('dataAbsentReason' in value) || !hasChoice(value, 'value'),
  'obs-7': (value) => !hasChoice(value, 'value') || !('component' in value),
  'ait-1': (value) => 'clinicalStatus' in value,
  'ait-2': (value) => !isEnteredInError(value),
  'con-1': (value) => 'summary' in value || 'assessment' in value,
  'con-2': (value) => 'code' in value || 'detail' in value,
  'con-4': (value) => !hasChoice(value, 'abatement'),
  'con-5': (value) => !isEnteredInError(value),
  'prr-1': (value) => !('orderDetail' in value) || 'code' in value,
  'gol-1': (value) => !hasChoice(value, 'detail') || 'measure' in value,
  'cmp-1': (value) => 'text' in value || 'entry' in value || 'section' in value,
  'cmp-2': (value) => !('emptyReason' in value) || !('entry' in value),
}
