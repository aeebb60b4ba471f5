/**
 * Strengths, read from the name of a drug (NavnFormStyrke): e-prescription has no element for them, other than those of FEST that are not
 * in every message.
 */

const NUMBER = String.raw`(?:\d{1,3}(?: \d{3}){1,3}|\d{1,9})(?:[.,]\d{1,6})?`
const STRENGTH = new RegExp(
  String.raw`(${NUMBER})\s?(mikrog|µg|mg|g|IE|E|mmol|%)(?![a-zæøå])(?:\s?\/\s?(${NUMBER})?\s?(ml|dose|time|t|g|mg|mikrog)(?![a-zæøå]))?`,
  'gi',
)
const numberOf = (text: string) => Number(text.replaceAll(' ', '').replace(',', '.'))
const milligrams: Readonly<Record<string, number>> = { g: 1000, mg: 1, mikrog: 0.001, µg: 0.001 }

/** The strengths that a name such as `Ibux tab 400 mg` states, in milligrams where they are masses; none when it states no strength. */
export function strengthsOf(name: string): string[] {
  return [...name.matchAll(STRENGTH)].flatMap(([, amount = '', unit = '', per, perUnit]) => {
    const value = numberOf(amount)
    const factor = milligrams[unit.toLowerCase()]
    const isSecond = perUnit !== undefined && per !== undefined && milligrams[perUnit.toLowerCase()] !== undefined
    const first = factor === undefined ? `${value} ${unit}` : `${Number((value * factor).toPrecision(12))} mg`
    // `30 mg/400 mg` are two strengths, and `100 mg/5 ml` is one.
    if (isSecond) return [first, `${Number((numberOf(per) * (milligrams[perUnit.toLowerCase()] ?? 1)).toPrecision(12))} mg`]
    const under = numberOf(per ?? '1')
    return [
      perUnit === undefined ? first : `${Number(((value * (factor ?? 1)) / under).toPrecision(12))} ${factor ? 'mg' : unit}/${perUnit}`,
    ]
  })
}

/** Milligrams in one unit of the drug; undefined when the name states none, several, or one by volume. */
export function milligramsEach(name: string): number | undefined {
  const [strength, ...others] = strengthsOf(name)
  const amount = /^([\d.]+) mg$/.exec(strength ?? '')?.[1]
  return others.length === 0 && amount !== undefined ? Number(amount) : undefined
}
