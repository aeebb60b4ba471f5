/** `npx helsevev COMMAND`: what an operator does with a server, running or not. docs/run/commands.md */
import { join } from 'node:path'
import { subjects } from './commands/index.ts'
import { runProgram } from './commands/program.ts'
import { createTerminal } from './commands/terminal.ts'

// In whatever folder it is started, the database is that of the server, which is started in the folder of the repository.
const source = { ...process.env, HELSEVEV_DATA: process.env.HELSEVEV_DATA || join(import.meta.dirname, '..', '.data') }
const terminal = createTerminal(process.stdin, process.stdout, process.stderr)
try {
  process.exitCode = await runProgram(subjects, process.argv.slice(2), { source, terminal, width: process.stdout.columns ?? 160 })
} finally {
  terminal.close()
}
