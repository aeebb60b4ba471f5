/**
 * The catalogue of problems: one row for each thing that can go wrong, with its kind, HTTP status, FHIR IssueType and sentence.
 * Each code needs a section in docs/api/problems.md; `npm run check` fails otherwise.
 */
type ProblemKind = 'incorrect' | 'unauthenticated' | 'forbidden' | 'not-found' | 'conflict' | 'gone' | 'busy' | 'unavailable' | 'fault'

interface ProblemRow {
  kind: ProblemKind
  status: number
  /** http://hl7.org/fhir/R4/valueset-issue-type.html */
  issueType: string
  sentence: string
}

// biome-ignore format: a table, one row to a line
export const problems = {
  // The request itself
  'not-json': { kind: 'incorrect', status: 400, issueType: 'structure', sentence: 'The body is not JSON, or is nested more than 64 levels deep. Send one FHIR resource as application/fhir+json.' },
  'unreadable-request': { kind: 'incorrect', status: 400, issueType: 'structure', sentence: 'The request cannot be read: its address is malformed, or it ended too early.' },
  'request-timeout': { kind: 'incorrect', status: 408, issueType: 'timeout', sentence: 'The request did not come within the time that is given to it. Send it again, whole.' },
  'address-too-long': { kind: 'incorrect', status: 414, issueType: 'too-long', sentence: 'A part of the address is longer than 200 characters, and names nothing here.' },
  'expectation-failed': { kind: 'incorrect', status: 417, issueType: 'not-supported', sentence: 'The header Expect asks for something else than 100-continue. Leave it out.' },
  'headers-too-large': { kind: 'incorrect', status: 431, issueType: 'too-long', sentence: 'The headers and the address are longer than 16 KiB. Send fewer, and parameters in the body.' },
  'not-xml': { kind: 'incorrect', status: 400, issueType: 'structure', sentence: 'The body is not XML that can be read here. Send one message as application/xml, without a document type declaration.' },
  'unreadable-message': { kind: 'incorrect', status: 422, issueType: 'structure', sentence: 'The message is XML, and no message that is read here. The issue names the element, the rule and the remedy.' },
  'unsupported-media-type': { kind: 'incorrect', status: 415, issueType: 'not-supported', sentence: 'Send application/fhir+json; searches are sent as application/x-www-form-urlencoded.' },
  'not-acceptable': { kind: 'incorrect', status: 406, issueType: 'not-supported', sentence: 'Answers are application/fhir+json of FHIR 4.0 alone. Ask for that in Accept or _format, or leave both out.' },
  'too-large': { kind: 'incorrect', status: 413, issueType: 'too-long', sentence: 'The body is larger than this server takes. Send fewer entries at a time.' },
  'identity-number-in-url': { kind: 'incorrect', status: 400, issueType: 'security', sentence: 'The address holds what looks like a national identity number. Send it in the body of POST _search, as patient.identifier.' },
  'unknown-service': { kind: 'not-found', status: 404, issueType: 'not-found', sentence: 'There is no such information service here. GET /fhir/metadata lists the services.' },
  'unknown-interaction': { kind: 'not-found', status: 404, issueType: 'not-supported', sentence: 'This service does not offer that. GET /fhir/{service}/metadata lists what it offers.' },
  'method-not-allowed': { kind: 'incorrect', status: 405, issueType: 'not-supported', sentence: 'Searches are POST {type}/_search with a form body, so that no address holds an identity number.' },
  'invalid-parameter': { kind: 'incorrect', status: 400, issueType: 'invalid', sentence: 'A search parameter is unknown or malformed.' },
  'patient-required': { kind: 'incorrect', status: 400, issueType: 'required', sentence: 'Give patient.identifier={system}|{number} in the form body.' },
  'invalid-resource': { kind: 'incorrect', status: 422, issueType: 'invalid', sentence: 'The resource does not follow the profile of this service.' },
  'invalid-bundle': { kind: 'incorrect', status: 400, issueType: 'invalid', sentence: 'The Bundle cannot be processed.' },
  'body-invalid': { kind: 'incorrect', status: 400, issueType: 'invalid', sentence: 'The body is not what this route takes. Each issue names the member.' },
  'reason-required': { kind: 'incorrect', status: 400, issueType: 'required', sentence: 'Give a reason: a change needs one in words, of at least ten letters, five of them different, and at most 500 characters.' },
  'person-unknown': { kind: 'incorrect', status: 422, issueType: 'not-found', sentence: 'The person is not in the person register here.' },
  'identity-number-invalid': { kind: 'incorrect', status: 422, issueType: 'value', sentence: 'The number is not a national identity number, D-number or help number: eleven digits with correct check digits.' },

  // Who asks
  'no-token': { kind: 'unauthenticated', status: 401, issueType: 'login', sentence: 'Send Authorization: DPoP {access token} and a DPoP proof.' },
  'invalid-token': { kind: 'unauthenticated', status: 401, issueType: 'login', sentence: 'The access token is not valid here.' },
  'invalid-dpop-proof': { kind: 'unauthenticated', status: 401, issueType: 'login', sentence: 'The DPoP proof is not valid for this request.' },
  'insufficient-scope': { kind: 'forbidden', status: 403, issueType: 'forbidden', sentence: 'The token lacks the scope of this service and direction.' },
  'invalid-token-scopes': { kind: 'forbidden', status: 403, issueType: 'forbidden', sentence: 'A token is for a citizen, or for health personnel and systems, never for both: ask HelseID for /citizen scopes alone, or for /read and /write scopes alone.' },
  'person-login-required': { kind: 'forbidden', status: 403, issueType: 'forbidden', sentence: 'A look-up needs a person who is signed in at security level 4.' },
  'health-personnel-required': { kind: 'forbidden', status: 403, issueType: 'forbidden', sentence: 'The signed-in person has no number in the health personnel register (HPR). Sign in as health personnel; a case officer needs the role case-officer from an owner at the own organisation, and a service that a controller has opened to case officers (docs/run/case-officers.md).' },
  'organisation-missing': { kind: 'forbidden', status: 403, issueType: 'forbidden', sentence: 'The token names no organisation. Ask HelseID for one with assertion_details.' },
  'organisation-not-member': { kind: 'forbidden', status: 403, issueType: 'forbidden', sentence: 'The organisation is not a member of Helsenettet, or has not accepted the terms.' },
  'supplier-not-member': { kind: 'forbidden', status: 403, issueType: 'forbidden', sentence: 'The vendor that acts for the organisation has not accepted the terms.' },
  'delegation-withdrawn': { kind: 'forbidden', status: 403, issueType: 'forbidden', sentence: 'The organisation has stopped this vendor from acting for it here. Ask the organisation: an owner can switch the delegation on again.' },
  'controller-role-missing': { kind: 'forbidden', status: 403, issueType: 'forbidden', sentence: 'You have no role for this organisation here. Ask one of its owners for one.' },
  'controller-role-insufficient': { kind: 'forbidden', status: 403, issueType: 'forbidden', sentence: 'Your role for this organisation does not do this. Ask one of its owners.' },

  // Whether they may
  'no-agreement': { kind: 'forbidden', status: 403, issueType: 'forbidden', sentence: 'No sharing agreement in force opens this service to the organisation.' },
  'agreement-unknown': { kind: 'not-found', status: 404, issueType: 'not-found', sentence: 'There is no sharing agreement or standard agreement with that id.' },
  'agreement-refused': { kind: 'conflict', status: 409, issueType: 'business-rule', sentence: 'A rule about sharing agreements is in the way. Each issue names the rule and the remedy.' },
  'not-producing': { kind: 'forbidden', status: 403, issueType: 'forbidden', sentence: 'The organisation is not registered as producing in this service.' },
  'control-refused': { kind: 'conflict', status: 409, issueType: 'business-rule', sentence: 'A rule about the control of a data controller is in the way. Each issue names the rule and the remedy.' },
  'attestation-missing': { kind: 'incorrect', status: 400, issueType: 'required', sentence: 'State who reads, where, for what purpose and about which patient: send an attestation of the trust framework in the header Attestation (docs/api/attestation.md).' },
  'attestation-incomplete': { kind: 'incorrect', status: 400, issueType: 'required', sentence: 'The attestation lacks something that the trust framework requires.' },
  'attestation-invalid': { kind: 'incorrect', status: 400, issueType: 'structure', sentence: 'The attestation does not have the form of the trust framework.' },
  'attestation-contradicts-token': { kind: 'forbidden', status: 403, issueType: 'conflict', sentence: 'The attestation of the call differs from the one that HelseID has vouched for in the access token.' },
  'attestation-not-signed': { kind: 'unauthenticated', status: 401, issueType: 'login', sentence: 'The DPoP proof does not sign the attestation of this call: give it the claim attestation_hash, base64url SHA-256 of the text of the header Attestation.' },
  'purpose-unknown': { kind: 'incorrect', status: 400, issueType: 'code-invalid', sentence: 'The purpose of use is one of TREAT, ETREAT, COC and BTG of urn:oid:2.16.840.1.113883.1.11.20448.' },
  'attestation-has-expired': { kind: 'unauthenticated', status: 401, issueType: 'expired', sentence: 'attestation_has_expired: it is older than 60 minutes. Make the decision again and send a new attestation (ATT-58).' },
  'attestation-from-the-future': { kind: 'unauthenticated', status: 401, issueType: 'login', sentence: 'The time of the attestation, toa, lies ahead. Send whole seconds since 1970 in UTC, and check the clock (ntp.nhn.no).' },
  'attestation-for-another-patient': { kind: 'forbidden', status: 403, issueType: 'forbidden', sentence: 'The attestation is for another patient. Make a new one for each patient (ATT-4, ATT-58).' },
  'attestation-practitioner-mismatch': { kind: 'forbidden', status: 403, issueType: 'forbidden', sentence: 'The practitioner of the attestation is not the person who is signed in (ATT-11).' },
  'attestation-legal-entity-mismatch': { kind: 'forbidden', status: 403, issueType: 'forbidden', sentence: 'The legal entity of the attestation is not the organisation of the token.' },
  'authorization-not-held': { kind: 'forbidden', status: 403, issueType: 'forbidden', sentence: 'By the register of health personnel, the practitioner does not hold this authorisation now (ATT-32).' },
  'point-of-care-unknown': { kind: 'forbidden', status: 403, issueType: 'forbidden', sentence: 'The point of care is not a unit of the legal entity. Without units, give the legal entity itself (ATT-19).' },
  'emergency-reason-required': { kind: 'incorrect', status: 400, issueType: 'required', sentence: 'Emergency access (BTG) is chosen by the practitioner, with a reason in words: decision_ref with user_selected true and a description of at least ten letters, five of them different.' },
  'override-of-one-patient': { kind: 'forbidden', status: 403, issueType: 'forbidden', sentence: 'Emergency access (BTG) and declared consent open what is restricted about one patient at a time, and never a list.' },
  'access-basis-mismatch': { kind: 'incorrect', status: 400, issueType: 'invalid', sentence: 'nhn-access-basis is one of UNNTAK, SAMTYKKE, AKUTT, FORHOYET_SAMTYKKE and FORHOYET_AKUTT; the last goes with the purpose BTG.' },
  'not-your-unit': { kind: 'forbidden', status: 403, issueType: 'forbidden', sentence: 'The list belongs to another unit: personnel see the list of the unit they attest as point of care, and a system sends lists of its own organisation’s units.' },
  'not-on-your-list': { kind: 'forbidden', status: 403, issueType: 'forbidden', sentence: 'A list is of the people on the list of the unit attested as point of care, or of the one named in the attestation. The system of the unit sends its list; or open the one patient.' },
  'close-relation': { kind: 'forbidden', status: 403, issueType: 'forbidden', sentence: 'Nobody looks up oneself or a close relation in the staff role here.' },
  'role-not-open': { kind: 'forbidden', status: 403, issueType: 'forbidden', sentence: 'The service is not open to this authorisation for this purpose.' },
  'too-young': { kind: 'forbidden', status: 403, issueType: 'forbidden', sentence: 'You are not old enough to see this yourself.' },
  'blocked-by-patient': { kind: 'forbidden', status: 403, issueType: 'forbidden', sentence: 'The patient has blocked you, and emergency access (BTG) does not lift a block. Only the patient can. Ask a colleague to look; in danger to life, call for one.' },
  'protected-address': { kind: 'forbidden', status: 403, issueType: 'forbidden', sentence: 'A person with a protected address can neither act for others here nor be represented by others.' },
  'representation-missing': { kind: 'forbidden', status: 403, issueType: 'forbidden', sentence: 'Nothing that is registered lets you act for this person in this service. Representation is registered by the person, by the authorities or at the health service.' },
  'choice-refused': { kind: 'incorrect', status: 422, issueType: 'business-rule', sentence: 'The choice of the patient cannot be registered in this way.' },
  'choice-not-yours': { kind: 'forbidden', status: 403, issueType: 'forbidden', sentence: 'The patient alone lifts a block. Who acts for the patient ends consents of such persons, and own choices.' },
  'choice-ended': { kind: 'conflict', status: 409, issueType: 'conflict', sentence: 'The choice has ended already. Nothing was changed.' },
  'invalid-consent': { kind: 'incorrect', status: 422, issueType: 'invalid', sentence: 'The Consent is not a choice of the patient as it is registered here (docs/api/consent.md).' },
  'representation-refused': { kind: 'incorrect', status: 422, issueType: 'business-rule', sentence: 'The representation cannot be registered in this way.' },
  'invalid-related-person': { kind: 'incorrect', status: 422, issueType: 'invalid', sentence: 'The RelatedPerson is not something that a citizen registers here (docs/api/related-person.md).' },
  'invalid-communication': { kind: 'incorrect', status: 422, issueType: 'invalid', sentence: 'The Communication is not a question about a line of the access log (docs/api/communication.md).' },
  'question-refused': { kind: 'incorrect', status: 422, issueType: 'business-rule', sentence: 'The question cannot be asked in this way.' },
  'access-denied': { kind: 'forbidden', status: 403, issueType: 'forbidden', sentence: 'No rule opens this.' },

  // What is asked for
  'not-found': { kind: 'not-found', status: 404, issueType: 'not-found', sentence: 'Not known here, or not open to you.' },
  gone: { kind: 'gone', status: 410, issueType: 'deleted', sentence: 'The resource has been deleted.' },
  'version-conflict': { kind: 'conflict', status: 412, issueType: 'conflict', sentence: 'The resource was changed meanwhile. Read it again, and send If-Match with its ETag.' },
  'if-match-required': { kind: 'incorrect', status: 400, issueType: 'required', sentence: 'An update names the version that it changes: send If-Match with the ETag of the version you read.' },
  'invalid-worklist': { kind: 'incorrect', status: 422, issueType: 'invalid', sentence: 'The List is not the worklist of a unit as it is sent here (docs/api/worklist.md).' },
  'worklist-superseded': { kind: 'conflict', status: 409, issueType: 'conflict', sentence: 'A list that was drawn up later is stored already. Nothing was changed.' },
  'message-unknown': { kind: 'not-found', status: 404, issueType: 'not-found', sentence: 'There is no unattached message with that id, or it is settled already.' },
  'settlement-refused': { kind: 'incorrect', status: 422, issueType: 'business-rule', sentence: 'A named person settles a message, and discards it with a reason. Each issue names the rule and the remedy.' },
  'several-matches': { kind: 'conflict', status: 412, issueType: 'multiple-matches', sentence: 'Several resources match If-None-Exist. Make the condition narrower.' },
  'duplicate-entry': { kind: 'conflict', status: 409, issueType: 'duplicate', sentence: 'The same fact is registered already, and all organisations share one entry for it. Update that entry.' },
  'business-key-conflict': { kind: 'conflict', status: 409, issueType: 'conflict', sentence: 'Another resource of this person has the same identifier, or is being written just now. Send yours again; if that does not help, change the other resource instead.' },

  // The server
  'rate-limited': { kind: 'busy', status: 429, issueType: 'throttled', sentence: 'This client makes more requests for this organisation than it may. Wait the number of seconds in Retry-After.' },
  busy: { kind: 'busy', status: 429, issueType: 'throttled', sentence: 'Too many requests at once. Try again in a moment.' },
  unavailable: { kind: 'unavailable', status: 503, issueType: 'transient', sentence: 'The database cannot be reached, or the entry in the access log could not be written. Nothing was shown. Try again in a moment: a write that was stored nevertheless is not stored twice.' },
  fault: { kind: 'fault', status: 500, issueType: 'exception', sentence: 'Something failed on our side. The event id in X-Event-Id finds it in the log.' },
} as const satisfies Record<string, ProblemRow>

export type ProblemCode = keyof typeof problems
