/**
 * `npm run check`: types, lint, exports and dependencies that nothing uses, layer boundaries, documentation, plain English, long lines and
 * functions, generated pages and the committed database schema, side by side. Ends with status 1 and every fault found when anything is
 * wrong.
 */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { checkBoundaries } from './check-boundaries.ts'
import { checkDocs } from './check-docs.ts'
import { checkExpressions } from './check-expressions.ts'
import { proseFindings } from './check-prose.ts'
import { checkRows } from './check-rows.ts'
import { shapeFindings } from './check-shape.ts'
import { describeFaults } from './fault.ts'
import { runSteps } from './steps.ts'

const root = join(import.meta.dirname, '..')

const passed = await runSteps(
  [
    { name: 'types', run: () => outputOf('node_modules/typescript/bin/tsc', '-p', 'tsconfig.json', '--pretty', 'false') },
    {
      name: 'lint',
      run: () => outputOf('node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '--max-diagnostics=200', '.'),
    },
    { name: 'boundaries', run: async () => describeFaults([...(await checkBoundaries(root)), ...(await checkRows(root))]) },
    {
      name: 'unused',
      run: () => outputOf('node_modules/knip/bin/knip.js', '--no-progress', '--no-config-hints'),
    },
    { name: 'docs', run: async () => describeFaults(await checkDocs(root)) },
    { name: 'prose', run: async () => describeFaults(await proseFindings(root)) },
    { name: 'expressions', run: async () => describeFaults(await checkExpressions(root)) },
    { name: 'shape', run: async () => describeFaults(await shapeFindings(root)) },
    // Loaded by the steps themselves, so that a fault in the kernel does not keep the other checks from running.
    { name: 'generated', run: async () => describeFaults(await (await import('./docs.ts')).compareDocs(root)) },
    { name: 'schema', run: async () => (await (await import('./schema.ts')).compareSchema()).join('\n') },
  ],
  console.log,
)
// Not process.exit(): the cluster of the schema step is stopped when nothing else is left to do.
process.exitCode = passed ? 0 : 1

/** Nothing when the program ends with status 0, and all it wrote when it does not. */
function outputOf(script: string, ...parameters: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, script), ...parameters], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text))
    child.on('error', reject)
    child.on('close', (status) => resolve(status === 0 ? '' : output || `${script} ended with status ${status}`))
  })
}
