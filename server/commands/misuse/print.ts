/** Cases of misuse control in words: the facts, and why a rule asks about them. */
import type { MisuseCase, misuseCase } from '@helsevev/kernel/areas/misuse/cases'
import { rules } from '@helsevev/kernel/areas/misuse/rules'
import { whyOf } from '@helsevev/kernel/areas/misuse/why'
import type { Database } from '@helsevev/kernel/store/database'
import type { PatientKey } from '@helsevev/kernel/store/ids'
import { table, wrapped } from '@helsevev/replay/table'
import { patientWords } from '../acting.ts'
import { eventWords } from '../audit/words.ts'
import { counted, norwegianTime } from '../words.ts'

type ShownCase = NonNullable<Awaited<ReturnType<typeof misuseCase>>>

/** Those that rules look at. */
const purposes: Record<string, string> = { TREAT: 'treatment', ETREAT: 'emergency treatment', COC: 'coordination of care' }

export function caseList(found: readonly MisuseCase[], open: boolean): string {
  if (found.length === 0) return open ? 'No case is open.\n' : 'No case has been closed.\n'
  const heading = ['case', 'first look-up', 'name', 'HPR number', 'rule', open ? 'why it is asked about' : 'finding']
  const rows = found.map((one) => [
    one.id,
    norwegianTime(one.firstAt),
    one.actorName,
    one.hprNumber ?? '',
    one.rule,
    wrapped(open ? why(one) : `${one.finding}, ${one.closedBy}: ${one.note}`, 70),
  ])
  const meaning = open ? 'A case is a question and no accusation: most look-ups have a good reason. ' : ''
  return `${table([heading, ...rows])}\n${meaning}${counted(found.length, 'case')}, oldest first, in Norwegian time.\n`
}

export async function caseText(sql: Database['sql'], found: ShownCase): Promise<string> {
  const names = await patientNames(sql, found)
  const lookUps = found.lookUps.map((one) => [
    norwegianTime(one.at),
    names.get(one.patient) ?? '',
    one.organizationName ?? '',
    one.role ?? '',
    one.service ?? '',
    eventWords(one.event, one.type),
    purposes[one.purpose ?? ''] ?? '',
    String(one.resources),
    String(one.opening),
  ])
  const heading = ['time', 'patient', 'organisation', 'role', 'service', 'what was done', 'purpose', 'resources', 'look-up']
  return `${properties(found)}\n${table([heading, ...lookUps])}`
}

/** Patients by name and birth date, in the place of their keys. */
export async function caseResult(sql: Database['sql'], { patient: _, lookUps, ...found }: ShownCase): Promise<object> {
  const names = await patientNames(sql, { lookUps })
  return { ...found, lookUps: lookUps.map((one) => ({ ...one, patient: names.get(one.patient) })) }
}

async function patientNames(sql: Database['sql'], { lookUps }: Pick<ShownCase, 'lookUps'>): Promise<Map<PatientKey, string>> {
  const names = new Map<PatientKey, string>()
  for (const key of new Set(lookUps.map(({ patient }) => patient))) names.set(key, await patientWords(sql, key))
  return names
}

function properties(one: MisuseCase): string {
  const rule = rules.find(({ id }) => id === one.rule)
  return [
    ['case', one.id],
    ['rule', `${one.rule}: ${rule?.title.en ?? ''}`],
    ['asks', rule?.asks ?? ''],
    ['source', rule?.source ?? ''],
    ['who looked', `${one.actorName}${one.hprNumber ? `, HPR number ${one.hprNumber}` : ''}`],
    ['why', why(one)],
    ['opened', norwegianTime(one.opened)],
    ...(one.closed
      ? [
          ['closed', `${norwegianTime(one.closed)} by ${one.closedBy}`],
          ['finding', one.finding ?? ''],
          ['note', one.note ?? ''],
        ]
      : []),
  ]
    .map(([name = '', text = '']) => `${name.padEnd(12)}${wrapped(text, 110).replaceAll('\n', `\n${' '.repeat(12)}`)}\n`)
    .join('')
}

function why({ rule, actorName, facts }: MisuseCase): string {
  return whyOf(rule, actorName, facts, 'en')
}
