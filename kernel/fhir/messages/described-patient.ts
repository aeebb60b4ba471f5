/**
 * Whether a message describes another person than the one whose identity number it has. A number that is valid may still be the wrong one:
 * a twin's, or that of the line above. Pure.
 */
import type { DescribedPatient } from '../service.ts'

/** The names and the sex of the register. */
export interface RegisteredNames {
  given: string | null
  family: string | null
  gender: string | null
}

/** Elements that both state, and state differently. */
export function differencesOf(
  registered: RegisteredNames | undefined,
  birthDate: string | undefined,
  described: DescribedPatient,
): ('name' | 'birth date' | 'sex')[] {
  const { given = null, family = null, gender = null } = registered ?? {}
  const sex = gender === 'male' || gender === 'female' ? gender : undefined
  return [
    ...(described.name !== undefined && isOther(described.name, given, family) ? (['name'] as const) : []),
    ...(described.birthDate !== undefined && birthDate !== undefined && described.birthDate !== birthDate ? (['birth date'] as const) : []),
    ...(described.gender !== undefined && sex !== undefined && described.gender !== sex ? (['sex'] as const) : []),
  ]
}

/**
 * Names are alike when one of the given names and one part of the family name are in both, in any order: people have several of each, and
 * systems use some of them, shorten them, and write them without the letters of another alphabet.
 */
function isOther(name: string, given: string | null, family: string | null): boolean {
  const sent = partsOf(name)
  if (sent.length === 0) return false
  return [given, family].some((known) => {
    const parts = partsOf(known ?? '')
    return parts.length > 0 && !parts.some((part) => sent.some((one) => alike(part, one)))
  })
}

/** An initial, or the beginning of a name that was cut. */
function alike(registered: string, sent: string): boolean {
  return registered === sent || (sent.length === 1 || sent.length >= 4 ? registered.startsWith(sent) : false)
}

const letters: Readonly<Record<string, string>> = { ø: 'o', æ: 'ae', đ: 'd', ŧ: 't', ŋ: 'n', ð: 'd', þ: 'th', ł: 'l', ß: 'ss' }

function partsOf(name: string): string[] {
  return name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[øæđŧŋðþłß]/g, (letter) => letters[letter] ?? letter)
    .replaceAll('aa', 'a')
    .split(/[^\p{L}]+/u)
    .filter(Boolean)
}
