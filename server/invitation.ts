import { toTry } from './pages/to-try.ts'
import type { System } from './system.ts'

/** The patient whose page shows most; stands on the first page and on the nurse's list under this name. */
const PATIENT = 'Astrid Haugland'

/**
 * What `npm start` ends with: where to go, who to sign in as and one patient to open, and where everything else is written down. Names
 * only: identity numbers are not printed, also not those of made-up people.
 */
export function invitation(system: Pick<System, 'baseUrl' | 'issuer' | 'testIssuer' | 'database'>): string {
  const { baseUrl, issuer, testIssuer, database } = system
  const { directory, insteadOf } = database.where
  const clinician = testIssuer?.world.people.find(({ id }) => id === toTry.clinician[0])
  const lines = [
    `Helsevev runs at ${baseUrl}`,
    `Issuer:          ${issuer}${testIssuer ? ' (a test identity provider, without passwords)' : ''}`,
    ...(insteadOf ? [`Database:        ${directory}, because other users may not enter ${insteadOf}`] : []),
    '',
    ...(clinician
      ? [
          `To begin, open ${baseUrl}`,
          `  1. Sign in as ${clinician.name} (${clinician.role}) with one click on that page.`,
          `  2. Open the patient ${PATIENT}: from the nurse's list, or by the number on that page.`,
          '',
        ]
      : []),
    'Documentation:   README.md, docs/run and docs/api; all made-up people: docs/run/test-people.md',
    'Ctrl-C stops the server.',
  ]
  return `\n${lines.map((line) => (line ? `  ${line}\n` : '\n')).join('')}\n`
}
