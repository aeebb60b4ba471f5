/**
 * Strengths, read from the name of a drug (NavnFormStyrke): e-prescription has no element for them, other than those of FEST that are not
 * in every message.
 */

/** A number, a word, or one other sign. */
const TOKEN = /\d+(?:[.,]\d+)?|[a-zæøåµ]+|\S/gi
/** `1 000 mg` */
const THOUSANDS = /(?<=\d) (?=\d{3}(?!\d))/g
/** In milligrams, for units of mass. */
const masses: ReadonlyMap<string, number> = new Map([
  ['g', 1000],
  ['mg', 1],
  ['mikrog', 0.001],
  ['µg', 0.001],
])
const others: ReadonlySet<string> = new Set(['ie', 'e', 'mmol', '%'])
const dividers: ReadonlySet<string> = new Set(['ml', 'dose', 'time', 't', 'g'])

/** The strengths that a name such as `Ibux tab 400 mg` states, in milligrams where they are masses; none when it states no strength. */
export function strengthsOf(name: string): string[] {
  const tokens = [...name.replaceAll(THOUSANDS, '').matchAll(TOKEN)].map(([token]) => token.toLowerCase())
  return tokens.flatMap((_, at) => strengthAt(tokens, at) ?? [])
}

/** `30 mg/400 mg` are two strengths, and `100 mg/5 ml` is one, of `20 mg/ml`. */
function strengthAt(tokens: readonly string[], at: number): string | undefined {
  const [amount, unit = '', slash, ...after] = tokens.slice(at, at + 5)
  const value = numberOf(amount)
  if (value === undefined || !(masses.has(unit) || others.has(unit))) return undefined
  const per = numberOf(after[0])
  const divider = per === undefined ? after[0] : after[1]
  // `1 g/2 g` are two strengths, and `20 mg/g` is one.
  const isSecond = per !== undefined && masses.has(divider ?? '')
  const isDivided = slash === '/' && divider !== undefined && dividers.has(divider) && !isSecond
  const mass = masses.get(unit)
  const each = Number(((value * (mass ?? 1)) / (isDivided ? (per ?? 1) : 1)).toPrecision(12))
  const words = `${each} ${mass === undefined ? unit : 'mg'}`
  return isDivided ? `${words}/${divider}` : words
}

function numberOf(token: string | undefined): number | undefined {
  return token !== undefined && /^\d/.test(token) ? Number(token.replace(',', '.')) : undefined
}

/** Milligrams in one unit of the drug; undefined when the name states none, several, or one by volume. */
export function milligramsEach(name: string): number | undefined {
  const [strength, ...more] = strengthsOf(name)
  const amount = /^([\d.]+) mg$/.exec(strength ?? '')?.[1]
  return more.length === 0 && amount !== undefined ? Number(amount) : undefined
}
