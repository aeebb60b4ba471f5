import assert from 'node:assert/strict'
import { test } from 'node:test'
import { saysSomething } from './reason.ts'

// biome-ignore format: a table, one row to a line
const rows: [what: string, text: string | undefined, says: boolean][] = [
  ['nothing',                                        undefined,                                    false],
  ['an empty text',                                  '',                                           false],
  ['nine letters',                                   'Bevisstlø',                                  false],
  ['ten letters',                                    'Bevisstløs',                                 true],
  ['nine letters and a full stop',                   'Bevisstlø.',                                 false],
  ['ten letters between blanks',                     'b e v i s s t l ø s',                        true],
  ['nine letters and an accent of its own',          'Bevisstlø\u0301',                            false],
  ['nine letters and marks that stand on nothing',   'Bevisstlø \u0301\u0302\u0303',               false],
  ['ten digits',                                     '1234567890',                                 false],
  ['ten dots',                                       '..........',                                 false],
  ['ten zero-width spaces',                          '\u200b'.repeat(10),                          false],
  ['nine letters and zero-width joiners',            `Bevisstlø${'\u200d'.repeat(10)}`,            false],
  ['Hangul fillers, which are invisible letters',    '\u3164\u115f\u1160\uffa0'.repeat(5),         false],
  ['soft hyphens',                                   '\u00ad'.repeat(20),                          false],
  ['one letter many times',                          'a'.repeat(200),                              false],
  ['one letter in two sizes',                        'aA'.repeat(100),                             false],
  ['two letters many times',                         'ab'.repeat(100),                             false],
  ['four letters many times',                        'asdf'.repeat(100),                           false],
  ['five letters twice',                             'abcdeabcde',                                 true],
  ['a word with a double letter',                    'Falt i gata',                                false],
  ['a short sentence with a double letter',          'Funnet bevisst',                             true],
  ['words that a key held down makes long',          'Ååååååååååååå hei',                          false],
  ['full-width letters of one kind',                 'ＡａAa'.repeat(10),                           false],
  ['Greek',                                          'Βρέθηκε αναίσθητος',                         true],
  ['Arabic',                                         'وجد فاقدا للوعي',                            true],
  ['letters that two characters spell',              'Bevisstløs'.normalize('NFD'),                true],
]

for (const [what, text, says] of rows) {
  test(`a reason of ${what} ${says ? 'says something' : 'says nothing'}`, () => assert.equal(saysSomething(text), says))
}
