/**
 * Makes units of measure comparable. The resource keeps what was sent; this is for computations: search by quantity, sorting, and plots
 * with several laboratories. UCUM and its conversions come from @lhncbc/ucum-lhc (12 MB, 30 ms to load).
 */
import ucumLhc, { type UcumUnit } from '@lhncbc/ucum-lhc'
import { remembered } from '../values/remembered.ts'
import { parts, perParts, wholes } from './spellings.ts'

export const UCUM_SYSTEM = 'http://unitsofmeasure.org'

/** The parts of a FHIR Quantity that are read here. */
export interface Measured {
  value?: number | undefined
  unit?: string | undefined
  code?: string | undefined
  system?: string | undefined
}

export interface Comparable {
  value: number
  /** The UCUM code; for an unknown unit, its text. */
  unit: string
}

/** The canonical unit of each dimension, as clinicians read it. A dimension that is not here has the base units of UCUM. */
const canonicals = [
  'kg',
  'cm',
  'm2',
  'L',
  's',
  '/min',
  'Cel',
  'mm[Hg]',
  'mmol/L',
  'g/L',
  '10*9/L',
  'U/L',
  'meq/L',
  'mmol',
  'mmol/kg',
  'mg/mmol',
  'mmol/d',
  'g/d',
  'mL/min',
  'mm/h',
  'kg/m2',
  'kJ',
  'W',
  'V',
  'Hz/L',
] as const

/** Canonical forms of units that only a standard preparation defines, such as [IU], with `mol` instead of the preparation. */
const arbitraryCanonicals = ['mol/L', 'mol', 'mol/d', 'mol/kg'] as const

/** The unit of plain numbers. Ratios are never converted into each other: HbA1c of 48 mmol/mol is 6.5 %, but by UCUM it would be 4.8 %. */
const NUMBER = '1'

/** The body surface that a filtration rate refers to; mL/min without it is another quantity. */
const BODY_SURFACE = '{1.73_m2}'

/** The greatest number of units that are remembered, since the text comes from outside. */
const REMEMBERED = 1000

const library = ucumLhc.UcumLhcUtils.getInstance()

/** The UCUM code of a unit in any known spelling; undefined for no unit and for an unknown one. */
export function ucum(unit: string | undefined): string | undefined {
  const text = unit?.trim()
  if (!text) return undefined
  return codeOf(text)
}

/**
 * The number in the canonical unit of its dimension: two numbers with the same `unit` can be compared. An unknown unit is its own
 * dimension; no unit at all is `1`. Undefined when there is no number. The number is rounded to twelve digits, so that 8.1 g/dL is 81 g/L.
 */
export function comparable(quantity: Measured): Comparable | undefined {
  const { value } = quantity
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined
  const text = writtenUnit(quantity)
  if (text === undefined) return { value, unit: NUMBER }
  const { unit, convert } = dimensionOf(text)
  return { value: convert(value), unit }
}

/** The number in a unit that the reader knows, such as g/dL, for plots and for reading; undefined when the units cannot be compared. */
export function inUnit(quantity: Measured, unit: string): number | undefined {
  const one = comparable(quantity)
  const target = codeOf(unit.trim()) ?? unit.trim()
  if (one === undefined || dimensionOf(target).unit !== one.unit) return undefined
  if (codeOf(writtenUnit(quantity) ?? NUMBER) === target) return quantity.value
  const scaled = converted(one.unit, one.value, target)
  return scaled === undefined ? one.value : rounded(scaled)
}

/** The code when it is a UCUM code, otherwise the text of the unit. */
function writtenUnit({ unit, code, system }: Measured): string | undefined {
  const texts = system === undefined || system === UCUM_SYSTEM || system === 'urn:oid:2.16.840.1.113883.6.8' ? [code, unit] : [unit, code]
  const written = texts.flatMap((text) => (text?.trim() ? [text.trim()] : []))
  return written.map(codeOf).find((found) => found !== undefined) ?? written[0]
}

interface Dimension {
  unit: string
  convert: (value: number) => number
}

