/** Extensions of this service: those of SFM where it has published one, otherwise our own. Codes of Volven are in `clinical/systems.ts`. */
import { extensionUrl, messageExtensions } from '@helsevev/clinical/e-prescription-fhir/systems'
import { LOINC } from '@helsevev/clinical/systems'
import type { Extension, List } from '@medplum/fhirtypes'

const sfm = (name: string) => `http://ehelse.no/fhir/StructureDefinition/${name}`

/** Roles in the registration of a line: 1 prescribed by, 3 discontinued by. SFM has no code for who began the treatment. */
export const SFM_PERFORMER_ROLE = 'http://ehelse.no/fhir/CodeSystem/sfm-performer-roles'

/** The list of medicines that a patient takes. */
export const LIST_CODE = { system: LOINC, code: '10160-0', display: 'History of Medication use Narrative' }

/** What a CareTeam is for. */
export const CARE_TEAM = 'http://helsevev.no/fhir/CodeSystem/medication-care-team'
/** Konsesjonsnummer of a pharmacy. */
export const LICENCE = 'http://helsevev.no/fhir/NamingSystem/pharmacy-licence'

/** Our codes of a VarselHandtert, whose code lists are not published: `intended`, and `not-intended` for a mark that is taken away. */
export const HANDLED = 'http://helsevev.no/fhir/CodeSystem/medication-warning-handled'
export const NOT_INTENDED = 'not-intended'

export const extensionUrls = {
  ...messageExtensions,
  /** `typeresept` (7491), `expirationdate` and `lastchanged`. */
  amendment: sfm('sfm-reseptamendment'),
  /** Who prescribed, began or ended it: `type` (7490, and SFM's own code) and `provider`. */
  registered: sfm('sfm-regInfo'),
  /** `timedate`, `reason` (7494) and `note`. */
  discontinuation: sfm('sfm-discontinuation'),
  /** In a list: `substitute`, `PLLdate` and `relatedparties`. */
  listInfo: sfm('sfm-pllInformation'),
  /** MedEndring: changed at a renewal, or later. */
  changedAtRenewal: extensionUrl('medication-changed-at-renewal'),
  /** MedisinskEndring: `code`, `time`, `note` and `author`. */
  medicalChange: extensionUrl('medication-medical-change'),
  /** Forfatter of a comment: `author-role`, `author-organization` and `author-organization-number`. */
  author: extensionUrl('medication-author'),
  /** Sporsmal between doctor and pharmacy: `code`, `time`, `asker`, `recipient`, `note`, `answer` and `answer-note`. */
  question: extensionUrl('medication-question'),
  /** The message that a line stands in, where it is another than M25.1: it is no line of the list. */
  standsIn: extensionUrl('medication-stands-in'),
  /** VarselHandtert: `line`, `id`, `type`, `code`, `time`, `note` and `author`. */
  handledWarning: extensionUrl('medication-list-handled-warning'),
  /** Status of an M27.1 (7496): registration or its end. */
  multidoseRequest: extensionUrl('multidose-request'),
  /** What Reseptformidleren states in an M9.12. */
  multidoseStatement: extensionUrl('multidose-statement'),
  /** What became of an M27.1, by what others sent: `registered`, and why not (`refusal`). */
  multidoseAnswer: extensionUrl('multidose-answer'),
  /** What the sender of $sendMedication states of the reconciliation: `basis`, and each `source` and `with`. */
  reconciliation: extensionUrl('medication-reconciliation'),
  /** In an answer of $sendMedication: the line that an issue is about, and what differs. */
  sentLine: extensionUrl('medication-list-sent-line'),
  /** Legemiddelgjennomgang: `time`, `note` and `author`. */
  review: extensionUrl('medication-list-review'),
} as const

export function extensionsOf(resource: { extension?: Extension[] | undefined }, name: keyof typeof extensionUrls): Extension[] {
  return resource.extension?.filter(({ url }) => url === extensionUrls[name]) ?? []
}

/** A part of an extension with parts. */
export function partOf(extension: Extension | undefined, name: string): Extension | undefined {
  return extension?.extension?.find(({ url }) => url === name)
}

/** VarselHandtert of a list that hold: one that takes an earlier mark away marks nothing. */
export function standingWarnings(list: List): Extension[] {
  return extensionsOf(list, 'handledWarning').filter((one) => !isWithdrawn(one))
}

/** Whether a VarselHandtert takes an earlier mark away. */
export function isWithdrawn(warning: Extension): boolean {
  return (
    partOf(warning, 'code')?.valueCodeableConcept?.coding?.some(({ system, code }) => system === HANDLED && code === NOT_INTENDED) ?? false
  )
}
