/** Which analyses are outside their reference at present. */
import type { ShownResult, TestResultsData } from './panel-data.ts'

interface Outside {
  result: ShownResult & { deviation: NonNullable<ShownResult['deviation']> }
  time: string
}

/** Only the newest result of each analysis counts; newest first. */
export function outsideIn({ reports }: TestResultsData): Outside[] {
  const seen = new Set<string>()
  return reports
    .toSorted((a, b) => Date.parse(b.time) - Date.parse(a.time))
    .flatMap(({ results, time }) =>
      results.flatMap(withMembers).flatMap((result): Outside[] => {
        const key = result.code ?? result.name
        if (result.value === undefined || seen.has(key)) return []
        seen.add(key)
        const { deviation } = result
        return deviation ? [{ result: { ...result, deviation }, time }] : []
      }),
    )
}

function withMembers(result: ShownResult): ShownResult[] {
  return [result, ...result.members.flatMap(withMembers)]
}
