/** What every message that was read has in common. */
import type { MessageInfo } from './messages/message-head.ts'
import type { Note } from './notes.ts'

export interface Message<K extends string = string, Body = unknown, Extension = unknown> {
  /** What it is, as e-prescription calls its messages: `M1`, `M25.1`, `AppRec`; a part of a message is called as its element. */
  readonly kind: K
  /** The date of its schema; the newest known one when that of the message is not known. */
  readonly version: string
  /** MsgInfo, when the message has a head. */
  readonly head?: MessageInfo
  readonly body: Body
  readonly extension?: Extension
  /** Whether the message has a signature. It is not checked here. */
  readonly isSigned: boolean
  /** The other documents of the message, in their order. */
  readonly attachments: readonly Attachment[]
  /** What was noted in this message alone; what lies inside has its own notes. */
  readonly notes: readonly Note[]
}

export interface Attachment {
  /** As sent; absent when the message stands as elements. */
  readonly base64?: string
  /** Absent when it is no message that can be read here, such as a token. */
  readonly message?: Message
}
