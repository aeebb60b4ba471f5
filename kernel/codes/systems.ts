/** URIs of the identifier systems that the kernel reads and writes (Norwegian OID register). */

/** Health personnel number. */
export const HPR_SYSTEM = 'urn:oid:2.16.578.1.12.4.1.4.4'
/** Organisation number of the Central Coordinating Register. */
export const ORGANIZATION_SYSTEM = 'urn:oid:2.16.578.1.12.4.1.4.101'
