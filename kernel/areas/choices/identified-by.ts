/** How a patient was identified. To be known to staff is not enough: the block may be against one of them. Browsers use it too. */
export const identifiedBy = ['passport', 'national-identity-card', 'driving-licence', 'electronic-id'] as const
export type IdentifiedBy = (typeof identifiedBy)[number]
