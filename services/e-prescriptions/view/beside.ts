/** What the medication list shows of the prescriptions that the panel has loaded. */
import type { BesidePrescription, BesidePrescriptions } from '@helsevev/clinical/medicines/beside'
import type { EPrescriptionsData, ShownPrescription } from './panel-data.ts'

export function besideOf({ prescriptions, asked, lockedExist }: EPrescriptionsData): BesidePrescriptions {
  return {
    prescriptions: prescriptions.map(besideOne),
    ...(asked === undefined ? {} : { asked }),
    ...(lockedExist === undefined ? {} : { lockedExist }),
  }
}

function besideOne(one: ShownPrescription): BesidePrescription {
  const { number, codes, standing, state, isLocked, dispensings, controllers } = one
  const { drug, use, previous, next, dose, prescriber, authored, earliest, validUntil, left } = one
  const last = dispensings.find(({ isCancelled }) => !isCancelled)
  const optional = { drug, use, previous, next, dose, prescriber, authored, earliest, validUntil, left }
  return {
    number,
    codes,
    isOpen: standing === 'open',
    isAtPharmacy: state === 'U',
    ...(state === 'B' ? { awaitsApproval: true } : {}),
    isLocked,
    controllers: controllers.map(({ name }) => name) as [string, ...string[]],
    ...(last ? { dispensed: { time: last.time, ...(last.pharmacy ? { pharmacy: last.pharmacy } : {}) } } : {}),
    ...(Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)) as Partial<BesidePrescription>),
  }
}
