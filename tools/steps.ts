/** Runs named checks side by side and reports how each went; every fault of every check is shown, not only the first. */
export interface Step {
  name: string
  /** Resolves to what is wrong, one fault per line; empty when all is well. A rejection is a fault too. */
  run(): Promise<string>
}

/** A line per check as it ends, then the faults check by check. Resolves to whether all passed. */
export async function runSteps(steps: readonly Step[], print: (text: string) => void, now = () => performance.now()): Promise<boolean> {
  const outcomes = await Promise.all(
    steps.map(async ({ name, run }) => {
      const started = now()
      const faults = await run().catch((error: unknown) => (error instanceof Error ? (error.stack ?? error.message) : String(error)))
      const seconds = ((now() - started) / 1000).toFixed(1)
      print(`${faults.trim() === '' ? 'ok  ' : 'FAIL'}  ${name.padEnd(12)} ${seconds.padStart(5)} s`)
      return { name, faults: faults.trim() }
    }),
  )
  const failed = outcomes.filter(({ faults }) => faults !== '')
  for (const { name, faults } of failed) print(`\n${name}\n${faults}`)
  return failed.length === 0
}
