import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

const repository = join(import.meta.dirname, '..', '..', '..')
/** What a press that is begun does before it is ended, what follows a finger or the device, and what is dragged. */
const handlers = /\bon(Mouse|Pointer|Touch)(Down|Move|Start|Enter|Over)\b|\bonDrag|\bdraggable=|device(motion|orientation)/

test('no page asks for a gesture, for moving the device, or for a press that cannot be taken back', () => {
  const files = globSync('{portals,panel,ui,services}/**/*.tsx', { cwd: repository }).filter((file) => !file.includes('node_modules'))
  assert.ok(files.length > 50)
  const found = files.filter((file) => handlers.test(readFileSync(join(repository, file), 'utf8')))
  assert.deepEqual(found, [])
})
