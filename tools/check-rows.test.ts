import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { checkRows } from './check-rows.ts'
import { fixture } from './fixture.ts'

const exchange = "import type { Exchange } from '../../fhir/exchange.ts'\n"

const sound = {
  'kernel/fhir/rows.ts': "import type { Sql } from 'postgres'\nexport type Source = { sql: Sql }\n",
  'kernel/store/read-records.ts': 'export async function currentRecord(sql: Sql) {}\nexport function tokenText(name: string) {}\n',
  'kernel/fhir/interactions/read.ts':
    "import { type FoundRecord, tokenText } from '../../store/read-records.ts'\nexport const said = 'no sql'\n",
  'kernel/fhir/interactions/read.test.ts': 'export const row = (sql: unknown) => sql\n',
  'kernel/fhir/decided.ts': 'export const decided = (exchange, bind) => exchange.kernel.rows.bound(bind, exchange)\n',
  'kernel/fhir/write/changes.ts': 'export const rowsOf = (exchange) => exchange.kernel.rows.bound(records, exchange)\n',
  'kernel/areas/choices/list.ts': "import type { Sql } from 'postgres'\nexport const list = (sql: Sql) => sql`select`\n",
  'kernel/areas/choices/end.ts': 'export async function storeEnd({ sql, clock }: Pick<ChoiceStore, 1>, keys: readonly string[]) {}\n',
  'kernel/areas/choices/rows.ts': "import { list } from './list.ts'\nexport const choiceRows = ({ sql }) => ({ list: () => list(sql) })\n",
  'kernel/areas/choices/consents.ts': `${exchange}export const search = (exchange: Exchange) => exchange\n`,
  'kernel/areas/choices/routes.ts': "import { search } from './consents.ts'\nexport const routes = [search]\n",
  'kernel/control/call.ts': "import type { Sql } from 'postgres'\nexport type Call = { sql: Sql }\n",
}

test('statements that are bound by a rows.ts have no fault, nor have tests and types of rows', async () => {
  await using repository = await fixture(sound)
  assert.deepEqual(await checkRows(repository.root), [])
})

const bad: { name: string; file: string; text: string; line: number; says: RegExp }[] = [
  {
    name: 'an interaction that takes the connection from the kernel',
    file: 'kernel/fhir/interactions/read.ts',
    text: '\nexport const read = (exchange) => exchange.kernel.sql`select`\n',
    line: 2,
    says: /^names sql\. Only what is bound to a decision reaches a row\./,
  },
  {
    name: 'an interaction that binds a statement by itself',
    file: 'kernel/areas/choices/consents.ts',
    text: `${exchange}export const search = (exchange: Exchange) => exchange.kernel.rows.bound(choiceRows, exchange)\n`,
    line: 2,
    says: /^takes bound\. Only decided\(\) and the writes bind statements to a decision\. Pass the Bind to decided\(\)/,
  },
  {
    name: 'a module without an exchange that binds a statement to many decisions',
    file: 'kernel/areas/choices/parts.ts',
    text: 'export const partsOf = ({ boundAll }, decisions) => boundAll(choiceRows, decisions)\n',
    line: 1,
    says: /^takes boundAll\./,
  },
  {
    name: 'a statement that is written where it is bound',
    file: 'kernel/areas/choices/consents.ts',
    text: `${exchange}export const search = (exchange: Exchange) => decided(exchange, ({ sql: db }) => db)\n`,
    line: 2,
    says: /bind it in the area's rows\.ts/,
  },
  {
    name: 'a route with a statement',
    file: 'kernel/areas/choices/routes.ts',
    text: 'export const routes = [{ run: (sql) => sql`select` }]\n',
    line: 1,
    says: /^names sql/,
  },
  {
    name: 'an interaction that imports the client',
    file: 'kernel/areas/choices/consents.ts',
    text: `${exchange}import type { Sql as Connection } from 'postgres'\n`,
    line: 2,
    says: /^imports Connection of postgres\./,
  },
  {
    name: 'an interaction that imports a statement of the store',
    file: 'kernel/fhir/interactions/read.ts',
    text: "import { currentRecord, tokenText } from '../../store/read-records.ts'\n",
    line: 1,
    says: /^imports currentRecord of kernel\/store\/read-records\.ts\./,
  },
  {
    name: 'an interaction that imports a statement of its area',
    file: 'kernel/areas/choices/consents.ts',
    text: `${exchange}import { storeEnd } from './end.ts'\n`,
    line: 2,
    says: /^imports storeEnd of kernel\/areas\/choices\/end\.ts\./,
  },
  {
    name: 'a handler that has the connection',
    file: 'kernel/http/handler.ts',
    text: 'export const handle = ({ sql }) => sql\n',
    line: 1,
    says: /^names sql/,
  },
]
for (const { name, file, text, line, says } of bad) {
  test(`${name} is refused`, async () => {
    await using repository = await fixture({ ...sound, [file]: text })
    const [first] = await checkRows(repository.root)
    assert.deepEqual([first?.file, first?.line], [file, line])
    assert.match(first?.message ?? '', says)
  })
}

test('a fault is reported once when a file imports a connection and uses it', async () => {
  const file = 'kernel/fhir/interactions/read.ts'
  const text = "import { sql } from '../../store/pool.ts'\nexport const read = () => sql`select`\nexport const again = () => sql`select`\n"
  await using repository = await fixture({ ...sound, [file]: text })
  const faults = await checkRows(repository.root)
  assert.deepEqual(
    faults.map(({ line, message }) => [line, /^names sql\./.test(message)]),
    [[1, true]],
  )
})

test('the kernel passes', async () => {
  assert.deepEqual(await checkRows(join(import.meta.dirname, '..')), [])
})
