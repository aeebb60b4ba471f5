import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

const repository = join(import.meta.dirname, '..', '..', '..')
/** What a press that is begun does before it is ended, what follows a finger or the device, and what is dragged. */
const handlers = /\bon(Mouse|Pointer|Touch)(Down|Move|Start|Enter|Over)\b|\bonDrag|\bdraggable=|device(motion|orientation)/
/** They show the value under the pointer: nothing is chosen for good, and the keyboard reads the same values. */
const charts = ['ui/Moments.tsx']

test('no page asks for a gesture, for moving the device, or for a press that cannot be taken back', () => {
  const files = globSync('{portals,panel,ui,services}/**/*.tsx', { cwd: repository }).filter((file) => !file.includes('node_modules'))
  assert.ok(files.length > 50)
  const textOf = (file: string) => readFileSync(join(repository, file), 'utf8')
  assert.deepEqual(
    files.filter((file) => handlers.test(textOf(file))),
    charts,
  )
  for (const file of charts) assert.match(textOf(file), /type="range"|<Moments/, file)
})
