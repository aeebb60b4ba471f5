/** The commands of `npx helsevev`, by subject. Adding one is a row in the folder of its subject; a subject has its line here. */
import type { Subject } from './define-command.ts'

export const subjects: readonly Subject[] = [
  {
    name: 'access',
    summary: 'The rules of access, case by case, and what they say of one request',
    page: 'docs/run/access.md',
    load: () => import('./access/index.ts'),
  },
  {
    name: 'agreements',
    summary: 'Which organisation has opened what to which',
    page: 'docs/run/agreements.md',
    load: () => import('./agreements/index.ts'),
  },
  {
    name: 'audit',
    summary: 'The access log: whether it holds, and who looked at a person',
    page: 'docs/run/access-log.md',
    load: () => import('./audit/index.ts'),
  },
  {
    name: 'choices',
    summary: 'What a patient has decided about who sees',
    page: 'docs/run/representation.md',
    load: () => import('./choices/index.ts'),
  },
  {
    name: 'council',
    summary: 'Meeting packs of bodies of national governance: cases, decisions, deadlines and costs',
    page: 'docs/council.md',
    load: () => import('./council/index.ts'),
  },
  {
    name: 'coverage',
    summary: 'How many people have critical information',
    page: 'docs/run/coverage.md',
    load: () => import('./coverage/index.ts'),
  },
  {
    name: 'follow-up',
    summary: 'Emergency accesses that a data controller closes with findings',
    page: 'docs/run/follow-up.md',
    load: () => import('./follow-up/index.ts'),
  },
  {
    name: 'fuzz',
    summary: 'Changed requests sent to a server, to find one that makes it fail',
    page: 'docs/run/fuzz.md',
    load: () => import('./fuzz/index.ts'),
  },
  {
    name: 'import',
    summary: 'Reference data, and the registers of health personnel and organisations',
    page: 'docs/run/reference-data.md',
    load: () => import('./import/index.ts'),
  },
  {
    name: 'messages',
    summary: 'Messages that name nobody we know',
    page: 'docs/run/messages.md',
    load: () => import('./messages/index.ts'),
  },
  {
    name: 'misuse',
    summary: 'Rules over the access log, and the cases they open',
    page: 'docs/run/misuse.md',
    load: () => import('./misuse/index.ts'),
  },
  { name: 'people', summary: 'The person register', page: 'docs/run/people.md', load: () => import('./people/index.ts') },
  {
    name: 'prescriptions-test',
    summary: 'A mediator of prescriptions for test',
    page: 'docs/run/prescriptions-test.md',
    load: () => import('./prescriptions-test/index.ts'),
  },
  {
    name: 'refused-calls',
    summary: 'Calls that were refused before the access log could have a row of them',
    page: 'docs/api/refused-calls.md',
    load: () => import('./refused-calls/index.ts'),
  },
  {
    name: 'replay',
    summary: 'Files sent to a running server as a vendor would',
    page: 'docs/run/replay.md',
    load: () => import('./replay/index.ts'),
  },
  {
    name: 'representation',
    summary: 'Who acts for another person',
    page: 'docs/run/representation.md',
    load: () => import('./representation/index.ts'),
  },
  {
    name: 'roles',
    summary: 'Who may act for a data controller in its portal',
    page: 'docs/run/roles.md',
    load: () => import('./roles/index.ts'),
  },
  {
    name: 'search-tokens',
    summary: 'What searches find stored records by',
    page: 'docs/run/search-tokens.md',
    load: () => import('./search-tokens/index.ts'),
  },
  {
    name: 'validate',
    summary: 'Files checked as the server would',
    page: 'docs/api/validate.md',
    load: () => import('./validate/index.ts'),
  },
]
