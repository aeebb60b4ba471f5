/**
 * Made-up people who show the rules about families, guardians and patients' choices (docs/run/test-people.md). Ages are those on
 * 22 November 2026.
 */

import { bergen, bodo, oslo, stavanger } from './organizations.ts'
import type { Named } from './seed-patient.ts'

/** Marks of registered addresses: the same for those who live together. */
export const shown: readonly Named[] = [
  // The mother lives with four children; the father has parental responsibility and another address.
  { id: 'hanne', name: ['Hanne', 'Vik'], gender: 'female', birthDate: '1987-09-14', home: bergen, offset: 80, residence: 'vik' },
  { id: 'tor', name: ['Tor', 'Vik'], gender: 'male', birthDate: '1985-01-27', home: bergen, offset: 65, residence: 'tor-vik' },
  { id: 'oda', name: ['Oda', 'Vik'], gender: 'female', birthDate: '2021-05-18', home: bergen, offset: 80, residence: 'vik' },
  { id: 'jakob', name: ['Jakob', 'Vik'], gender: 'male', birthDate: '2015-03-11', home: bergen, offset: 65, residence: 'vik' },
  { id: 'selma', name: ['Selma', 'Vik'], gender: 'female', birthDate: '2014-06-20', home: bergen, offset: 80, residence: 'vik' },
  { id: 'ella', name: ['Ella', 'Vik'], gender: 'female', birthDate: '2012-02-09', home: bergen, offset: 65, residence: 'vik' },
  // 15 without parental consent, 16, and 17 without capacity to consent.
  { id: 'kristin', name: ['Kristin', 'Moen'], gender: 'female', birthDate: '1979-04-05', home: bodo, offset: 80, residence: 'moen' },
  { id: 'sander', name: ['Sander', 'Moen'], gender: 'male', birthDate: '2011-04-30', home: bodo, offset: 80, residence: 'moen' },
  { id: 'thea', name: ['Thea', 'Moen'], gender: 'female', birthDate: '2010-08-12', home: bodo, offset: 65, residence: 'moen' },
  { id: 'marius', name: ['Marius', 'Moen'], gender: 'male', birthDate: '2009-10-03', home: bodo, offset: 80, residence: 'moen' },
  // Neither parent is registered where the child lives.
  { id: 'trond', name: ['Trond', 'Aas'], gender: 'male', birthDate: '1983-12-01', home: stavanger, offset: 65, residence: 'trond-aas' },
  {
    id: 'lukas',
    name: ['Lukas', 'Aas'],
    gender: 'male',
    birthDate: '2018-03-06',
    home: stavanger,
    offset: 80,
    residence: 'grandparents-aas',
  },
  // The mother's access rests while the foster mother's grant is in force.
  { id: 'cathrine', name: ['Cathrine', 'Ness'], gender: 'female', birthDate: '1990-11-08', home: oslo, offset: 80, residence: 'ness' },
  { id: 'grete', name: ['Grete', 'Holm'], gender: 'female', birthDate: '1975-02-17', home: oslo, offset: 65, residence: 'holm' },
  { id: 'milla', name: ['Milla', 'Ness'], gender: 'female', birthDate: '2019-07-23', home: oslo, offset: 80, residence: 'holm' },
  // A guardian for personal interests, and one for money only.
  { id: 'asbjorn', name: ['Asbjørn', 'Fossum'], gender: 'male', birthDate: '1968-05-02', home: bergen, offset: 65 },
  { id: 'bodil', name: ['Bodil', 'Krogh'], gender: 'female', birthDate: '1970-03-30', home: bergen, offset: 80 },
  { id: 'rolf', name: ['Rolf', 'Sande'], gender: 'male', birthDate: '1966-06-16', home: bergen, offset: 80 },
  // Powers of attorney: the daughter's covers digital health services, the son's does not.
  { id: 'gerd', name: ['Gerd', 'Lindberg'], gender: 'female', birthDate: '1940-01-19', home: oslo, offset: 80 },
  { id: 'siri', name: ['Siri', 'Lindberg'], gender: 'female', birthDate: '1969-08-25', home: oslo, offset: 65 },
  { id: 'odd', name: ['Odd', 'Lindberg'], gender: 'male', birthDate: '1972-12-11', home: oslo, offset: 80 },
  // Strictly confidential address: she represents nobody and nobody represents her child.
  {
    id: 'nadia',
    name: ['Nadia', 'Rahimi'],
    gender: 'female',
    birthDate: '1991-07-07',
    home: oslo,
    offset: 80,
    residence: 'rahimi',
    addressConfidentiality: 'StrictlyConfidential',
  },
  {
    id: 'yusuf',
    name: ['Yusuf', 'Rahimi'],
    gender: 'male',
    birthDate: '2020-09-13',
    home: oslo,
    offset: 65,
    residence: 'rahimi',
    addressConfidentiality: 'StrictlyConfidential',
  },
  // Patients who have decided something.
  { id: 'ragnhild', name: ['Ragnhild', 'Eide'], gender: 'female', birthDate: '1953-10-24', home: bergen, offset: 65 },
  { id: 'torbjorn', name: ['Torbjørn', 'Hauge'], gender: 'male', birthDate: '1961-02-03', home: bergen, offset: 80 },
  { id: 'vigdis', name: ['Vigdis', 'Mo'], gender: 'female', birthDate: '1957-08-08', home: bergen, offset: 65 },
  { id: 'leif', name: ['Leif', 'Sunde'], gender: 'male', birthDate: '1949-04-17', home: bergen, offset: 80 },
  // Receive home care from the private provider.
  { id: 'solveig', name: ['Solveig', 'Brekke'], gender: 'female', birthDate: '1943-05-05', home: oslo, offset: 80 },
  { id: 'arvid', name: ['Arvid', 'Tveter'], gender: 'male', birthDate: '1939-12-24', home: oslo, offset: 65 },
  { id: 'mona', name: ['Mona', 'Skaar'], gender: 'female', birthDate: '1951-03-03', home: oslo, offset: 80 },
  // Who somebody may be curious about: known from television, and one who lives with a nurse.
  { id: 'linnea', name: ['Linnea', 'Stjernholm'], gender: 'female', birthDate: '1988-06-29', home: bergen, offset: 80 },
  { id: 'sigurd', name: ['Sigurd', 'Solheim'], gender: 'male', birthDate: '1984-11-30', home: bergen, offset: 65, residence: 'solheim' },
]

