/** The server of durability.test.ts: as server/main.ts starts it, without portals and history. It reports to the test where it answers. */
import { silentLog } from '@helsevev/kernel/log/log'
import { parseEnvironment } from '@helsevev/server/env'
import { startSystem } from '@helsevev/server/system'

const environment = parseEnvironment(process.env)
if ('sentences' in environment) throw new Error(environment.sentences.join(' '))
const system = await startSystem({ environment, log: silentLog, withPortals: false, withStories: false })
process.stdout.write(
  `READY ${JSON.stringify({ base: system.baseUrl, issuer: system.issuer, directory: system.database.where.directory })}\n`,
)
process.on('SIGTERM', () => void system.close().then(() => process.exit(0)))
