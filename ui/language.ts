/** The cookie that remembers the reader's language; the same for the browser and for pages that the server writes. */
import { type Language, languageOf } from './format.ts'

const name = 'helsevev-language'
const seconds = 365 * 86_400

/** The language in a `Cookie` header or in `document.cookie`; bokmål when none was chosen. */
export function languageIn(cookies: string | undefined): Language {
  const value = (cookies ?? '')
    .split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${name}=`))
  return languageOf(value?.slice(name.length + 1))
}

/** The cookie to set, for a year. Not HttpOnly: the pages change it themselves. */
export function languageCookie(language: Language, https: boolean): string {
  return `${name}=${language}; Path=/; Max-Age=${seconds}; SameSite=Lax${https ? '; Secure' : ''}`
}
