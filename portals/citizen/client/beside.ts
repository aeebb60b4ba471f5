/** What other services have about the medicines on the page of the medication list. A service that is closed to the reader is not asked. */
import type { Beside, BesideStatus } from '@helsevev/clinical/medicines/beside'
import { besideOf as allergiesOf } from '@helsevev/service-critical-information/beside'
import { besideOf as prescriptionsOf } from '@helsevev/service-e-prescriptions/beside'
import { withBeside } from '@helsevev/service-medication-list/with-beside'
import { useEffect, useMemo, useState } from 'react'
import { contract, type PanelAnswer } from '../contract.ts'
import { useAsk, usePeople } from './people.tsx'

const SERVICE = 'medication-list'
const others = ['e-prescriptions', 'critical-information'] as const

type Answers = ReadonlyMap<string, PanelAnswer | BesideStatus>

/** The data of the page with what the other services answered, as far as they have. Other pages have their data as it is. */
export function useBeside(service: string): (data: unknown) => unknown {
  const ask = useAsk()
  const { about } = usePeople()
  const [answers, setAnswers] = useState<Answers>(new Map())
  useEffect(() => {
    if (service !== SERVICE) return
    let isOver = false
    const keep = (other: string, answer: PanelAnswer | BesideStatus) => setAnswers((before) => new Map(before).set(other, answer))
    setAnswers(new Map())
    for (const other of others) {
      const isOpen = about.services.some(({ id, open }) => id === other && open)
      if (!isOpen) keep(other, 'refused')
      else
        void ask(contract.panel, { service: other }).then((answer) => {
          if (!isOver) keep(other, 'code' in answer ? (answer.code === 'unavailable' ? 'unavailable' : 'failed') : answer)
        })
    }
    return () => {
      isOver = true
    }
  }, [service, about, ask])
  return useMemo(() => {
    const beside: Beside = {
      prescriptions: partOf(answers.get('e-prescriptions'), prescriptionsOf),
      allergies: partOf(answers.get('critical-information'), allergiesOf),
    }
    return (data: unknown) => (service === SERVICE ? withBeside(data as Parameters<typeof withBeside>[0], beside) : data)
  }, [service, answers])
}

function partOf<Data>(answer: PanelAnswer | BesideStatus = 'loading', read: (data: never) => Data) {
  if (typeof answer === 'string') return { status: answer, isPartial: false }
  const { status, data, partial, withheld, unreadable = 0 } = answer
  return {
    status,
    isPartial: partial || withheld.length > 0 || unreadable > 0,
    ...(data === undefined ? {} : { data: read(data as never) }),
  }
}
