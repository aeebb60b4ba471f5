/**
 * What the profiles of the International Patient Summary require and a record need not have, by type of resource: stated as not known, as
 * "Empty Sections & Missing Data" says (https://hl7.org/fhir/uv/ips/2.0.1/Empty-Sections-and-Missing-Data.html). The record itself is
 * served without it.
 */
import type { Observation, Patient, Resource, Specimen } from '@medplum/fhirtypes'

const ABSENT = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason'
const ABSENT_CODES = 'http://terminology.hl7.org/CodeSystem/data-absent-reason'
const CATEGORY = 'http://terminology.hl7.org/CodeSystem/observation-category'

const unknown = { extension: [{ url: ABSENT, valueCode: 'unknown' }] }
const unknownConcept = { coding: [{ system: ABSENT_CODES, code: 'unknown', display: 'Unknown' }] }

export type ObservationCategory = 'laboratory' | 'imaging' | 'vital-signs' | 'survey'
const categoryNames: Readonly<Record<ObservationCategory, string>> = {
  laboratory: 'Laboratory',
  imaging: 'Imaging',
  'vital-signs': 'Vital Signs',
  survey: 'Survey',
}

/** The resource with what its profile requires. `category`: of an Observation that states none of this code system. */
export function inIps<R extends Resource>(resource: R, category?: ObservationCategory): R {
  if (resource.resourceType === 'Observation') return observationInIps(resource as Observation, category) as R
  if (resource.resourceType === 'Patient') return patientInIps(resource as Patient) as R
  if (resource.resourceType === 'Specimen' && !(resource as Specimen).type) return { ...resource, type: unknownConcept }
  if (resource.resourceType === 'Procedure' && !Object.keys(resource).some((name) => /^_?performed[A-Z]/.test(name)))
    return { ...resource, _performedDateTime: unknown }
  if (resource.resourceType === 'DeviceUseStatement' && !Object.keys(resource).some((name) => /^_?timing[A-Z]/.test(name)))
    return { ...resource, _timingDateTime: unknown }
  if (resource.resourceType === 'MedicationStatement' && !Object.keys(resource).some((name) => /^_?effective[A-Z]/.test(name)))
    return { ...resource, _effectiveDateTime: unknown }
  return resource
}

function observationInIps(observation: Observation, category: ObservationCategory | undefined): Observation {
  const { category: own = [], performer, hasMember, component, dataAbsentReason } = observation
  const hasValue = Object.keys(observation).some((name) => /^value[A-Z]/.test(name))
  const isNamed = own.some(({ coding = [] }) => coding.some(({ system, code }) => system === CATEGORY && code === category))
  const named =
    category === undefined || isNamed ? own : [...own, { coding: [{ system: CATEGORY, code: category, display: categoryNames[category] }] }]
  const isEmpty = !hasValue && !dataAbsentReason && !hasMember?.length && !component?.length
  return {
    ...observation,
    ...(named.length > 0 ? { category: named } : {}),
    ...(performer?.length ? {} : { performer: [unknown] }),
    ...(isEmpty ? { dataAbsentReason: unknownConcept } : {}),
    ...(component
      ? {
          component: component.map((part) =>
            part.dataAbsentReason || Object.keys(part).some((name) => /^value[A-Z]/.test(name))
              ? part
              : { ...part, dataAbsentReason: unknownConcept },
          ),
        }
      : {}),
  }
}

function patientInIps(patient: Patient): Patient {
  return {
    ...patient,
    ...(patient.name?.length ? {} : { name: [{ _text: unknown } as object] }),
    ...(patient.birthDate ? {} : { _birthDate: unknown }),
  }
}
