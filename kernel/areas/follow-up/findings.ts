/** What somebody can find out about an emergency access, and about a case of possible misuse. Runs in browsers. */
export const followUpFindings = ['justified', 'not-justified', 'reported'] as const
export type FollowUpFinding = (typeof followUpFindings)[number]

export const misuseFindings = ['no-breach', 'breach', 'unclear'] as const
export type MisuseFinding = (typeof misuseFindings)[number]
