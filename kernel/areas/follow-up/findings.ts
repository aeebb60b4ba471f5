/** The findings that an emergency access and a case of possible misuse can be closed with. Runs in browsers. */
export const followUpFindings = ['justified', 'not-justified', 'reported'] as const
export type FollowUpFinding = (typeof followUpFindings)[number]

export const misuseFindings = ['no-breach', 'breach', 'unclear'] as const
export type MisuseFinding = (typeof misuseFindings)[number]
