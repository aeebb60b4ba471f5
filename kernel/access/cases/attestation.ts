/** The attestation that a case describes: correct in everything that the case leaves out. */

import { HPR_SYSTEM, ORGANIZATION_SYSTEM } from '../../codes/systems.ts'
import type { Attestation, Coded, Identified } from '../../identity/attestation.ts'
import { identityNumberSystems, makeIdentityNumber } from '../../values/identity-number.ts'
import { instant } from './times.ts'
import { meaning, meanings, text } from './unknown-word.ts'
import type { Statements } from './usual.ts'
import { organizations, practitioners, purposeWords, roles, units, yesOrNo } from './vocabulary.ts'

const anotherNumber = makeIdentityNumber({ birthDate: '1975-03-02', offset: 65, series: 2 })

/** Elements that an attestation can lack, in the words of a case. */
const elements = {
  'who she is': 'identifier',
  'the authorisation': 'authorization',
  'the legal entity': 'legalEntity',
  'the point of care': 'pointOfCare',
  'the service and the details': 'service',
  'the purpose': 'purpose',
  'the decision': 'decision',
  'the patient': 'patient',
  'the time': 'time',
} as const

interface About {
  now: Date
  /** Undefined for a case officer, who has no authorisation. */
  role: string | undefined
  readerNumber: string
  patientNumber: string
}

export function attestationOf(stated: Statements, { now, role, readerNumber, patientNumber }: About): Attestation {
  const lacking = meanings(elements, stated['attestation lacks'], 'attestation lacks')
  const unless = <Value>(element: (typeof lacking)[number], value: Value) => (lacking.includes(element) ? undefined : value)
  const entity = meaning(organizations, stated['attests legal entity'], 'attests legal entity')
  const person = meaning({ 'who is signed in': readerNumber, 'somebody else': anotherNumber }, stated['attests as'], 'attests as')
  const hprNumbers = { 'her own': role && practitioners['who asks'], "somebody else's": practitioners['another practitioner'], none: null }
  const hprNumber = meaning(hprNumbers, stated['attests HPR number'], 'attests HPR number')
  const authorization =
    stated['attests authorisation'] === 'her own' ? role : meaning(roles, stated['attests authorisation'], 'attests authorisation')
  const about = meaning({ 'the service': 's', 'the details': 'd', both: 'sd' }, stated['attests about'], 'attests about')
  const purpose = meaning({ ...purposeWords, research: undefined }, stated.purpose, 'purpose')
  const reason = text(stated.reason, 'reason')
  const number = stated['attests patient'] === 'the patient' ? patientNumber : anotherNumber
  return {
    toa: unless('time', instant(text(stated.attested, 'attested'), now.getTime()) / 1000),
    practitioner: {
      identifier: unless('identifier', identified(person, identityNumberSystems.FNR)),
      hprNumber: hprNumber ? identified(hprNumber, HPR_SYSTEM) : undefined,
      authorization: unless('authorization', authorization === undefined ? undefined : coded(authorization)),
      legalEntity: unless('legalEntity', identified(entity, ORGANIZATION_SYSTEM)),
      pointOfCare: unless('pointOfCare', identified(meaning(units, stated['attests place'], 'attests place'), ORGANIZATION_SYSTEM)),
      department: undefined,
    },
    careRelation: {
      healthcareService: about.includes('s') ? unless('service', coded('KX17')) : undefined,
      purposeOfUse: unless('purpose', coded(purpose ?? 'HRESCH')),
      purpose: unless('purpose', purpose),
      purposeOfUseDetails: about.includes('d') ? unless('service', coded('BEHANDLER')) : undefined,
      decisionRef: unless('decision', {
        id: 'decision-1',
        description: reason === 'none' ? undefined : reason,
        userSelected: meaning({ ...yesOrNo, 'not stated': undefined }, stated['chosen by the practitioner'], 'chosen by the practitioner'),
      }),
    },
    patient: unless('patient', {
      identifier: identified(number, identityNumberSystems.FNR),
      pointOfCare: undefined,
      department: undefined,
    }),
    unknownMembers: [],
  }
}

function identified(id: string, system: string): Identified {
  return { id, system, name: undefined }
}

function coded(code: string): Coded {
  return { code, system: undefined, text: undefined }
}
