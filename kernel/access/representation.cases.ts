/**
 * The rules of representation as given and expected, row by row, in the words of the table in docs/decisions/0014-representation.md. What a
 * row leaves out is as in `ordinary` of representation.test.ts: nothing registered, no protected address, a service open to parents of
 * children under 12, guardians, foster parents and youths with consent. Unless a row gives a time, it is noon of 15 January 2026 in Norway.
 */
export interface Case {
  what: string
  /** Birth date of the patient. */
  born?: string | undefined
  isSelf?: boolean
  /** Birth date of the person who acts. */
  actorBorn?: string | undefined
  /** `kind`, then `areas`, `from`, `until` and `ended` as ISO days or instants. */
  relations?: Registered[]
  consents?: Omit<Registered, 'kind'>[]
  sameAddress?: boolean
  fosterGrant?: boolean
  address?: 'ClientAddress' | 'Confidential' | 'StrictlyConfidential'
  patientAddress?: 'ClientAddress' | 'Confidential' | 'StrictlyConfidential'
  died?: boolean
  service?: Partial<{
    area: string
    parentsOfUnder12: boolean
    parentsOf12To15: boolean
    youth: 'never' | 'with-parental-consent'
    guardian: boolean
    fosterParents: boolean
  }>
  now?: string
  expect: string
}

export interface Registered {
  kind: 'parental-responsibility' | 'parental-consent' | 'foster-parent' | 'guardian' | 'power-of-attorney' | 'without-capacity'
  areas?: string[]
  from?: string
  until?: string
  ended?: string
}

const parent: Registered = { kind: 'parental-responsibility' }
const foster: Registered = { kind: 'foster-parent', until: '2027-01-01' }
const guardian: Registered = { kind: 'guardian', areas: ['PersonalInterests'] }
const attorney: Registered = { kind: 'power-of-attorney', areas: ['3'] }
const incapable: Registered = { kind: 'without-capacity' }

/** The birth date of a person who turns this age today, and the one of a person who turns it tomorrow. */
const turns = (age: number) => `${2026 - age}-01-15`
const turnsTomorrow = (age: number) => `${2026 - age}-01-16`

