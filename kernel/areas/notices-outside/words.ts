/**
 * What a message outside the portal says: that there is something, and where to read it. No name, no health information, nothing about what
 * it is: others may see the screen of a telephone.
 */
import type { NoticeLanguage } from './settings.ts'

export type MessageKind = 'news' | 'address-set' | 'address-removed'

const subject: Record<NoticeLanguage, string> = { nb: 'Varsel fra Helsevev', nn: 'Varsel frå Helsevev', en: 'Notice from Helsevev' }

const texts: Record<MessageKind, Record<NoticeLanguage, string>> = {
  news: {
    nb: 'Du har et nytt varsel i Helsevev. Skriv adressen {where} i nettleseren og logg inn for å lese det.',
    nn: 'Du har eit nytt varsel i Helsevev. Skriv adressa {where} i nettlesaren og logg inn for å lese det.',
    en: 'You have a new notice in Helsevev. Type the address {where} in your browser and sign in to read it.',
  },
  'address-set': {
    nb: 'Varsler fra Helsevev kommer hit fra nå. Har du ikke bedt om det, kan du se bort fra meldingen.',
    nn: 'Varsel frå Helsevev kjem hit frå no. Har du ikkje bede om det, kan du sjå bort frå meldinga.',
    en: 'Notices from Helsevev come here from now on. If you did not ask for that, ignore this message.',
  },
  'address-removed': {
    nb: 'Varsler fra Helsevev kommer ikke lenger hit. Har du ikke endret det selv, logg inn på {where} og se etter.',
    nn: 'Varsel frå Helsevev kjem ikkje lenger hit. Har du ikkje endra det sjølv, logg inn på {where} og sjå etter.',
    en: 'Notices from Helsevev no longer come here. If you did not change that yourself, sign in at {where} and look.',
  },
}

/** `where`: the portal without https://, so that no telephone makes it a link. People are not to follow links in messages about health. */
export function messageOf(kind: MessageKind, language: NoticeLanguage, where: string): { subject: string; text: string } {
  return { subject: subject[language], text: texts[kind][language].replace('{where}', where.replace(/^https?:\/\//, '')) }
}
