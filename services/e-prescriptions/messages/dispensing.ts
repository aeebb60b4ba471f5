/** M10, M6 and M8 as a MedicationDispense; one that cancels another as a Communication, so that it counts as no dispensing. */
import type { MessageOf } from '@helsevev/clinical/e-prescription/kinds'
import { conceptOf } from '@helsevev/clinical/e-prescription-fhir/coded'
import { dosagesOf } from '@helsevev/clinical/e-prescription-fhir/dosage'
import {
  annotations,
  commonExtensions,
  messageIdentifier,
  noteIssues,
  notesOf,
  type Sent,
  withIssues,
  withoutEmpty,
} from '@helsevev/clinical/e-prescription-fhir/making'
import { medicationOf } from '@helsevev/clinical/e-prescription-fhir/medication'
import { identifierOf, M10_ID, RESEPT_ID } from '@helsevev/clinical/e-prescription-fhir/systems'
import { identifierSystems } from '@helsevev/clinical/systems'
import type { Communication, Extension, MedicationDispense } from '@medplum/fhirtypes'
import { extensionUrls } from '../fhir/systems.ts'
import { flag } from '../model/rules.ts'
import { communicationOf } from './communication.ts'
import { placed } from './placed.ts'
import { handedOut, NOT_STATED, prescribingOf } from './prescription.ts'

type Report = MessageOf<'M10'> | MessageOf<'M6'> | MessageOf<'M8'>
type Utlevering = NonNullable<Report['body']['dispensing']>

const { HER } = identifierSystems

export function dispensingOf(sent: Sent<Report>): MedicationDispense | Communication {
  const { dispensing } = sent.message.body
  return dispensing?.isCancellation ? cancellationOf(sent, dispensing) : handOut(sent, dispensing)
}

/** The M10: the message itself, or the one that M6 and M8 name. */
function reportId({ message, id }: Sent<Report>): string | undefined {
  return message.kind === 'M10' ? id : message.body.reportId
}

function handOut(sent: Sent<Report>, dispensing: Utlevering | undefined): MedicationDispense {
  const { drug, supply, concluded, prescriptionId, whenHandedOver, dispenser } = dispensing ?? { interventions: [] }
  const medication = medicationOf(drug, supply)
  const { dosages, isContradictory } = dosagesOf(prescribingOf({ ...(drug ? { drug } : {}), ...(supply ? { supply } : {}) }))
  const quantity = handedOut(drug ?? supply)
  const report = reportId(sent)
  const category = conceptOf((drug ?? supply)?.itemGroup, 7402)
  const isRefused = dispensing?.customerRefusedSubstitution
  const resource = withoutEmpty<MedicationDispense>({
    resourceType: 'MedicationDispense',
    contained: medication ? [medication] : [],
    extension: [...commonExtensions(sent, placed), ...concludedOf(concluded), ...repeatsOf(drug, supply)],
    identifier: [...(report === undefined ? [] : [identifierOf(M10_ID, report)]), messageIdentifier(sent)],
    // Others complete it (fhir/derived.ts).
    status: 'completed',
    ...(category ? { category } : {}),
    ...(medication ? { medicationReference: { reference: '#medication' } } : { medicationCodeableConcept: { text: NOT_STATED } }),
    subject: {},
    performer: performerOf(dispenser),
    authorizingPrescription:
      prescriptionId === undefined ? [] : [{ type: 'MedicationRequest', identifier: identifierOf(RESEPT_ID, prescriptionId) }],
    ...(quantity ? { quantity } : {}),
    whenHandedOver: whenHandedOver ?? sent.time,
    note: [...annotations(drug?.note, supply?.note), ...notesOf(sent)],
    dosageInstruction: dosages,
    ...(isRefused === true ? { substitution: { wasSubstituted: false } } : {}),
  })
  return withIssues(resource, [
    ...noteIssues(sent),
    ...(isContradictory ? [flag('dose-contradiction', 'Utlevering/ReseptDokLegemiddel/Forskrivning')] : []),
    ...(prescriptionId === undefined ? [flag('prescription-not-named', 'Utlevering/ReseptId')] : []),
  ])
}

function performerOf(dispenser: Utlevering['dispenser']): NonNullable<MedicationDispense['performer']> {
  if (!dispenser) return []
  const value = dispenser.identifier?.value
  const system = dispenser.identifier?.type?.code === 'HER' || dispenser.identifier?.type === undefined ? HER : undefined
  const identifier = value === undefined ? undefined : { ...(system ? { system } : {}), value }
  if (!identifier && dispenser.name === undefined) return []
  return [
    {
      actor: {
        type: 'Organization' as const,
        ...(identifier ? { identifier } : {}),
        ...(dispenser.name === undefined ? {} : { display: dispenser.name }),
      },
    },
  ]
}

function concludedOf(concluded: Utlevering['concluded']): Extension[] {
  const valueCodeableConcept = conceptOf(concluded, 1101)
  return valueCodeableConcept ? [{ url: extensionUrls.concluded, valueCodeableConcept }] : []
}

/** A dispensing has no element for what its copy of the prescription says of repeats, substitution and reimbursement. */
function repeatsOf(drug: Utlevering['drug'], supply: Utlevering['supply']): Extension[] {
  const path = supply ? 'Utlevering/ReseptDokHandelsvare' : 'Utlevering/ReseptDokLegemiddel'
  const kept = (element: string, value: Extension): Extension => ({
    url: extensionUrls.element,
    extension: [{ url: 'path', valueString: `${path}/${element}` }, value],
  })
  const coded = [
    ['BytteresRekvirent', conceptOf(drug?.substitutionAllowed, 1101)],
    ['RefHjemmel', conceptOf((drug ?? supply)?.reimbursementBasis, 7427)],
    ['RefKode', conceptOf(drug?.reimbursementCode, 7434)],
  ] as const
  return [
    ...(drug?.repeats === undefined ? [] : [kept('Reiterasjon', { url: 'value', valueString: String(drug.repeats) })]),
    ...coded.flatMap(([element, concept]) => (concept ? [kept(element, { url: 'value', valueCodeableConcept: concept })] : [])),
  ]
}

function cancellationOf(sent: Sent<Report>, dispensing: Utlevering): Communication {
  const { cancelledId, prescriptionId } = dispensing
  const valueIdentifier = cancelledId === undefined ? undefined : identifierOf(M10_ID, cancelledId)
  const resource = communicationOf(sent, {
    category: sent.message.kind,
    prescriptionId,
    extension: [{ url: extensionUrls.cancels, ...(valueIdentifier ? { valueIdentifier } : { valueBoolean: true }) }],
    isWhole: true,
  })
  return withIssues(resource, [
    ...(cancelledId === undefined ? [flag('cancellation-names-nothing', 'Utlevering/AnnulleringsId')] : []),
    ...(prescriptionId === undefined ? [flag('prescription-not-named', 'Utlevering/ReseptId')] : []),
  ])
}
