/**
 * POST /fhir/Patient/$notice-settings and $set-notice-settings: where the signed-in person wants notices outside the portal, and about
 * what. Nobody reads or sets them for another. docs/api/notice-settings.md
 */
import type { Parameters } from '@medplum/fhirtypes'
import { jsonAnswer } from '../../fhir/answer.ts'
import { patientNumbered } from '../../fhir/asked-patient.ts'
import { decided } from '../../fhir/decided.ts'
import type { Answer, Done, Exchange } from '../../fhir/exchange.ts'
import { isProblem, type Problem, problemWith, type Result } from '../../problem/problem.ts'
import { type Topic, topics } from '../choices/topics.ts'
import { noticeSettingsRows } from './rows.ts'
import { type Channel, channels, type NoticeLanguage, type NoticeSettings } from './settings.ts'

const type = undefined

// biome-ignore format: a table, one row to a line
const rules = {
  sms:      'sms is a telephone number with the code of the country, such as +4799999999.',
  email:    'email is one address, such as kari@example.no.',
  topic:    `topic is a list of ${topics.join(', ')}.`,
  language: 'language is nb, nn or en.',
} as const

/** 200 with the settings. */
export async function noticeSettings(exchange: Exchange): Promise<Done> {
  return await decided(exchange, asking(exchange, '$notice-settings'), noticeSettingsRows, async (_decision, rows) =>
    answerOf(await rows.settings()),
  )
}

/** 200 with the settings as they now are. */
export async function setNoticeSettings(exchange: Exchange, form: URLSearchParams): Promise<Done> {
  const event = '$set-notice-settings'
  const wanted = readSettings(form)
  if (isProblem(wanted)) return { event, type, result: wanted }
  return await decided(exchange, asking(exchange, event), noticeSettingsRows, async (_decision, rows) => {
    await rows.set(wanted, exchange.eventId)
    const kinds = Object.keys(wanted.addresses).join(' ') || 'none'
    return { result: answerOf(await rows.settings()), reason: `${kinds}: ${wanted.topics.join(' ') || 'nothing'}` }
  })
}

/** Always the person who is signed in: a person who acts for the patient would otherwise take the patient's notices. */
function asking({ caller }: Exchange, event: string) {
  return { event, type, kind: 'citizen', patient: patientNumbered(caller.pid) } as const
}

function answerOf({ addresses, topics: wanted, language }: NoticeSettings): Answer {
  return jsonAnswer({
    resourceType: 'Parameters',
    parameter: [
      ...channels.flatMap((name) => (addresses[name] === undefined ? [] : [{ name, valueString: addresses[name] }])),
      ...wanted.map((topic) => ({ name: 'topic', valueCode: topic })),
      { name: 'language', valueCode: language },
    ],
  } satisfies Parameters)
}

const forms: Record<Channel, RegExp> = { sms: /^\+[1-9]\d{5,14}$/, email: /^[^\s@<>,;"]{1,64}@[^\s@<>,;"]+\.[^\s@<>,;".]{2,}$/ }

function readSettings(form: URLSearchParams): Result<NoticeSettings> {
  const addresses: NoticeSettings['addresses'] = {}
  for (const channel of channels) {
    const written = form.get(channel)?.replace(/[\s\u00a0]/g, '')
    if (!written) continue
    if (form.getAll(channel).length > 1 || written.length > 254 || !forms[channel].test(written)) return wrong(channel)
    addresses[channel] = written
  }
  const asked = form.getAll('topic').flatMap((text) => text.split(','))
  if (asked.some((topic) => !topics.includes(topic as Topic))) return wrong('topic')
  const language = form.get('language') ?? 'nb'
  if (!['nb', 'nn', 'en'].includes(language)) return wrong('language')
  return { addresses, topics: topics.filter((topic) => asked.includes(topic)), language: language as NoticeLanguage }
}

function wrong(name: keyof typeof rules): Problem {
  return problemWith('invalid-parameter', [
    { severity: 'error', type: 'invalid', code: 'invalid-parameter', text: rules[name], expression: name },
  ])
}
