/** Health personnel and others who work with patients: who they are, what they are authorised as, and where they work. */

import { makeIdentityNumber } from '@helsevev/kernel/values/identity-number'
import { controllerStaff } from './controllers.ts'
import { bergen, bodo, helseNord, helseVest, omsorgOst, oslo, sandvikaLegesenter, stavanger } from './organizations.ts'
import type { SeedStaff } from './seed-staff.ts'

/** HPR numbers of nine digits belong to no person today. */
const all: readonly Omit<SeedStaff, 'pid'>[] = [
  {
    id: 'nurse-bergen',
    name: ['Ingrid', 'Solheim'],
    born: '1985-02-11',
    gender: 'female',
    hprNumber: '990000011',
    authorizations: [{ code: 'SP', from: '2008-06-20' }],
    specialties: [],
    role: 'sykepleier, Bergen legevakt',
    employers: [bergen],
    residence: 'solheim',
  },
  {
    id: 'nurse-oslo',
    name: ['Fatima', 'Hussain'],
    born: '1990-06-24',
    gender: 'female',
    hprNumber: '990000022',
    authorizations: [{ code: 'SP', from: '2013-06-21' }],
    specialties: [],
    role: 'sykepleier, hjemmetjenesten i Oslo',
    employers: [oslo],
  },
  {
    id: 'gp-barum',
    name: ['Henrik', 'Lie'],
    born: '1972-10-03',
    gender: 'male',
    hprNumber: '990000033',
    authorizations: [{ code: 'LE', from: '1999-07-01' }],
    specialties: [{ code: '1', from: '2006-01-16' }],
    prescribingFrom: '1999-07-01',
    role: 'fastlege, Sandvika legesenter',
    employers: [sandvikaLegesenter],
  },
  {
    id: 'doctor-helse-nord',
    name: ['Sunniva', 'Hætta'],
    born: '1981-12-19',
    gender: 'female',
    hprNumber: '990000044',
    authorizations: [{ code: 'LE', from: '2009-02-02' }],
    specialties: [{ code: '190', from: '2017-05-10' }],
    prescribingFrom: '2009-02-02',
    role: 'sykehuslege, Nordlandssykehuset',
    employers: [helseNord],
  },
  {
    id: 'nurse-bodo',
    name: ['Jonas', 'Berntsen'],
    born: '1988-04-08',
    gender: 'male',
    hprNumber: '990000055',
    // Worked on a licence as a nursing assistant while he studied.
    authorizations: [
      { code: 'HF', from: '2007-08-01', until: '2011-06-17' },
      { code: 'SP', from: '2011-06-17' },
    ],
    specialties: [],
    role: 'sykepleier i Bodø kommune og ved Nordlandssykehuset',
    employers: [bodo, helseNord],
  },
  {
    id: 'nurse-private',
    name: ['Agnieszka', 'Nowak'],
    born: '1983-05-22',
    gender: 'female',
    hprNumber: '990000066',
    authorizations: [{ code: 'SP', from: '2012-10-01' }],
    specialties: [],
    role: 'sykepleier i Omsorg Øst, som gir hjemmetjenester for Oslo',
    employers: [omsorgOst],
  },
  {
    id: 'nurse-revoked',
    name: ['Stian', 'Hovland'],
    born: '1979-09-06',
    gender: 'male',
    hprNumber: '990000077',
    authorizations: [{ code: 'SP', from: '2003-06-19', until: '2025-06-30' }],
    specialties: [],
    role: 'tidligere sykepleier uten gyldig autorisasjon, Bergen kommune',
    employers: [bergen],
  },
  {
    id: 'psychologist-helse-nord',
    name: ['Eline', 'Johnskareng'],
    born: '1987-03-15',
    gender: 'female',
    hprNumber: '990000088',
    authorizations: [{ code: 'PS', from: '2013-01-14' }],
    specialties: [],
    role: 'psykolog, Nordlandssykehuset',
    employers: [helseNord],
  },
  {
    id: 'nurse-stavanger',
    name: ['Marianne', 'Egeland'],
    born: '1986-01-19',
    gender: 'female',
    hprNumber: '990000112',
    authorizations: [{ code: 'SP', from: '2009-06-19' }],
    specialties: [],
    role: 'sykepleier, Stavanger legevakt',
    employers: [stavanger],
  },
  {
    id: 'doctor-helse-vest',
    name: ['Håkon', 'Lothe'],
    born: '1978-05-27',
    gender: 'male',
    hprNumber: '990000123',
    authorizations: [{ code: 'LE', from: '2005-02-01' }],
    specialties: [{ code: '190', from: '2014-09-01' }],
    prescribingFrom: '2005-02-01',
    role: 'sykehuslege, Haukeland universitetssjukehus',
    employers: [helseVest],
  },
  {
    id: 'caseworker-oslo',
    name: ['Tone', 'Bråthen'],
    born: '1976-08-30',
    gender: 'female',
    authorizations: [],
    specialties: [],
    role: 'saksbehandler uten HPR-nummer, Oslo kommune',
    employers: [oslo],
  },
]

export const staff: readonly SeedStaff[] = [...all, ...controllerStaff].map((one) => ({
  ...one,
  pid: makeIdentityNumber({ birthDate: one.born, gender: one.gender, offset: 65, series: 40 }),
}))

export interface SeedPractitionerRole {
  hprNumber: string
  organization: string
  /** Category of health personnel, as Volven 9060 names it. */
  role: string
}

const categories: Record<string, string> = { LE: 'Lege', SP: 'Sykepleier', PS: 'Psykolog' }

export const practitionerRoles: readonly SeedPractitionerRole[] = staff.flatMap(({ hprNumber, authorizations, employers }) => {
  const role = categories[authorizations.at(-1)?.code ?? '']
  return hprNumber && role ? employers.map(({ number }) => ({ hprNumber, organization: number, role })) : []
})
