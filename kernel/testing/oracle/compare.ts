/** The differences between two answers. */
import type { Answer } from '../../access/cases/answer.ts'

/** `{part}: {one} / {other}` for each part that differs; empty when the two agree. */
export function differences(one: Answer, other: Answer): string[] {
  const left = new Map(Object.entries(one))
  const right = new Map(Object.entries(other))
  return [...new Set([...left.keys(), ...right.keys()])].flatMap((part) => {
    const texts = [textOf(left.get(part)), textOf(right.get(part))]
    return texts[0] === texts[1] ? [] : [`${part}: ${texts.join(' / ')}`]
  })
}

function textOf(value: unknown): string {
  return value instanceof Set ? `{${[...value].sort().join(', ')}}` : String(value)
}
