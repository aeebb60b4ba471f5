/** Where the signed-in person wants notices outside the portal, whichever person the pages are about: docs/api/notice-settings.md */
import { z } from 'zod'
import { type NoticeSettings, noticeTopics } from '../contract.ts'
import type { Some } from './people.ts'

export const noticeSettingsHandlers: Some<'noticeSettings' | 'setNoticeSettings'> = {
  noticeSettings: async ({ api }) => settingsIn(await api.post('/fhir/Patient/$notice-settings', new URLSearchParams())),

  async setNoticeSettings({ api }, { body: { sms, email, topics, language } }) {
    const form = new URLSearchParams({ language })
    if (topics.length > 0) form.set('topic', topics.join(','))
    if (sms) form.set('sms', international(sms))
    if (email) form.set('email', email)
    return settingsIn(await api.post('/fhir/Patient/$set-notice-settings', form))
  },
}

/** A number of eight digits is Norwegian. */
function international(written: string): string {
  const plain = written.replace(/[\s-]/g, '').replace(/^00/, '+')
  return /^\d{8}$/.test(plain) ? `+47${plain}` : plain
}

const parameter = z.object({ name: z.string(), valueString: z.string().optional(), valueCode: z.string().optional() })
const parameters = z.object({ resourceType: z.literal('Parameters'), parameter: z.array(parameter).optional() })

function settingsIn(answer: unknown): NoticeSettings {
  const all = parameters.parse(answer).parameter ?? []
  const one = (wanted: string) => all.find(({ name }) => name === wanted)
  const [sms, email] = [one('sms')?.valueString, one('email')?.valueString]
  const language = one('language')?.valueCode
  return {
    ...(sms ? { sms } : {}),
    ...(email ? { email } : {}),
    topics: noticeTopics.filter((topic) => all.some(({ name, valueCode }) => name === 'topic' && valueCode === topic)),
    language: language === 'nn' || language === 'en' ? language : 'nb',
  }
}
