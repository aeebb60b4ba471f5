/**
 * The amounts that a dose states in words: the names of short doses (list 7478), such as `1+0+1`, `2x3` and `1x2x7$1x1`, and the sentences
 * that prescribing systems write. What is not of these forms is not guessed: it is text alone.
 */

/** From and to, which are the same for one number. */
export interface Range {
  readonly min: number
  readonly max: number
}

/** A part of a dose: a taper has several, in their order. */
export interface Step {
  /** The sum of a day on which the drug is taken. */
  readonly perDay: Range
  /** By the code of 8325: 1 morning, 2 before noon, 3 midday, 4 afternoon, 5 evening, 6 night. */
  readonly places?: Readonly<Record<string, Range>>
  readonly days?: Range
  /** Set when it is not taken on every day. */
  readonly isNotDaily?: true
}

const NUMBER = String.raw`(?:\d{1,6}(?:[.,]\d{1,4})?|\d\/\d|½|¼|¾)`
const AMOUNT = String.raw`(${NUMBER}(?:\s?[-–]\s?${NUMBER})?)`

const fractions: Readonly<Record<string, number>> = { '½': 0.5, '¼': 0.25, '¾': 0.75 }

function numberOf(text: string): number {
  const [over, under] = text.split('/')
  return fractions[text] ?? (under === undefined ? Number(text.replace(',', '.')) : Number(over) / Number(under))
}

function rangeOf(text: string): Range {
  const [min = Number.NaN, max = min] = text.split(/\s?[-–]\s?/).map(numberOf)
  return { min, max }
}

/** Rounded, so that a sum of tenths is what it looks like. */
export function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6
}

export function sumOf(ranges: readonly Range[]): Range {
  return {
    min: rounded(ranges.reduce((sum, { min }) => sum + min, 0)),
    max: rounded(ranges.reduce((sum, { max }) => sum + max, 0)),
  }
}

function times(range: Range, count: Range): Range {
  return { min: rounded(range.min * count.min), max: rounded(range.max * count.max) }
}

/** Three places are morning, midday and evening; four are morning, before noon, afternoon and evening. */
const placesOf: Readonly<Record<number, readonly string[]>> = { 3: ['1', '3', '5'], 4: ['1', '2', '4', '5'] }

/** What may follow: where it is applied, or how. It changes no amount, and has none of its own. */
const REST = String.raw`(?:\s[^\d,+]*)?`
const PLUS = new RegExp(`^${AMOUNT}((?:\\+${AMOUNT}){2,3})(?:x(\\d+(?:-\\d+)?))?${REST}$`)
const TIMES = new RegExp(`^${AMOUNT}(?: (inntil) ?|)x(\\d+(?:-\\d+)?)(?:x(\\d+(?:-\\d+)?))?${REST}$`)
const DAILY = new RegExp(`^${AMOUNT} daglig$`)
/** Words by which an amount holds for something other than a day. */
const OTHERWISE = /hver|uke|mnd|måned|behov|anfall|annen|dager i|pause|ganger i|avtalt|engangs|totalt|ørene|fra |kombinasjon/i

/** The steps of a short dose; undefined when its name does not say the amounts of a day. */
export function stepsOfShortDose(name: string): readonly Step[] | undefined {
  const steps = name.split('$').map((part) => stepOf(part.trim()))
  return steps.every((step) => step !== undefined) ? steps : undefined
}

function stepOf(part: string): Step | undefined {
  const plus = PLUS.exec(part)
  if (plus && !OTHERWISE.test(part)) {
    const amounts = [plus[1] ?? '', ...(plus[2] ?? '').slice(1).split('+')].map(rangeOf)
    const places = placesOf[amounts.length] ?? []
    const days = plus.at(-1)
    return {
      perDay: sumOf(amounts),
      places: Object.fromEntries(places.flatMap((place, at) => (amounts[at] && amounts[at].max > 0 ? [[place, amounts[at]]] : []))),
      ...(days === undefined ? {} : { days: rangeOf(days) }),
    }
  }
  const [, amount, upTo, count, days] = TIMES.exec(part) ?? []
  if (amount !== undefined && count !== undefined && !OTHERWISE.test(part)) {
    const perDay = times(rangeOf(amount), rangeOf(count))
    return { perDay: upTo ? { min: 0, max: perDay.max } : perDay, ...(days === undefined ? {} : { days: rangeOf(days) }) }
  }
  const daily = DAILY.exec(part)?.[1]
  return daily === undefined ? undefined : { perDay: rangeOf(daily) }
}

const placeNames: Readonly<Record<string, string>> = {
  morgen: '1',
  formiddag: '2',
  'midt på dagen': '3',
  ettermiddag: '4',
  kveld: '5',
  natt: '6',
}
const UNIT = String.raw`[a-zæøåA-ZÆØÅ]{1,20}(?:\(er\))?`
const PLACE = '(morgen|formiddag|midt på dagen|ettermiddag|kveld|natt)'
const AT = new RegExp(`^${AMOUNT} ${UNIT} ${PLACE}(?=$|[\\s,.])[\\s,.]*(?:og )?`)
const COUNTED = new RegExp(
  `^${AMOUNT} ${UNIT} (inntil )?(?:(\\d{1,2}(?:-\\d{1,2})?) gang(?:er)? )?daglig(?: i (\\d{1,3}) dag(?:er)?)?[.]?$`,
)
const AFTER = /^(?:daglig)?\s*(?:i (\d{1,3}) dag(?:er)?)?[.]?$/

/** The steps of a dose in words; undefined when the words do not say the amounts of a day. The first line may say what it is for. */
export function stepsOfText(text: string): readonly Step[] | undefined {
  const lines = text.split('\n')
  return stepsOfSentence(text) ?? (lines.length > 1 ? stepsOfSentence(lines.slice(1).join('\n')) : undefined)
}

function stepsOfSentence(text: string): readonly Step[] | undefined {
  const parts = text.replaceAll(/\s+/g, ' ').split(/,? deretter /)
  const steps = parts.map((part) => stepOfSentence(part.trim()))
  return steps.every((step) => step !== undefined) ? steps : undefined
}

function stepOfSentence(sentence: string): Step | undefined {
  const [, amount, upTo, count = '1', days] = COUNTED.exec(sentence) ?? []
  if (amount !== undefined) {
    const perDay = times(rangeOf(amount), rangeOf(count))
    return { perDay: upTo ? { min: 0, max: perDay.max } : perDay, ...(days === undefined ? {} : { days: rangeOf(days) }) }
  }
  const places: [string, Range][] = []
  let left = sentence
  for (let found = AT.exec(left); found; found = AT.exec(left)) {
    places.push([placeNames[found[2] ?? ''] ?? '', rangeOf(found[1] ?? '')])
    left = left.slice(found[0].length)
  }
  const after = AFTER.exec(left.trim())
  if (places.length === 0 || !after) return undefined
  return {
    perDay: sumOf(places.map(([, range]) => range)),
    places: Object.fromEntries(places),
    ...(after[1] === undefined ? {} : { days: rangeOf(after[1]) }),
  }
}
