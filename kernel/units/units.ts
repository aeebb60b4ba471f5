/**
 * Units of measure, made comparable. What was sent is kept as it is in the resource; this is for what is computed from it: searching by
 * quantity, sorting, drawing several laboratories in one plot. UCUM and its conversions are those of @lhncbc/ucum-lhc (12 MB, 30 ms to
 * load).
 */
import ucumLhc, { type UcumUnit } from '@lhncbc/ucum-lhc'
import { remembered } from '../values/remembered.ts'
import { idleAnnotations, parts, perParts, wholes } from './spellings.ts'

export const UCUM_SYSTEM = 'http://unitsofmeasure.org'

/** What a FHIR Quantity says, as far as it is read here. */
export interface Measured {
  value?: number | undefined
  unit?: string | undefined
  code?: string | undefined
  system?: string | undefined
}

export interface Comparable {
  value: number
  /** UCUM; of a unit that is not known, its text. */
  unit: string
}

/** The one unit of each dimension, as clinicians read it; of a dimension that is not here, UCUM's base units. */
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

/** Canonical forms of units that only a standard preparation defines, such as [IU], with `mol` in the place of the preparation. */
const arbitraryCanonicals = ['mol/L', 'mol', 'mol/d', 'mol/kg'] as const

/** Ratios are never changed into each other: HbA1c of 48 mmol/mol is 6.5 %, and UCUM would say 4.8 %. */
const NUMBER = '1'

/** Square metres of the body to which a filtration rate is referred; mL/min without it is another quantity. */
const BODY_SURFACE = '{1.73_m2}'

/** Units of one thousand kinds at most are remembered: the text comes from outside. */
const REMEMBERED = 1000

const library = ucumLhc.UcumLhcUtils.getInstance()

/** The UCUM code of a unit in any spelling that is known; undefined for no unit, and for one that is not known. */
export function ucum(unit: string | undefined): string | undefined {
  const text = unit?.trim()
  if (!text) return undefined
  return codeOf(text)
}

/**
 * The number in the one unit of its dimension: two that have the same `unit` can be compared. A unit that is not known is a dimension of
 * its own; no unit at all is `1`. Undefined when there is no number. Rounded to twelve digits, so that 8.1 g/dL is 81 g/L.
 */
export function comparable(quantity: Measured): Comparable | undefined {
  const { value } = quantity
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined
  const text = writtenUnit(quantity)
  if (text === undefined) return { value, unit: NUMBER }
  const { unit, convert } = dimensionOf(text)
  return { value: convert(value), unit }
}

/** The number in a unit that the reader knows, such as g/dL; undefined when the two cannot be compared. For drawing and reading. */
export function inUnit(quantity: Measured, unit: string): number | undefined {
  const one = comparable(quantity)
  const target = codeOf(unit.trim()) ?? unit.trim()
  if (one === undefined || dimensionOf(target).unit !== one.unit) return undefined
  if (codeOf(writtenUnit(quantity) ?? NUMBER) === target) return quantity.value
  const scaled = converted(one.unit, one.value, target)
  return scaled === undefined ? one.value : rounded(scaled)
}

/** The code where it is one of UCUM, otherwise the text for people. */
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

/** No unit is longer, and the library takes its time with what is. */
const LONGEST = 64

function findCode(text: string): string | undefined {
  if (text.length > LONGEST) return undefined
  const whole = wholes.get(text.toLowerCase())
  if (whole !== undefined) return whole
  if (text === NUMBER) return NUMBER
  const written = text
    .replace(/[µμ]/g, 'u')
    .replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]+/g, (digits) => `^${digits.normalize('NFKC')}`)
    // 1,73m2 and its kin, before commas and points mean anything.
    .replace(/\{?1[.,]73[ _.]?m\^?2\}?/i, BODY_SURFACE)
    // 10^9, 10#9, 10E9, x10*9, 10(9), 10E-3
    .replace(/^[x×*·]?\s*10\s*(?:\^|\*\*|\*|#|[Ee]|\()\s*([+-]?\d+)\)?/, '10*$1')
    .replace(/\s*\/\s*/g, '/')
    .replace(/(\p{L})\^(-?\d)/gu, '$1$2')
  const code = written
    .split('/')
    .map((side, at) =>
      side
        .split('.')
        .map((part) => partOf(part, at > 0))
        .join('.'),
    )
    .join('/')
    .replace(/^1\//, '/')
  // Blanks and letters beyond ASCII are in no code (UCUM § 3), and the library writes such units, which may hold anything, to the console.
  if (isUnlikely(code) || !/^[\x21-\x7e]+$/.test(code)) return undefined
  return library.validateUnitString(code).status === 'valid' ? code : undefined
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
 * What UCUM knows and no one measures in a person: a million grams, coulombs and gauss are misspelt milligrams, degrees and grams. The
 * library looks texts up in an object and knows `toString`.
 */
function isUnlikely(code: string): boolean {
  // The library complains of blanks on the console.
  if (/\s/.test(code)) return true
  if (code.split(/[/.()]/).some((part) => part in {})) return true
  return /^[\d.*+-]*$/.test(code) || /(^|[/.])(?:[MGTPEZY](?:g|mol|L|l|m|s)|[kMmu]?[GCFTH])(?=$|[/.])/.test(code)
}

function findDimension(text: string): Dimension {
  const own: Dimension = { unit: text, convert: (value) => value }
  const code = codeOf(text)
  if (code === undefined) return own
  const annotations = code.match(/\{[^}]*\}/g) ?? []
  if (annotations.length > 0) {
    if (annotations.every((annotation) => idleAnnotations.has(annotation))) return dimensionOf(withoutAnnotations(code))
    if (!code.endsWith(`/${BODY_SURFACE}`)) return { ...own, unit: code }
    const rate = dimensionOf(code.slice(0, -BODY_SURFACE.length - 1))
    return { ...rate, unit: `${rate.unit}/${BODY_SURFACE}` }
  }
  const unit = library.getSpecifiedUnit(code, 'validate').unit
  if (unit === null || isRatio(unit)) return { ...own, unit: code }
  const target = unit.isArbitrary_ ? arbitraryTarget(code) : targetOf(unit)
  // Rounding noise apart, each unit is a line: two points say it all.
  if (target === undefined || converted(code, 1, target) === undefined) return { ...own, unit: code }
  return { unit: target, convert: (value) => (code === target ? value : rounded(converted(code, value, target) ?? value)) }
}

function withoutAnnotations(code: string): string {
  const bare = code.replace(/\{[^}]*\}/g, '')
  return bare === '' ? NUMBER : bare
}

/** Percent, mmol/mol, g/g and plain numbers. */
function isRatio({ dim_, moleExp_, equivalentExp_, isArbitrary_, isSpecial_ }: UcumUnit): boolean {
  return !isArbitrary_ && !isSpecial_ && moleExp_ === 0 && equivalentExp_ === 0 && (dim_?.dimVec_?.every((power) => power === 0) ?? true)
}

function targetOf(unit: UcumUnit): string | undefined {
  // Temperatures are lines; pH, decibels and their kin are not, and stay what they are.
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

const ARBITRARY = /\[[^\]]+\]/

function arbitraryTarget(code: string): string | undefined {
  const [preparation, ...others] = code.match(/\[[^\]]+\]/g) ?? []
  if (preparation === undefined || others.length > 0) return undefined
  const molar = code.replace(ARBITRARY, 'mol')
  return arbitraryCanonicals.find((candidate) => converted(molar, 1, candidate) !== undefined)?.replace('mol', preparation)
}

/** As the library says; between units of one preparation, as if it were counted in moles. */
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
