/**
 * The person whose information is shown: the reader, or a person the reader acts for. Every page asks about that person, and loads again
 * when the person changes.
 */
import { type AnswerOf, addressOf, type Unheaded } from '@helsevev/kernel/wire/contract'
import { askAt, asking, isProblem, type JsonRow } from '@helsevev/portal/client/call.ts'
import { useSession } from '@helsevev/portal/client/session'
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import { aboutHeader, type CitizenProblem, contract, oneself, type People, type Person, type Remembered } from '../contract.ts'

const ask = asking<CitizenProblem>()

interface PeopleValue {
  people: readonly Person[]
  about: Person
  switchTo(person: string): Promise<CitizenProblem | undefined>
  /** Loads the list of people again, after a power of attorney or a consent has changed. */
  reload(): Promise<void>
}

const Context = createContext<PeopleValue | undefined>(undefined)

export function usePeople(): PeopleValue {
  const value = useContext(Context)
  if (!value) throw new Error('usePeople is used inside PeopleProvider')
  return value
}

interface PeopleProviderProps {
  /** The person that the session remembers; changes when another window switches. */
  remembered: string
  /** Shown until the people are known, and when they could not be loaded. */
  waiting: (problem: CitizenProblem | undefined, retry: () => void) => ReactNode
  children: ReactNode
}

export function PeopleProvider({ remembered, waiting, children }: PeopleProviderProps) {
  const { refresh, tellOthers } = useSession<Remembered>()
  const [answer, setAnswer] = useState<People>()
  const [problem, setProblem] = useState<CitizenProblem>()

  const reload = useCallback(async () => {
    setProblem(undefined)
    const people = await ask(contract.people)
    if (!isProblem(people)) return setAnswer(people)
    if (people.code === 'signed-out') await refresh()
    setProblem(people)
  }, [refresh])

  useEffect(() => {
    void reload()
  }, [reload])

  const switchTo = useCallback(
    async (person: string) => {
      const chosen = await ask(contract.choosePerson, { body: { person } })
      if (isProblem(chosen)) return chosen
      tellOthers()
      await refresh()
    },
    [refresh, tellOthers],
  )

  const value = useMemo(() => {
    const self = answer?.people.find(({ isSelf }) => isSelf)
    const about = answer?.people.find(({ id }) => id === remembered) ?? self
    return answer && about ? { people: answer.people, about, switchTo, reload } : undefined
  }, [answer, remembered, switchTo, reload])

  return value ? <Context value={value}>{children}</Context> : waiting(problem, () => void reload())
}

/** Asks the portal's server about the person that the pages are about. */
export function useAsk() {
  const { about } = usePeople()
  const { refresh } = useSession<Remembered>()
  const { id } = about
  return useCallback(
    async <R extends JsonRow>(row: R, ...[given]: Unheaded<R>): Promise<AnswerOf<R> | CitizenProblem> => {
      const answer = await askAt<R, CitizenProblem>(row, addressOf(row, given), { ...given, headers: { [aboutHeader]: id } })
      if (isProblem(answer) && answer.code === 'signed-out') await refresh()
      return answer
    },
    [id, refresh],
  )
}

/** From 13 to 15 the person's own pages are in simpler words, and there are fewer of them. */
export function isYouth({ id, age }: Person): boolean {
  return id === oneself && age !== undefined && age < 16
}

/** Whether any information service is open, so that there is something to switch to. */
export function hasSomethingOpen({ services }: Person): boolean {
  return services.some(({ open }) => open)
}