const codeOf = remembered(REMEMBERED, findCode)
const dimensionOf = remembered(REMEMBERED, findDimension)

/** The greatest length. No unit is longer, and the library is slow with longer texts. */
const LONGEST = 64

function findCode(text: string): string | undefined {
  if (text.length > LONGEST) return undefined
  const whole = wholes.get(text.toLowerCase())
  if (whole !== undefined) return whole
  if (text === NUMBER) return NUMBER
  const written = text
    .replace(/[µμ]/g, 'u')
    .replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]+/g, (digits) => `^${digits.normalize('NFKC')}`)
    // Spellings such as 1,73m2 are replaced first, before commas and points get a meaning.
    .replace(/\{?1[.,]73[ _.]?\{?m\^?2\}?/i, BODY_SURFACE)
    // 10^9, 10#9, 10E9, x10*9, 10(9), 10E-3
    .replace(/^[x×*·]?\s*10\s*(?:\^|\*\*|\*|#|[Ee]|\()\s*([+-]?\d+)\)?/, '10*$1')
    .replace(/(\p{L})\^(-?\d)/gu, '$1$2')
  const code = written
    .split('/')
    .map((side, at) =>
      side
        .trim()
        .split('.')
        .map((part) => partOf(part, at > 0))
        .join('.'),
    )
    .join('/')
    .replace(/^1\//, '/')
  // No code has blanks or letters outside ASCII (UCUM § 3), and the library writes such units, which may hold any text, to the console.
  const isValid = !isUnlikely(code) && /^[\x21-\x7e]+$/.test(code) && library.validateUnitString(code).status === 'valid'
  if (isValid) return code
  // What stands in an annotation may be no ASCII, which UCUM does not have: {åndedrag}/min.
  const bare = withoutAnnotations(text)
  return bare === text || bare === '' ? undefined : findCode(bare)
}

function partOf(part: string, isPer: boolean): string {
  if (part === BODY_SURFACE) return part
  const named = (isPer ? perParts.get(part.toLowerCase()) : undefined) ?? parts.get(part)
  if (named !== undefined) return named
  // International units: IU, and IE in Norwegian. Enzyme units: U, and E.
  const international = /^(\d*)([kmunp]?)(?:IU|IE|iu|ie|iU|\[iU\])$/.exec(part)
  if (international) return `${international[1]}${international[2]}[IU]`
  const enzyme = /^([kmu]?)E$/.exec(part)
  if (enzyme) return `${enzyme[1]}U`
  return part.replace(/^(\d*)([dcmunpf]?)l$/, '$1$2L')
}

/**
 * Whether a unit is known in UCUM but not used for persons: a million grams, coulombs and gauss are misspelt milligrams, degrees and grams.
 * The library looks texts up in an object, so `toString` is known as well.
 */
function isUnlikely(code: string): boolean {
  // The library writes warnings about blanks to the console.
  if (/\s/.test(code)) return true
  if (code.split(/[/.()]/).some((part) => part in {})) return true
  return /^[\d.*+-]*$/.test(code) || /(^|[/.])(?:[MGTPEZY](?:g|mol|L|l|m|s)|[kMmu]?[GCFTH])(?=$|[/.])/.test(code)
}

function findDimension(text: string): Dimension {
  const own: Dimension = { unit: text, convert: (value) => value }
  const code = codeOf(text)
  if (code === undefined) return own
  const bare = withoutAnnotations(code)
  if (bare !== code) return dimensionOf(bare)
  if (code.includes('{')) {
    if (!code.endsWith(`/${BODY_SURFACE}`)) return { ...own, unit: code }
    const rate = dimensionOf(code.slice(0, -BODY_SURFACE.length - 1))
    return { ...rate, unit: `${rate.unit}/${BODY_SURFACE}` }
  }
  const unit = library.getSpecifiedUnit(code, 'validate').unit
  if (unit === null || isRatio(unit)) return { ...own, unit: code }
  const target = unit.isArbitrary_ ? arbitraryTarget(code) : targetOf(unit)
  // Apart from rounding, the conversion of each unit is a straight line, which two points determine.
  if (target === undefined || converted(code, 1, target) === undefined) return { ...own, unit: code }
  return { unit: target, convert: (value) => (code === target ? value : rounded(converted(code, value, target) ?? value)) }
}

const ANNOTATION = String.raw`\{(?!1\.73_m2\})[^{}]*\}`
const aloneAnnotation = new RegExp(`(^|[./(])${ANNOTATION}(?=$|[./)])`, 'g')
const anyAnnotation = new RegExp(ANNOTATION, 'g')

/**
 * A unit without what stands in braces: annotations have no meaning for the unit (UCUM § 6), and one alone is the unit 1. The body surface
 * of a filtration rate stays, since mL/min without it is another quantity.
 */
export function withoutAnnotations(code: string): string {
  if (!code.includes('{')) return code
  const bare = code
    .replace(aloneAnnotation, (_, before: string) => (before === '(' ? '(1' : ''))
    .replace(anyAnnotation, '')
    .replace(/^\./, '')
  return bare === '' ? NUMBER : bare
}

/** Whether a unit is a ratio: percent, mmol/mol, g/g and plain numbers. */
function isRatio({ dim_, moleExp_, equivalentExp_, isArbitrary_, isSpecial_ }: UcumUnit): boolean {
  return !isArbitrary_ && !isSpecial_ && moleExp_ === 0 && equivalentExp_ === 0 && (dim_?.dimVec_?.every((power) => power === 0) ?? true)
}

function targetOf(unit: UcumUnit): string | undefined {
  // Temperatures are converted along a straight line. Units such as pH and decibel are not, and are left as they are.
  if (unit.isSpecial_ && !['Cel', 'degF', 'degRe'].includes(unit.cnv_ ?? '')) return undefined
  const key = dimensionKey(unit)
  return canonicals.find((candidate) => canonicalKeys.get(candidate) === key) ?? baseUnits(unit)
}

const canonicalKeys: ReadonlyMap<string, string> = new Map(
  canonicals.flatMap((code) => {
    const { unit } = library.getSpecifiedUnit(code, 'validate')
    return unit ? [[code, dimensionKey(unit)] as const] : []
  }),
)

function dimensionKey({ dim_, moleExp_, equivalentExp_ }: UcumUnit): string {
  return `${dim_?.dimVec_?.join() ?? ''}|${moleExp_}|${equivalentExp_}`
}

function baseUnits({ dim_, moleExp_, equivalentExp_ }: UcumUnit): string {
  const names = ['m', 's', 'g', 'rad', 'K', 'C', 'cd']
  const powers = [
    ...(dim_?.dimVec_ ?? []).map((power, at) => [names[at], power] as const),
    ['mol', moleExp_] as const,
    ['eq', equivalentExp_] as const,
  ]
  return powers.flatMap(([name, power]) => (power === 0 ? [] : [power === 1 ? name : `${name}${power}`])).join('.')
}

const ARBITRARY = /\[[^[\]]+\]/

function arbitraryTarget(code: string): string | undefined {
  const [preparation, ...others] = code.match(/\[[^[\]]+\]/g) ?? []
  if (preparation === undefined || others.length > 0) return undefined
  const molar = code.replace(ARBITRARY, 'mol')
  return arbitraryCanonicals.find((candidate) => converted(molar, 1, candidate) !== undefined)?.replace('mol', preparation)
}

/** Converts with the library; units of one preparation are converted as if it were counted in moles. */
function converted(from: string, value: number, to: string): number | undefined {
  const [preparation] = ARBITRARY.exec(from) ?? []
  const isSame = preparation !== undefined && ARBITRARY.exec(to)?.[0] === preparation
  const molar = (code: string) =>
    isSame && library.getSpecifiedUnit(code, 'validate').unit?.isArbitrary_ ? code.replace(ARBITRARY, 'mol') : code
  const bare = (code: string) => withoutAnnotations(code.replace(`/${BODY_SURFACE}`, ''))
  return library.convertUnitTo(molar(bare(from)), value, molar(bare(to))).toVal ?? undefined
}

function rounded(value: number): number {
  return Number(value.toPrecision(12))
}
