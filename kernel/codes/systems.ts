/**
 * URIs of the code and identifier systems that the kernel reads and writes. Those that begin with urn:oid: are in the Norwegian OID
 * register.
 */

export const LOINC_SYSTEM = 'http://loinc.org'
/** Health personnel number. */
export const HPR_SYSTEM = 'urn:oid:2.16.578.1.12.4.1.4.4'
/** Organisation number of the Central Coordinating Register. */
export const ORGANIZATION_SYSTEM = 'urn:oid:2.16.578.1.12.4.1.4.101'
/** Number of the register of units in specialist health care. */
const RESH_SYSTEM = 'urn:oid:2.16.578.1.12.4.1.4.102'

/**
 * The series that the base profiles of HL7 Norway had until version 2.0.13 (2020-04-22), and that samples of HelseID have still: the same
 * numbers. kernel/codes/data/aliases.csv has the same rows, for tokens of searches.
 */
export const oldSeries: Readonly<Record<string, string>> = {
  'urn:oid:2.16.578.1.12.4.1.2.101': ORGANIZATION_SYSTEM,
  'urn:oid:2.16.578.1.12.4.1.2.102': RESH_SYSTEM,
}

/** The series of numbers that a system names, in one spelling: with `urn:oid:`, and never an old series. */
export function seriesOf(system: string | undefined): string | undefined {
  const written = system !== undefined && /^[0-9.]+$/.test(system) ? `urn:oid:${system}` : system
  return written !== undefined && Object.hasOwn(oldSeries, written) ? oldSeries[written] : written
}
