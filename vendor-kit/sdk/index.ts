/** The small client a vendor can copy: tokens from HelseID, requests to Helsevev. Only `jose` in addition to the platform's own fetch. */
export { type Api, type ApiOptions, type ApiResponse, type Call, createApi } from './api.ts'
export { type Attestation, type Attested, attest, detailsOfAttestation, encodeAttestation } from './attestation.ts'
export { createDpopKey, type DpopKey } from './dpop.ts'
export { createHelseId, type HelseId, HelseIdError, type HelseIdOptions, type Organization, type Token } from './helseid.ts'
export { type PersonToken, type SignInOptions, signIn } from './sign-in.ts'
