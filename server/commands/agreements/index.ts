/**
 * `npx helsevev agreements …`: which organisation has opened what to which, for those who keep the agreements of a server.
 * docs/run/agreements.md
 */
import { agreementCommands } from './agreement-commands.ts'
import { deliveryCommands } from './delivery-commands.ts'
import { ruleCommands } from './rule-commands.ts'
import { standardCommands } from './standard-commands.ts'

export const commands = [...agreementCommands, ...standardCommands, ...ruleCommands, ...deliveryCommands]
