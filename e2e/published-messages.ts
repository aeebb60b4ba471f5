/** Published messages of e-prescription, as files below a folder, and the persons that they are about. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readMessage } from '@helsevev/clinical/e-prescription/read'
import { idOf } from '@helsevev/clinical/e-prescription-fhir/addressed'
import { codesFromData } from '@helsevev/kernel/codes/data'
import { isProblem } from '@helsevev/kernel/problem/problem'

const codes = codesFromData()

export interface PublishedMessage {
  /** Below the folder. */
  name: string
  /** By which it stands among messages that wait: kind and id. */
  label: string
  /** `M25.1`; `-` where it is no message that is read. */
  kind: string
  octets: Buffer
  /** Identity numbers that stand in it, in the messages that lie in it too. */
  numbers: string[]
}

export function publishedMessages(folder: string): PublishedMessage[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.xml'))
  return files.toSorted().map((file) => {
    const octets = readFileSync(join(folder, file))
    const message = readMessage(octets, codes)
    const kind = isProblem(message) ? '-' : message.kind
    const label = isProblem(message) ? '' : `${kind} ${idOf(message)}`
    return { name: file, kind, label, octets, numbers: isProblem(message) ? [] : numbersIn(message) }
  })
}

function numbersIn(value: unknown): string[] {
  if (typeof value === 'string') return /^\d{11}$/.test(value) ? [value] : []
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : []
}
