/** Purposes of use, as staff attest them and as the request of a citizen has them. */
export const purposes = ['TREAT', 'ETREAT', 'COC', 'BTG'] as const
/** The purpose of use of health personnel: HL7 v3 PurposeOfUse (urn:oid:2.16.840.1.113883.1.11.20448). */
export type Purpose = (typeof purposes)[number]
/**
 * The purpose of a citizen's request: about oneself, as family, or under a power of attorney. It follows from who asks and about which
 * person.
 */
export type CitizenPurpose = 'PATRQT' | 'FAMRQT' | 'PWATRNY'
