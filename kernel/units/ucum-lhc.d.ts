/** Types for the part of @lhncbc/ucum-lhc that is used; the package has none. */
declare module '@lhncbc/ucum-lhc' {
  export interface UcumUnit {
    dim_: { dimVec_: number[] | null } | null
    isSpecial_: boolean
    isArbitrary_: boolean
    /** Powers of the mole and of the equivalent, which UCUM counts as numbers. */
    moleExp_: number
    equivalentExp_: number
    /** The name of the function of a special unit. */
    cnv_: string | null
  }

  interface Utils {
    validateUnitString(unit: string): { status: 'valid' | 'invalid' | 'error'; ucumCode: string | null }
    getSpecifiedUnit(unit: string, mode: 'validate' | 'convert'): { unit: UcumUnit | null }
    convertUnitTo(from: string, value: number, to: string): { status: 'succeeded' | 'failed' | 'error'; toVal: number | null }
  }

  const ucum: { UcumLhcUtils: { getInstance(): Utils } }
  export default ucum
}
