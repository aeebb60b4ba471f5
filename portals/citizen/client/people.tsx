/** Whose information is shown: oneself, or somebody one acts for. Every page asks for that person, and starts anew when it changes. */
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
  /** Asks anew who there is, after a power of attorney or a consent has changed. */
  reload(): Promise<void>
}

const Context = createContext<PeopleValue | undefined>(undefined)

export function usePeople(): PeopleValue {
  const value = useContext(Context)
  if (!value) throw new Error('usePeople is used inside PeopleProvider')
  return value
}

interface PeopleProviderProps {
  /** Of the session: changes when another window switches. */
  remembered: string
  /** Shown until the people are known, and when they cannot be. */
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

/** Asks the portal's server about the person whom the pages are about. */
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

/** The person's own page is in simpler words, and has fewer things, from 13 to 15. */
export function isYouth({ id, age }: Person): boolean {
  return id === oneself && age !== undefined && age < 16
}

/** Some information service is open: there is something to switch to. */
export function hasSomethingOpen({ services }: Person): boolean {
  return services.some(({ open }) => open)
}
