/** What can go wrong with the identity provider, each as an error of its own. */
import type { SignInProblem } from '../contract.ts'

/** The person may not sign in; the sign-in page shows why. */
export class SignInError extends Error {
  readonly problem: SignInProblem
  constructor(problem: SignInProblem, options?: ErrorOptions) {
    super(`Sign-in: ${problem}`, options)
    this.problem = problem
  }
}

/** The request was `prompt=none`, and the person has no session at the identity provider that is sufficient. */
export class LoginRequiredError extends Error {}

/** The refresh token no longer works: the person must sign in again. */
export class SignedOutError extends Error {}
/** HelseID does not allow this client to act for the organisation. */
export class OrganizationRefusedError extends Error {}
/** The token that a record system handed over has expired, and it has not sent a new one. */
export class EhrMustRenewError extends Error {}
/** HelseID did not answer. */
export class IssuerUnavailableError extends Error {}
