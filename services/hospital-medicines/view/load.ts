/** Fetches what was given to the open patient in hospital, as plain JSON. Runs on the portal's server. */

import { decimalText } from '@helsevev/kernel/values/json'
import { type Controller, controllerOf, controllersIn } from '@helsevev/panel/controllers.ts'
import { defineLoader } from '@helsevev/panel/loader.ts'
import { placeless, without } from '@helsevev/panel/places.ts'
import type { Bundle, Encounter, MedicationAdministration, MedicationRequest, Quantity } from '@medplum/fhirtypes'
import { containedIn, type Given, namesOf, wordsOf } from '../fhir/medicine.ts'
import { extensionUrls } from '../fhir/systems.ts'
import type { Amount, HospitalMedicinesData, ShownDose, ShownMedicine } from './panel-data.ts'

const SERVICE = 'hospital-medicines'
/** A stay has some tens of doses a day: the panel is about the last ones. */
const COUNT = '100'

export const loader = defineLoader<HospitalMedicinesData>({
  service: SERVICE,
  async fetch(api) {
    const found = async (type: string) => await api.search(SERVICE, type, { _count: COUNT })
    const [status, given, orders] = await Promise.all([
      api.operation(SERVICE, 'status'),
      found('MedicationAdministration'),
      found('MedicationRequest'),
    ])
    const data = dataOf(given, orders, controllersIn(status))
    return { data: data.medicines.length > 0 ? data : undefined, searched: [given, orders] }
  },
  withoutPlaces: ({ medicines, more }) => ({
    more,
    medicines: medicines.map((one) => ({
      ...one,
      doses: one.doses.map((dose) => ({ ...without(dose, 'place'), controller: placeless(dose.controller) })),
    })),
  }),
})

export function dataOf(given: Bundle, ordered: Bundle, controllers: readonly Controller[]): HospitalMedicinesData {
  const orders = new Map(resourcesIn<MedicationRequest>(ordered, 'MedicationRequest').map((one) => [`MedicationRequest/${one.id}`, one]))
  const medicines = new Map<string, ShownMedicine>()
  for (const one of resourcesIn<MedicationAdministration>(given, 'MedicationAdministration').sort(newestFirst)) {
    const order = orders.get(one.request?.reference ?? '')
    const medicine = medicineOf(one, order)
    const key = JSON.stringify([medicine.name, medicine.ingredients, medicine.regimen])
    const known = medicines.get(key) ?? medicine
    medicines.set(key, { ...known, isTrial: known.isTrial || medicine.isTrial, doses: [...known.doses, doseOf(one, controllers)] })
  }
  return { medicines: [...medicines.values()], more: given.link?.some(({ relation }) => relation === 'next') ?? false }
}

function resourcesIn<T extends Given>(bundle: Bundle, type: T['resourceType']): T[] {
  return (bundle.entry ?? []).flatMap(({ resource }) => (resource?.resourceType === type ? [resource as T] : []))
}

function newestFirst(one: MedicationAdministration, other: MedicationAdministration): number {
  return Date.parse(timeOf(other)) - Date.parse(timeOf(one)) || ((one.id ?? '') < (other.id ?? '') ? -1 : 1)
}

function timeOf({ effectiveDateTime, effectivePeriod }: MedicationAdministration): string {
  return effectiveDateTime ?? effectivePeriod?.start ?? ''
}

function medicineOf(one: MedicationAdministration, order: MedicationRequest | undefined): ShownMedicine {
  const { name, ingredients } = namesOf(one)
  const stated = [...(one.extension ?? []), ...(order?.extension ?? [])]
  const regimen = stated.find(({ url }) => url === extensionUrls.regimen)?.valueString
  return {
    id: one.id ?? '',
    ...(name === undefined ? {} : { name }),
    ingredients: ingredients.map((each) => {
      const [of, per] = [amountOf(each.strength?.numerator), amountOf(each.strength?.denominator)]
      return { name: each.name, ...(of && per ? { strength: [of, per] as [Amount, Amount] } : {}) }
    }),
    ...(regimen === undefined ? {} : { regimen }),
    isTrial: stated.some(({ url, valueBoolean }) => url === extensionUrls.clinicalTrial && valueBoolean),
    doses: [],
  }
}

function doseOf(one: MedicationAdministration, controllers: readonly Controller[]): ShownDose {
  const [amount, route, place, reason] = [amountOf(one.dosage?.dose), wordsOf(one.dosage?.route), placeOf(one), reasonOf(one)]
  const until = one.effectivePeriod?.end
  const reported = one.meta?.lastUpdated
  return {
    id: one.id ?? '',
    time: timeOf(one),
    ...(until === undefined ? {} : { until }),
    ...(amount ? { amount } : {}),
    ...(route === undefined ? {} : { route }),
    ...(place === undefined ? {} : { place }),
    ...(reason === undefined ? {} : { reason }),
    isByPatient: one.category?.coding?.some(({ code }) => code === 'community') ?? false,
    isError: one.status === 'entered-in-error',
    ...(reported === undefined ? {} : { reported }),
    controller: controllerOf(one, controllers),
  }
}

function amountOf(quantity: Quantity | undefined): Amount | undefined {
  const value = quantity && decimalText(quantity, 'value')
  return value === undefined ? undefined : { value, unit: quantity?.unit ?? quantity?.code ?? '' }
}

function placeOf(one: MedicationAdministration): string | undefined {
  const stay = containedIn(one, one.context?.reference) as Encounter | undefined
  const unit = containedIn(one, stay?.serviceProvider?.reference)
  return unit?.resourceType === 'Organization' ? unit.name : stay?.serviceProvider?.display
}

function reasonOf(one: MedicationAdministration): string | undefined {
  const named = (one.reasonReference ?? []).flatMap((reference) => {
    const diagnosis = containedIn(one, reference.reference)
    return diagnosis?.resourceType === 'Condition' ? (wordsOf(diagnosis.code) ?? []) : (reference.display ?? [])
  })
  const coded = (one.reasonCode ?? []).flatMap((concept) => wordsOf(concept) ?? [])
  return [...named, ...coded].join(', ') || undefined
}