// biome-ignore format: a table, one row to a line
export const cases: Record<string, Case[]> = {
  'oneself': [
    { what: 'at 12',                                          isSelf: true, born: turns(12),         consents: [{}],                              expect: 'too-young' },
    { what: 'the day before 13, with consent',                isSelf: true, born: turnsTomorrow(13), consents: [{}],                              expect: 'too-young' },
    { what: 'on the day of 13, with consent',                 isSelf: true, born: turns(13),         consents: [{}],                              expect: 'youth PATRQT' },
    { what: 'on the day of 13, without consent',              isSelf: true, born: turns(13),                                                      expect: 'too-young' },
    { what: 'the day before 16, with consent',                isSelf: true, born: turnsTomorrow(16), consents: [{}],                              expect: 'youth PATRQT' },
    { what: 'the day before 16, without consent',             isSelf: true, born: turnsTomorrow(16),                                              expect: 'too-young' },
    { what: 'on the day of 16',                               isSelf: true, born: turns(16),                                                      expect: 'self PATRQT' },
    { what: 'on the day of 16, where youths never sign in',   isSelf: true, born: turns(16), service: { youth: 'never' },                         expect: 'self PATRQT' },
    { what: 'at 14, where youths never sign in',              isSelf: true, born: turns(14), service: { youth: 'never' }, consents: [{}],         expect: 'too-young' },
    { what: 'at 14, the consent ended a moment ago',          isSelf: true, born: turns(14), consents: [{ ended: '2026-01-15T12:00:00+01:00' }],   expect: 'too-young' },
    { what: 'at 14, the consent ends in a moment',            isSelf: true, born: turns(14), consents: [{ ended: '2026-01-15T12:00:01+01:00' }],   expect: 'youth PATRQT' },
    { what: 'at 14, the consent begins now',                  isSelf: true, born: turns(14), consents: [{ from: '2026-01-15T12:00:00+01:00' }],    expect: 'youth PATRQT' },
    { what: 'at 14, the consent begins in a moment',          isSelf: true, born: turns(14), consents: [{ from: '2026-01-15T12:00:01+01:00' }],    expect: 'too-young' },
    { what: 'at 14, the consent holds until now',             isSelf: true, born: turns(14), consents: [{ until: '2026-01-15T12:00:00+01:00' }],   expect: 'too-young' },
    { what: 'at 14, one parent withdrew, the other did not',  isSelf: true, born: turns(14), consents: [{ ended: '2025-12-01' }, {}],              expect: 'youth PATRQT' },
    { what: 'at 40, with a secret address',                   isSelf: true, born: turns(40), address: 'StrictlyConfidential', patientAddress: 'StrictlyConfidential', expect: 'self PATRQT' },
    { what: 'at 14 with consent and a secret address',        isSelf: true, born: turns(14), consents: [{}], address: 'Confidential', patientAddress: 'Confidential',  expect: 'youth PATRQT' },
    { what: 'without a birth date in the register',           isSelf: true, born: undefined,                                                      expect: 'too-young' },
    { what: 'not born yet',                                   isSelf: true, born: '2026-01-16', consents: [{}],                                   expect: 'too-young' },
    { what: 'at 14, a relation to oneself opens nothing',     isSelf: true, born: turns(14), relations: [parent, guardian, attorney], sameAddress: true, expect: 'too-young' },
  ],
  'parents': [
    { what: 'of a newborn, at the same address',              born: '2026-01-15',      relations: [parent], sameAddress: true,                       expect: 'parent FAMRQT' },
    { what: 'the day before 12, at the same address',         born: turnsTomorrow(12), relations: [parent], sameAddress: true,                       expect: 'parent FAMRQT' },
    { what: 'the day before 12, no parent at the address',    born: turnsTomorrow(12), relations: [parent],                                          expect: 'representation-missing' },
    { what: 'the day before 12, without responsibility',      born: turnsTomorrow(12),                      sameAddress: true,                       expect: 'representation-missing' },
    { what: 'the day before 12, the child is placed',         born: turnsTomorrow(12), relations: [parent], sameAddress: true, fosterGrant: true,    expect: 'representation-missing' },
    { what: 'the day before 12, not open to parents',         born: turnsTomorrow(12), relations: [parent], sameAddress: true, service: { parentsOfUnder12: false }, expect: 'representation-missing' },
    { what: 'on the day of 12',                               born: turns(12),         relations: [parent], sameAddress: true,                       expect: 'representation-missing' },
    { what: 'on the day of 12, open to parents of 12 to 15',  born: turns(12),         relations: [parent], sameAddress: true, service: { parentsOf12To15: true }, expect: 'parent FAMRQT' },
    { what: 'at 12, open to them and not to those of under 12', born: turns(12),       relations: [parent], sameAddress: true, service: { parentsOfUnder12: false, parentsOf12To15: true }, expect: 'parent FAMRQT' },
    { what: 'on the day of 13, open to parents of 12 to 15',  born: turns(13),         relations: [parent], sameAddress: true, service: { parentsOf12To15: true }, expect: 'parent FAMRQT' },
    { what: 'at 14, open to them, no parent at the address',  born: turns(14),         relations: [parent], service: { parentsOf12To15: true },      expect: 'representation-missing' },
    { what: 'at 14, open to them, the child is placed',       born: turns(14),         relations: [parent], sameAddress: true, fosterGrant: true, service: { parentsOf12To15: true }, expect: 'representation-missing' },
    { what: 'at 14, the youth has consent: it is not the parent\'s', born: turns(14),  relations: [parent, { kind: 'parental-consent' }], consents: [{}], sameAddress: true, expect: 'representation-missing' },
    { what: 'the day before 16, open to parents of 12 to 15', born: turnsTomorrow(16), relations: [parent], sameAddress: true, service: { parentsOf12To15: true }, expect: 'parent FAMRQT' },
    { what: 'on the day of 16, open to parents of 12 to 15',  born: turns(16),         relations: [parent], sameAddress: true, service: { parentsOf12To15: true }, expect: 'representation-missing' },
    { what: 'at 5, responsibility ended',                     born: turns(5), relations: [{ ...parent, ended: '2026-01-15T12:00:00+01:00' }], sameAddress: true, expect: 'representation-missing' },
    { what: 'at 5, responsibility ends in a moment',          born: turns(5), relations: [{ ...parent, ended: '2026-01-15T12:00:01+01:00' }], sameAddress: true, expect: 'parent FAMRQT' },
    { what: 'at 5, responsibility lost and given again',      born: turns(5), relations: [{ ...parent, ended: '2024-01-01' }, { ...parent, from: '2025-01-01' }], sameAddress: true, expect: 'parent FAMRQT' },
    { what: 'without a birth date in the register',           born: undefined, relations: [parent], sameAddress: true,                              expect: 'representation-missing' },
    { what: 'a parent without a birth date in the register',  born: turns(5), actorBorn: undefined, relations: [parent], sameAddress: true,          expect: 'parent FAMRQT' },
  ],
  'foster parents': [
    { what: 'the day before 12',                              born: turnsTomorrow(12), relations: [foster], fosterGrant: true,                       expect: 'foster-parent FAMRQT' },
    { what: 'on the day of 12',                               born: turns(12),         relations: [foster], fosterGrant: true,                       expect: 'representation-missing' },
    { what: 'at 12, open to parents of 12 to 15',             born: turns(12),         relations: [foster], fosterGrant: true, service: { parentsOf12To15: true }, expect: 'foster-parent FAMRQT' },
    { what: 'the day before 16, open to parents of 12 to 15', born: turnsTomorrow(16), relations: [foster], fosterGrant: true, service: { parentsOf12To15: true }, expect: 'foster-parent FAMRQT' },
    { what: 'on the day of 16, open to parents of 12 to 15',  born: turns(16),         relations: [foster], fosterGrant: true, service: { parentsOf12To15: true }, expect: 'representation-missing' },
    { what: 'at 5, not open to foster parents',               born: turns(5), relations: [foster], fosterGrant: true, service: { fosterParents: false }, expect: 'representation-missing' },
    { what: 'at 5, without a grant',                          born: turns(5),                                                                       expect: 'representation-missing' },
    { what: 'at 5, the grant holds until now',                born: turns(5), relations: [{ ...foster, until: '2026-01-15T12:00:00+01:00' }],       expect: 'representation-missing' },
    { what: 'at 5, the grant holds a moment more',            born: turns(5), relations: [{ ...foster, until: '2026-01-15T12:00:01+01:00' }],       expect: 'foster-parent FAMRQT' },
    { what: 'at 5, the grant begins in a moment',             born: turns(5), relations: [{ ...foster, from: '2026-01-15T12:00:01+01:00' }],        expect: 'representation-missing' },
    { what: 'at 5, the grant was ended',                      born: turns(5), relations: [{ ...foster, ended: '2026-01-14' }],                      expect: 'representation-missing' },
    { what: 'at 5, nobody need live at the child\'s address', born: turns(5), relations: [foster], fosterGrant: true, sameAddress: false,           expect: 'foster-parent FAMRQT' },
    { what: 'at 5, a parent who is foster parent too',        born: turns(5), relations: [parent, foster], fosterGrant: true, sameAddress: true,    expect: 'foster-parent FAMRQT' },
  ],
  'guardians': [
    { what: 'of a child of 5',                                born: turns(5),  relations: [guardian],                                               expect: 'guardian PWATRNY' },
    { what: 'of a youth of 14',                               born: turns(14), relations: [guardian],                                               expect: 'guardian PWATRNY' },
    { what: 'of somebody of 80',                              born: turns(80), relations: [guardian],                                               expect: 'guardian PWATRNY' },
    { what: 'with personal and financial interests',          born: turns(80), relations: [{ ...guardian, areas: ['PersonalAndFinancialInterests'] }], expect: 'guardian PWATRNY' },
    { what: 'with financial interests',                       born: turns(80), relations: [{ ...guardian, areas: ['FinancialInterests'] }],         expect: 'representation-missing' },
    { what: 'with the immigration case',                      born: turns(80), relations: [{ ...guardian, areas: ['ImmigrationPersonalAndFinancialInterests'] }], expect: 'representation-missing' },
    { what: 'with financial, and from somebody else personal, interests', born: turns(80), relations: [{ ...guardian, areas: ['FinancialInterests'] }, { ...guardian, from: '2025-01-01' }], expect: 'guardian PWATRNY' },
    { what: 'without a scope',                                born: turns(80), relations: [{ ...guardian, areas: [] }],                             expect: 'representation-missing' },
    { what: 'with the area of a power of attorney as scope',  born: turns(80), relations: [{ ...guardian, areas: ['3'] }],                          expect: 'representation-missing' },
    { what: 'not open to guardians',                          born: turns(80), relations: [guardian], service: { guardian: false },                 expect: 'representation-missing' },
    { what: 'the guardianship ended',                         born: turns(80), relations: [{ ...guardian, ended: '2026-01-15T12:00:00+01:00' }],    expect: 'representation-missing' },
    { what: 'without a birth date in the register',           born: undefined, relations: [guardian],                                               expect: 'representation-missing' },
  ],
  'powers of attorney': [
    { what: 'giver and receiver of age',                      born: turns(80), relations: [attorney],                                               expect: 'power-of-attorney PWATRNY' },
    { what: 'for other areas',                                born: turns(80), relations: [{ ...attorney, areas: ['1', '2', '33'] }],               expect: 'representation-missing' },
    { what: 'for several areas, this one too',                born: turns(80), relations: [{ ...attorney, areas: ['1', '3'] }],                     expect: 'power-of-attorney PWATRNY' },
    { what: 'for no area',                                    born: turns(80), relations: [{ ...attorney, areas: [] }],                             expect: 'representation-missing' },
    { what: 'the giver turns 16 tomorrow',                    born: turnsTomorrow(16), relations: [attorney],                                       expect: 'representation-missing' },
    { what: 'the giver turns 16 today',                       born: turns(16),         relations: [attorney],                                       expect: 'power-of-attorney PWATRNY' },
    { what: 'the receiver turns 18 tomorrow',                 born: turns(80), actorBorn: turnsTomorrow(18), relations: [attorney],                 expect: 'representation-missing' },
    { what: 'the receiver turns 18 today',                    born: turns(80), actorBorn: turns(18),         relations: [attorney],                 expect: 'power-of-attorney PWATRNY' },
    { what: 'the receiver is 17',                             born: turns(80), actorBorn: turns(17),         relations: [attorney],                 expect: 'representation-missing' },
    { what: 'the receiver has no birth date in the register', born: turns(80), actorBorn: undefined,         relations: [attorney],                 expect: 'representation-missing' },
    { what: 'the giver has no birth date in the register',    born: undefined, relations: [attorney],                                               expect: 'representation-missing' },
    { what: 'with an end that has come',                      born: turns(80), relations: [{ ...attorney, until: '2026-01-15T12:00:00+01:00' }],    expect: 'representation-missing' },
    { what: 'with an end to come',                            born: turns(80), relations: [{ ...attorney, until: '2026-01-15T12:00:01+01:00' }],    expect: 'power-of-attorney PWATRNY' },
    { what: 'the giver withdrew it',                          born: turns(80), relations: [{ ...attorney, ended: '2026-01-15T11:59:59+01:00' }],    expect: 'representation-missing' },
    { what: 'a parent at 16, whose child gave it',            born: turns(16), relations: [parent, attorney], sameAddress: true,                    expect: 'power-of-attorney PWATRNY' },
  ],
  'without capacity': [
    { what: 'the day before 16',                              born: turnsTomorrow(16), relations: [incapable],                                      expect: 'representation-missing' },
    { what: 'on the day of 16',                               born: turns(16),         relations: [incapable],                                      expect: 'without-capacity PWATRNY' },
    { what: 'the day before 18',                              born: turnsTomorrow(18), relations: [incapable],                                      expect: 'without-capacity PWATRNY' },
    { what: 'on the day of 18',                               born: turns(18),         relations: [incapable],                                      expect: 'representation-missing' },
    { what: 'the person who acts turns 18 tomorrow',          born: turns(17), actorBorn: turnsTomorrow(18), relations: [incapable],                expect: 'representation-missing' },
    { what: 'the person who acts turns 18 today',             born: turns(17), actorBorn: turns(18),         relations: [incapable],                expect: 'without-capacity PWATRNY' },
    { what: 'the statement was withdrawn',                    born: turns(17), relations: [{ ...incapable, ended: '2026-01-01' }],                  expect: 'representation-missing' },
  ],
  'protected address': [
    { what: 'code 7 of the patient',                          born: turns(5),  relations: [parent], sameAddress: true, patientAddress: 'Confidential',         expect: 'representation-missing' },
    { what: 'code 6 of the patient',                          born: turns(5),  relations: [parent], sameAddress: true, patientAddress: 'StrictlyConfidential', expect: 'representation-missing' },
    { what: 'code 7 of the person who acts',                  born: turns(5),  relations: [parent], sameAddress: true, address: 'Confidential',                expect: 'representation-missing' },
    { what: 'code 6 of the person who acts',                  born: turns(80), relations: [attorney], address: 'StrictlyConfidential',                         expect: 'representation-missing' },
    { what: 'code 6 of the patient and a guardian',           born: turns(80), relations: [guardian], patientAddress: 'StrictlyConfidential',                  expect: 'representation-missing' },
    { what: 'code 7 and nothing registered',                  born: turns(80), patientAddress: 'Confidential',                                                 expect: 'representation-missing' },
    { what: 'a client address on either side',                born: turns(80), relations: [attorney], address: 'ClientAddress', patientAddress: 'ClientAddress', expect: 'power-of-attorney PWATRNY' },
  ],
  'the dead': [
    { what: 'a guardian of somebody who has died',            born: turns(80), relations: [guardian], died: true,                                   expect: 'representation-missing' },
    { what: 'a parent of a child who has died',               born: turns(5),  relations: [parent], sameAddress: true, died: true,                  expect: 'representation-missing' },
    { what: 'a power of attorney from somebody who has died', born: turns(80), relations: [attorney], died: true,                                   expect: 'representation-missing' },
  ],
  'which of several grounds': [
    { what: 'parent and guardian of a child of 5',            born: turns(5),  relations: [guardian, parent], sameAddress: true,                    expect: 'parent FAMRQT' },
    { what: 'parent and guardian of a youth of 14',           born: turns(14), relations: [parent, guardian], sameAddress: true,                    expect: 'guardian PWATRNY' },
    { what: 'foster parent and guardian',                     born: turns(5),  relations: [guardian, foster], fosterGrant: true,                    expect: 'foster-parent FAMRQT' },
    { what: 'guardian and power of attorney',                 born: turns(80), relations: [attorney, guardian],                                     expect: 'guardian PWATRNY' },
    { what: 'without capacity and power of attorney, at 17',  born: turns(17), relations: [attorney, incapable],                                    expect: 'without-capacity PWATRNY' },
    { what: 'a financial guardian with a power of attorney',  born: turns(80), relations: [{ ...guardian, areas: ['FinancialInterests'] }, attorney], expect: 'power-of-attorney PWATRNY' },
    { what: 'a stranger',                                     born: turns(80),                                                                      expect: 'representation-missing' },
  ],
  'the minute of the birthday, in Norwegian time': [
    { what: '12, winter, a second before midnight', born: '2014-01-15', relations: [parent], sameAddress: true, now: '2026-01-14T22:59:59Z',         expect: 'parent FAMRQT' },
    { what: '12, winter, midnight',                 born: '2014-01-15', relations: [parent], sameAddress: true, now: '2026-01-14T23:00:00Z',         expect: 'representation-missing' },
    { what: '12, summer, a second before midnight', born: '2014-07-15', relations: [parent], sameAddress: true, now: '2026-07-14T21:59:59Z',         expect: 'parent FAMRQT' },
    { what: '12, summer, midnight',                 born: '2014-07-15', relations: [parent], sameAddress: true, now: '2026-07-14T22:00:00Z',         expect: 'representation-missing' },
    { what: '16, a minute before midnight',         born: '2010-01-15', isSelf: true,                           now: '2026-01-14T22:59:00Z',         expect: 'too-young' },
    { what: '16, a minute after midnight',          born: '2010-01-15', isSelf: true,                           now: '2026-01-14T23:01:00Z',         expect: 'self PATRQT' },
    { what: '13, on New Year\'s Eve',               born: '2013-01-01', isSelf: true, consents: [{}],           now: '2025-12-31T22:59:59Z',         expect: 'too-young' },
    { what: '13, on New Year\'s Day',               born: '2013-01-01', isSelf: true, consents: [{}],           now: '2025-12-31T23:00:00Z',         expect: 'youth PATRQT' },
  ],
  'born on 29 February': [
    { what: '16 in a leap year: on the 28th not yet',   born: '2012-02-29', isSelf: true, now: '2028-02-28T12:00:00Z', expect: 'too-young' },
    { what: '16 in a leap year: on the 29th',           born: '2012-02-29', isSelf: true, now: '2028-02-28T23:00:00Z', expect: 'self PATRQT' },
    { what: '13 in another year: on the 27th not yet',  born: '2012-02-29', isSelf: true, consents: [{}], now: '2025-02-27T22:59:59Z', expect: 'too-young' },
    { what: '13 in another year: on the 28th',          born: '2012-02-29', isSelf: true, consents: [{}], now: '2025-02-27T23:00:00Z', expect: 'youth PATRQT' },
  ],
}
