/**
 * URIs of the code and identifier systems that the kernel reads and writes. Those that begin with urn:oid: are in the Norwegian OID
 * register.
 */

export const LOINC_SYSTEM = 'http://loinc.org'
/** Health personnel number. */
export const HPR_SYSTEM = 'urn:oid:2.16.578.1.12.4.1.4.4'
/** Organisation number of the Central Coordinating Register. */
export const ORGANIZATION_SYSTEM = 'urn:oid:2.16.578.1.12.4.1.4.101'
