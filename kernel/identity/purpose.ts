/** Purposes of use, as staff attest them and as a citizen's request has them. */
export const purposes = ['TREAT', 'ETREAT', 'COC', 'BTG'] as const
/** Purpose of use of health personnel, HL7 v3 PurposeOfUse (urn:oid:2.16.840.1.113883.1.11.20448). */
export type Purpose = (typeof purposes)[number]
/** Purpose of a citizen's request: about oneself, as family, under a power of attorney. Follows from who asks about whom. */
export type CitizenPurpose = 'PATRQT' | 'FAMRQT' | 'PWATRNY'
