/**
 * The reader against lists that a person wrote while reading, a row for each fact with its line. The national pack is not part of the
 * repository: its test runs where `HELSEVEV_SEED_PACK` names the file.
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { flat } from '../testing/flat.ts'
import { readPack } from './read-pack.ts'

const national = process.env['HELSEVEV_SEED_PACK']
const testing = (name: string) => readFileSync(join(import.meta.dirname, '..', 'testing', name), 'utf8')

function differences(pack: string, list: string): { onlyRead: string[]; onlyListed: string[] } {
  const read = flat(readPack(pack))
  const listed = list.split('\n').filter(Boolean)
  const without = (one: string[], other: string[]) => {
    const left = [...other]
    return one.filter((row) => {
      const at = left.indexOf(row)
      if (at >= 0) left.splice(at, 1)
      return at < 0
    })
  }
  return { onlyRead: without(read, listed), onlyListed: without(listed, read) }
}

const nothing = { onlyRead: [], onlyListed: [] }

test('the pack of meeting 2/23 is read as a person listed it', {
  skip: national === undefined && 'HELSEVEV_SEED_PACK names no file',
}, () => {
  const text = readFileSync(national ?? '', 'utf8')
  assert.deepEqual(differences(text, testing('national-pack.txt')), nothing)
  const { meetings, quoted } = readPack(text)
  const counts = meetings.map(({ number, items }) => ({
    number,
    cases: items.length,
    proposals: items.flatMap(({ texts }) => texts).filter(({ kind }) => kind === 'proposal').length,
    decisions: items.flatMap(({ texts }) => texts).filter(({ kind }) => kind === 'decision').length,
  }))
  assert.deepEqual(counts, [
    { number: 2, cases: 8, proposals: 7, decisions: 0 },
    { number: 1, cases: 8, proposals: 0, decisions: 7 },
  ])
  assert.equal(quoted.flatMap(({ texts }) => texts).filter(({ state }) => state === 'not-final').length, 2)
})

test('a pack of another body is read as a person listed it', () => {
  assert.deepEqual(differences(testing('made-up-pack.txt'), testing('made-up-list.txt')), nothing)
})

test('line ends of another system change nothing', () => {
  const text = testing('made-up-pack.txt')
  assert.deepEqual(readPack(text.replaceAll('\n', '\r\n')), readPack(text))
})

test('a text that is no pack gives no meeting, and a question', () => {
  const { meetings, questions } = readPack('Handleliste\n\nMelk\n')
  assert.deepEqual(meetings, [])
  assert.deepEqual(questions, [{ line: 1, text: 'Handleliste', question: 'No meeting was found. Is this a meeting pack?' }])
})