export interface SeedRepresentation {
  /** Ids of seeded patients. */
  patient: string
  representative: string
  kind: 'parental-responsibility' | 'parental-consent' | 'foster-parent' | 'guardian' | 'power-of-attorney' | 'without-capacity'
  /** Service areas of a power of attorney, or the scope of a guardian. */
  areas: string[]
  from: string
  until?: string
  source: string
}

const register = 'Folkeregisteret (oppdiktet)'

function parent(patient: string, representative: string): SeedRepresentation {
  const from = shown.find(({ id }) => id === patient)?.birthDate ?? ''
  return { patient, representative, kind: 'parental-responsibility', areas: [], from, source: register }
}

function guardian(patient: string, representative: string, scope: string): SeedRepresentation {
  const source = 'Statsforvalteren i Vestland (oppdiktet)'
  return { patient, representative, kind: 'guardian', areas: [scope], from: '2021-03-01', source }
}

function powerOfAttorney(patient: string, representative: string, area: string): SeedRepresentation {
  return { patient, representative, kind: 'power-of-attorney', areas: [area], from: '2025-02-01', source: 'Fullmakt (oppdiktet)' }
}

export const representations: readonly SeedRepresentation[] = [
  ...['oda', 'jakob', 'selma', 'ella'].flatMap((child) => [parent(child, 'hanne'), parent(child, 'tor')]),
  { patient: 'ella', representative: 'hanne', kind: 'parental-consent', areas: [], from: '2025-03-01', source: 'Samtykke (oppdiktet)' },
  ...['sander', 'thea', 'marius'].map((child) => parent(child, 'kristin')),
  // Until the day he turns 18.
  {
    patient: 'marius',
    representative: 'kristin',
    kind: 'without-capacity',
    areas: [],
    from: '2025-10-10',
    until: '2027-10-03',
    source: 'Erklæring fra lege (oppdiktet)',
  },
  parent('lukas', 'trond'),
  parent('milla', 'cathrine'),
  {
    patient: 'milla',
    representative: 'grete',
    kind: 'foster-parent',
    areas: [],
    from: '2025-08-01',
    until: '2028-08-01',
    source: 'Barneverntjenesten i Oslo (oppdiktet)',
  },
  guardian('asbjorn', 'bodil', 'PersonalAndFinancialInterests'),
  guardian('asbjorn', 'rolf', 'FinancialInterests'),
  powerOfAttorney('gerd', 'siri', '3'),
  powerOfAttorney('gerd', 'odd', '1'),
  parent('yusuf', 'nadia'),
]

/** Citizens who sign in, and as what the sign-in page presents them. */
export const citizens: Readonly<Record<string, string>> = {
  liv: 'innbygger',
  astrid: 'innbygger med opplysninger fra fire dataansvarlige',
  hanne: 'innbygger, mor til barn på 5, 11, 12 og 14 år',
  tor: 'innbygger, far med foreldreansvar og annen adresse',
  ella: 'innbygger, 14 år med samtykke fra mor',
  sander: 'innbygger, 15 år uten samtykke',
  thea: 'innbygger, 16 år',
  kristin: 'innbygger, mor til ungdommer på 15, 16 og 17 år',
  trond: 'innbygger, far til barn på 8 år som ingen forelder bor sammen med',
  cathrine: 'innbygger, mor til barn på 7 år i fosterhjem',
  grete: 'innbygger, fostermor med tillatelse fra barnevernet',
  bodil: 'innbygger, verge i personlige forhold',
  rolf: 'innbygger, verge i økonomiske forhold',
  siri: 'innbygger, datter med fullmakt for digitale helsetjenester',
  odd: 'innbygger, sønn med fullmakt for et annet område',
  nadia: 'innbygger med strengt fortrolig adresse, mor til barn på 6 år',
  ragnhild: 'innbygger som har reservert seg mot NEWS2',
  torbjorn: 'innbygger som har sperret opplysninger fra Helse Vest',
  vigdis: 'innbygger som har blokkert en sykepleier',
  leif: 'innbygger som har sperret og gitt samtykke',
}

/** Known from television: each look-up is controlled. */
export const watched = [{ patient: 'linnea', reason: 'Kjent fra fjernsynet (oppdiktet)' }] as const
