/**
 * Every element of the table is read into the field that the table names, or becomes a note; and the table has every element of the
 * schemas.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codesAsWritten } from '../codes.ts'
import type { Element } from '../kith/read-xml.ts'
import { groupTables } from './element-table.ts'
import type { Place, Type } from './fields.ts'
import type { Note } from './notes.ts'
import { compareWithSchemas } from './testing/schemas.ts'

const element = (name: string, children: Element[], text = '', attributes: Record<string, string> = {}): Element => ({
  name,
  namespace: '',
  attributes,
  children,
  text,
  content: [],
})

/** Values that are not like any other, as text and as they are read. */
const samples: Readonly<Record<string, readonly [sent: string, read: unknown]>> = {
  text: ['a text', 'a text'],
  boolean: ['1', true],
  integer: ['17', 17],
  decimal: ['1.500', '1.500'],
  date: ['2026-02-03', '2026-02-03'],
  dateTime: ['2026-02-03T04:05:06+01:00', '2026-02-03T04:05:06+01:00'],
  time: ['04:05', '04:05:00'],
  opened: ['YWJj', { base64: 'YWJj' }],
}
const inAttributes: Readonly<Record<string, readonly [sent: Record<string, string>, read: unknown]>> = {
  TS: [{ V: '2026-02' }, '2026-02'],
  URL: [{ V: 'tel:1' }, 'tel:1'],
  PQ: [
    { V: '2', U: 'stk' },
    { value: '2', unit: 'stk' },
  ],
  coded: [
    { V: 'q', DN: 'd', OT: 'o' },
    { code: 'q', display: 'd', text: 'o' },
  ],
}

/** An element of a type with a value, and what is to be read from it. */
function sampleOf(name: string, type: Type<unknown>): [sent: Element, read: unknown] {
  if (type.group) {
    const [[field, first] = ['', undefined]] = Object.entries(type.group.fields)
    assert.ok(first, `${name} has no fields`)
    const [inner, value] = sampleOf(first.elements[0], first.type)
    const lists = Object.entries(type.group.fields).flatMap(([key, { isMany }]) => (isMany ? [[key, []] as const] : []))
    return [element(name, [inner]), { ...Object.fromEntries(lists), [field]: first.isMany ? [value] : value }]
  }
  const [attributes, inAttribute] = inAttributes[type.kind] ?? []
  if (attributes) return [element(name, [], '', attributes), inAttribute]
  const [text, value] = samples[type.kind] ?? []
  assert.ok(text !== undefined, `no sample of ${type.kind}`)
  return [element(name, [], text), value]
}

function placeFor(notes: Note[], path = ''): Place {
  return {
    path,
    codes: codesAsWritten,
    note: (flag, text) => notes.push({ path, flag, text }),
    below: (name) => placeFor(notes, `${path}/${name}`),
    open: () => undefined,
  }
}

const tables = groupTables()

test('each element of the table is read into its field, under each of its names, or becomes a note', () => {
  let count = 0
  for (const { name, type, group, rows } of tables)
    for (const { elements, field } of rows)
      for (const own of elements) {
        const notes: Note[] = []
        count += 1
        if (field === undefined) {
          const inner = own.startsWith('@') ? [] : [element(own, [element('Del', [], 'kept')])]
          type.read(element(name, inner, '', own.startsWith('@') ? { [own.slice(1)]: 'kept' } : {}), placeFor(notes))
          assert.ok(
            notes.some(({ flag, text }) => flag === 'kept-as-note' && text.includes('kept')),
            `${name}/${own}`,
          )
          continue
        }
        const declared = group.fields[field]
        assert.ok(declared)
        const [sent, expected] = sampleOf(own, declared.type)
        const values = type.read(element(name, [sent]), placeFor(notes)) as Readonly<Record<string, unknown>>
        assert.deepEqual(values[field], declared.isMany ? [expected] : expected, `${name}/${own}`)
        assert.deepEqual(
          notes.filter(({ flag }) => flag !== 'missing'),
          [],
          `${name}/${own}`,
        )
      }
  assert.ok(count > 500, `${count} elements`)
})

/** Elements of M1 of 2010, M9.11 of 2014 and M9.12 until 2018, whose schemas were read and may be absent from the folder. */
const elsewhere: readonly string[] = [
  'EEA/EEAgyldighet',
  'EEA/EEAgyldighetFra',
  'EEA/EEAtrygdekontorNavn',
  'EEA/EEAtrygdekontorNr',
  'EEA/EOSDok',
  'M911/Samtykke',
  'M912/Multidosepasient',
  'Multidoseapotek of M9.12/Adresse',
  'Multidoseapotek of M9.12/Konsesjonsnr',
  'Multidoselege of M9.12/Navn',
  'Multidoselege of M9.12/Org',
]

const folder = process.env['HELSEVEV_SCHEMAS']

test('the structures have every element of the schemas, with its type', {
  skip: folder === undefined && 'HELSEVEV_SCHEMAS names no folder',
}, () => {
  const { faults, unmatched, schemas, elements } = compareWithSchemas(folder ?? '')
  assert.deepEqual(faults, [])
  assert.deepEqual(unmatched.toSorted(), elsewhere)
  assert.ok(schemas >= 30 && elements > 1000, `${schemas} schemas, ${elements} elements`)
})
