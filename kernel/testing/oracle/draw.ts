/** The parts that combinations are drawn from. */
import fc from 'fast-check'

const plains = new WeakMap<object, unknown>()

/** Draws the plain value `weight` times as often as each of the others; shrinks to the plain value. */
export function unlike<const Value>(plain: Value, weight: number, ...others: Value[]): fc.Arbitrary<Value> {
  const drawn = fc.constantFrom(...Array.from({ length: weight * others.length + 1 }, () => plain), ...others)
  plains.set(drawn, plain)
  return drawn
}

/** The plain value of an arbitrary that `unlike` made. */
export function plainOf(drawn: object): unknown {
  return plains.get(drawn)
}

export function subset<const Value>(...all: Value[]): fc.Arbitrary<Value[]> {
  return fc.subarray(all)
}

/** Times in milliseconds from now; null means without end. */
const began = unlike<number>(-86_400_000, 4, -1, 0, 1)
const ends = unlike<number | null>(null, 4, -1, 0, 1)

export const agreement = fc.record({
  controller: unlike('east', 1, 'west', 'west', 'west', 'own'),
  receiverType: unlike('organization', 1, 'group', 'private-provider', 'private-provider'),
  units: subset('north', 'south'),
  purposes: unlike('all', 4, 'TREAT', 'all but BTG', 'COC', 'none'),
  sensitiveCodes: subset('psychiatry', 'substance use'),
  validFrom: began,
  validUntil: ends,
  controllerSigned: unlike<number | null>(-86_400_000, 5, 0, 1, null),
  receiverSigned: unlike<number | null>(-86_400_000, 5, 0, 1, null),
  ended: ends,
  closed: unlike(false, 10, true),
  delivers: subset('', 'north', 'own'),
  serviceCodes: subset('1', '2'),
})

export const choice = fc.record({
  kind: unlike('restriction', 1, 'block', 'opt-out', 'consent', 'consent'),
  service: unlike('this', 1, 'all', 'another'),
  controller: unlike<string | null>(null, 1, 'east', 'west', 'own'),
  receiver: unlike<string | null>(null, 2, 'own', 'another'),
  practitioner: unlike<string | null>('reader', 2, 'another', null),
  record: unlike<string | null>(null, 1, '1', '2'),
  made: unlike('by the patient', 3, 'by a parent', 'by a parent', 'by the other parent', 'by staff'),
  validFrom: began,
  validUntil: ends,
})

export const relation = fc.record({
  kind: unlike('parental-responsibility', 0, 'foster-parent', 'guardian', 'power-of-attorney', 'without-capacity'),
  areas: unlike('covering', 3, 'not covering', 'none', 'guardian of finances', 'guardian of person', 'guardian of all'),
  validFrom: began,
  validUntil: ends,
  ended: ends,
})
