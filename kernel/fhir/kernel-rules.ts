/**
 * The codes of the kernel's own rules, which issues have in addition to the problem of the answer: flags and refusals of every service
 * alike. The CodeSystem `problem` lists them; the sentence of an answer may say more.
 */
export const kernelRules: Readonly<Record<string, string>> = {
  'attestation-contradicts-token': 'The attestation states another person, organisation or unit than the token.',
  'bundle-entry': 'An entry of the Bundle cannot be processed.',
  'duplicate-entry': 'Two entries of the Bundle state the same fact, or have the same fullUrl.',
  'identity-number-in-text': 'A text held an identity number. It was removed before storing.',
  'message-older': 'A later version of the message stands. This one changed nothing.',
  'message-queued': 'The message names nobody who is known. It waits for a person of its controller.',
  'message-stored': 'The message is stored, and stands as the latest version.',
  'message-unchanged': 'This version of the message is stored already. Nothing was changed.',
  'more-issues': 'There are more issues than an answer shows.',
  'narrative-dropped': 'The narrative was left out: it may hold what nobody has checked.',
  'no-profile': 'The resource follows none of the profiles of the service.',
  'patient-identifier': 'The resource names its patient by an identity number, in the element that the service states.',
  'reference-not-resolved': 'The reference leads to no record of this person that the writer can read, and to no entry of the Bundle.',
  'reference-to-another-person': 'A reference leads to a record of another person.',
  'shown-to-nobody': 'The record is stored, and nobody else is shown it now.',
  'staff-number-invalid': 'The number of a member of staff is not valid.',
  'staff-number-replaced': 'An identity number of a member of staff was replaced by a key.',
  'time-required': 'The resource has no time that orders it.',
  // Invariants of every element and resource: http://hl7.org/fhir/R4/references.html, http://hl7.org/fhir/R4/domainresource.html
  'dom-2': 'A contained resource contains no other.',
  'dom-3': 'A contained resource is referred to from elsewhere in the resource, or refers to it.',
  'dom-4': 'A contained resource has no version of its own.',
  'dom-5': 'A contained resource has no security label of its own.',
  'ref-1': 'A reference that begins with # names a contained resource.',
  'txt-1': 'A narrative is XHTML with elements of formatting alone, and with something to read.',
}
