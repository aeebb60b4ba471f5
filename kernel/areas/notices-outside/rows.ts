/** What a decision opens of the settings of notices: those of the signed-in person. */
import { type Bind, keysOf } from '../../fhir/rows.ts'
import { type NoticeSettings, setSettings, settingsOf } from './settings.ts'

interface NoticeSettingsRows {
  settings(): Promise<NoticeSettings>
  /** `eventId`: of the row of the access log that says so. */
  set(settings: NoticeSettings, eventId: string): Promise<void>
}

export const noticeSettingsRows: Bind<NoticeSettingsRows> = ({ sql, ids, clock }, decision) => {
  const [patient] = keysOf(decision)
  return {
    settings: async () => await settingsOf(sql, patient),
    set: async (settings, eventId) => await setSettings(sql, ids, { patient, settings, eventId, at: clock() }),
  }
}
