/** Names and values; those without a value are left out. A list of values stands one to a line. */
import type { ReactNode } from 'react'

export function Facts({ facts }: { facts: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <dl className="facts">
      {facts.map(([name, value]) =>
        value ? (
          <div key={name}>
            <dt>{name}</dt>
            <dd translate={typeof value === 'string' && /^[\d ]+$/.test(value) ? 'no' : undefined}>{value}</dd>
          </div>
        ) : null,
      )}
    </dl>
  )
}
