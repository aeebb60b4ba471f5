/**
 * The control API, each route once: what it takes and answers as JSON, who may call it, and its name in the access log. Times are ISO 8601
 * in UTC; organisations are nine digits. No answer holds an identity number. A patient is named by name and birth date, and only to roles
 * that the law gives access to them. docs/api/control.md
 */
import { agreements, closures, standardAgreements } from './contract/agreements.ts'
import { blockLifts } from './contract/block-lifts.ts'
import { caseOfficers } from './contract/case-officers.ts'
import { figures } from './contract/figures.ts'
import { followUps, misuseCases } from './contract/follow-up.ts'
import { messages, questions } from './contract/letters.ts'
import { roles, whoIAm } from './contract/roles.ts'
import { units, vendors } from './contract/vendors-and-units.ts'

export * from './contract/agreements.ts'
export * from './contract/block-lifts.ts'
export * from './contract/case-officers.ts'
export * from './contract/common.ts'
export * from './contract/figures.ts'
export * from './contract/follow-up.ts'
export * from './contract/letters.ts'
export * from './contract/roles.ts'
export * from './contract/vendors-and-units.ts'

/** The routes by the headings of docs/api/control.md. */
export const sections = {
  whoIAm,
  roles,
  agreements,
  closures,
  standardAgreements,
  caseOfficers,
  vendors,
  units,
  figures,
  followUps,
  misuseCases,
  questions,
  blockLifts,
  messages,
}

export const contract = {
  ...whoIAm,
  ...roles,
  ...agreements,
  ...closures,
  ...standardAgreements,
  ...caseOfficers,
  ...vendors,
  ...units,
  ...figures,
  ...followUps,
  ...misuseCases,
  ...questions,
  ...blockLifts,
  ...messages,
} as const
export type ControlContract = typeof contract
