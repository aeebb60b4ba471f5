/**
 * `npm run bench`: look-ups, reads and writes; with `input`, `volume`, `first-content`, `validation` or `medication-list` first, those.
 * docs/run/performance.md
 */
const [, , what] = process.argv
if (what === 'input' || what === 'volume' || what === 'first-content' || what === 'validation' || what === 'medication-list') {
  process.argv.splice(2, 1)
  await import(`./${what}.ts`)
} else await import('./bench.ts')
