/**
 * What the rules come to for the people who show them, with the real decision on a real database. docs/run/test-people.md describes
 * the same.
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { ServiceId } from '../agreements.ts'
import { bodo, helseNord, omsorgOst, omsorgOstFrogner, omsorgOstGrunerlokka, oslo } from '../organizations.ts'
import { type LookUpRequest, type LookUpResult, type SeededStories, seededStories } from '../testing.ts'

let it: SeededStories
before(async () => {
  it = await seededStories()
})
after(async () => await it.close())

/** `12`, `12 withheld` or the code of the problem. */
function inWords({ refused, resources, withheld }: LookUpResult): string {
  return refused ?? `${resources.length}${withheld ? ' withheld' : ''}`
}

const emergency = { purpose: 'BTG', reason: 'Bevisstløs, haster.' } as const
const byPrivate = { by: 'nurse-private', organization: omsorgOst.number }
const inNorth = { organization: helseNord.number }

// biome-ignore format: a table, one row to a line
const personnel: [who: string, patient: string, service: ServiceId, asked: LookUpRequest, sees: string][] = [
  ['opted out of NEWS2: hidden from everyone',            'ragnhild', 'news2',              {},                                        '0 withheld'],
  ['opted out of NEWS2: hidden in an emergency too',      'ragnhild', 'news2',              emergency,                                 '0 withheld'],
  ['opted out of NEWS2: other services show',             'ragnhild', 'municipal-services', {},                                        '2'],
  ['restricted Helse Vest: hidden',                       'torbjorn', 'news2',              {},                                        '0 withheld'],
  ['restricted Helse Vest: opened in an emergency',       'torbjorn', 'news2',              emergency,                                 '6'],
  ['restricted Helse Vest: opened by declared consent',   'torbjorn', 'news2',              { accessBasis: 'FORHOYET_SAMTYKKE' },      '6'],
  ['restricted Helse Vest: the municipality shows',       'torbjorn', 'municipal-services', {},                                        '2'],
  ['blocked this nurse: hidden',                          'vigdis',   'municipal-services', {},                                        '0 withheld'],
  ['blocked this nurse: refused in an emergency too',     'vigdis',   'municipal-services', emergency,                                 'blocked-by-patient'],
  ['restricted, and registered a consent for Bergen',     'leif',     'news2',              {},                                        '6'],
  ['the private provider delivers one of her services',   'solveig',  'municipal-services', { ...byPrivate, pointOfCare: omsorgOstGrunerlokka.number }, '1'],
  ['the provider asks from another unit',                 'solveig',  'municipal-services', { ...byPrivate, pointOfCare: omsorgOstFrogner.number },     'no-agreement'],
  ['the provider does not deliver to her',                'gerd',     'municipal-services', { ...byPrivate, pointOfCare: omsorgOstGrunerlokka.number }, 'no-agreement'],
  ['NEWS2 is not in the contract',                        'solveig',  'news2',              { ...byPrivate, pointOfCare: omsorgOstGrunerlokka.number }, 'no-agreement'],
  ['the authorisation ended in 2025',                     'asbjorn',  'news2',              { by: 'nurse-revoked' },                   'authorization-not-held'],
  ['Helse Nord lets doctors use NEWS2',                   'thea',     'news2',              { by: 'doctor-helse-nord', ...inNorth },   '6'],
  ['Helse Nord does not let psychologists',               'thea',     'news2',              { by: 'psychologist-helse-nord', ...inNorth }, 'role-not-open'],
  ['Stavanger has joined the standard agreement',         'turid',    'municipal-services', { by: 'nurse-bodo', organization: bodo.number }, '3'],
  ['one is blocked against staff',                        'asbjorn',  'municipal-services', {},                                        '2 withheld'],
  ['blocked against staff: opened in an emergency',       'asbjorn',  'municipal-services', emergency,                                 '3'],
  ['withheld from the parents: staff see it',             'jakob',    'municipal-services', {},                                        '3'],
  ['withheld from the youth: staff see it',               'ella',     'municipal-services', {},                                        '3'],
  ['withheld from her, and released later: staff see it', 'thea',     'municipal-services', { by: 'nurse-bodo', organization: bodo.number }, '4'],
  ['no number in the health personnel register',          'gerd',     'municipal-services', { by: 'caseworker-oslo', organization: oslo.number }, 'health-personnel-required'],
]

for (const [who, patient, service, asked, sees] of personnel) {
  test(`health personnel: ${who}`, async () => assert.equal(inWords(await it.lookUp(patient, service, asked)), sees))
}

// biome-ignore format: a table, one row to a line
const citizens: [who: string, citizen: string, patient: string, sees: string][] = [
  ['a mother of a child of 5',                           'hanne',    'oda',     '2'],
  ['a mother of a child of 11',                          'hanne',    'jakob',   '2'],
  ['a mother of a child of 12',                          'hanne',    'selma',   'representation-missing'],
  ['a father elsewhere, of a child with its mother',     'tor',      'oda',     '2'],
  ['a father of a child that lives with neither parent', 'trond',    'lukas',   'representation-missing'],
  ['a youth of 14 with consent, herself',                'ella',     'ella',    '2'],
  ['a youth of 15 without consent, himself',             'sander',   'sander',  'too-young'],
  ['a youth of 16, herself',                             'thea',     'thea',    '2'],
  ['a mother of a youth of 15',                          'kristin',  'sander',  'representation-missing'],
  ['a mother of a youth of 16',                          'kristin',  'thea',    'representation-missing'],
  ['a mother of a youth of 17 without capacity',         'kristin',  'marius',  '2'],
  ['a foster mother with a grant',                       'grete',    'milla',   '2'],
  ['a mother whose child is in a foster home',           'cathrine', 'milla',   'representation-missing'],
  ['a guardian in personal matters',                     'bodil',    'asbjorn', '2'],
  ['a guardian in financial matters',                    'rolf',     'asbjorn', 'representation-missing'],
  ['a daughter with a power of attorney for area 3',     'siri',     'gerd',    '2'],
  ['a son with a power of attorney for another area',    'odd',      'gerd',    'representation-missing'],
  ['a mother with a hidden address, of her child',       'nadia',    'yusuf',   'representation-missing'],
  ['a woman with a hidden address, herself',             'nadia',    'nadia',   '2'],
  ['a stranger',                                         'liv',      'oda',     'representation-missing'],
]

for (const [who, citizen, patient, sees] of citizens) {
  test(`citizens: ${who}`, async () => assert.equal(inWords(await it.citizenLookUp(patient, 'municipal-services', citizen)), sees))
}
