/** A kind of message that vendors send. */
export interface Message {
  path: string
  body: string
}

export interface Recipient {
  identityNumber: string
  /** Organisation number of the sender, who is the data controller. */
  organization: string
  /** The place of the message in the whole run; people come in turn, so that `nth / people` shows how many this person has had before. */
  nth: number
  people: number
}

export interface InputKind {
  service: string
  sender: 'laboratory' | 'municipality'
  mediaType: string
  status: number
  message(to: Recipient): Message
  /** What is wrong with an answer whose status is right. */
  check?(body: string): string | undefined
}
