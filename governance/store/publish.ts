/** Packs, and which of them everybody may read. */
import { problem, type Result } from '@helsevev/kernel/problem/problem'
import { cleanText } from '@helsevev/kernel/values/clean-text'
import type { Sql } from 'postgres'

interface StoredPack {
  digest: string
  name: string
  published: string | null
  /** Questions of the pack that nobody has answered. */
  open: number
}

export async function packsIn(sql: Sql): Promise<StoredPack[]> {
  return [
    ...(await sql<StoredPack[]>`
      select digest, name, to_char(published, 'YYYY-MM-DD') as published,
        (select count(*)::int from council_question q where q.pack = p.digest and q.answer is null) as open
      from council_pack p order by imported, digest`),
  ]
}

/** Publishes a pack once, by the first characters of its digest, at least eight. */
export async function publish(sql: Sql, { pack, by, now }: { pack: string; by: string; now: Date }): Promise<Result<{ name: string }>> {
  if (!/^[0-9a-f]{8,64}$/.test(pack))
    return problem('invalid-parameter', 'A pack is named by at least eight of its characters, 0-9 and a-f.')
  if (by.trim() === '') return problem('invalid-parameter', 'Who publishes has a name.')
  const rows = await sql<{ name: string }[]>`
    update council_pack set published = ${now}, published_by = ${cleanText(by)}
    where starts_with(digest, ${pack}) and published is null returning name`
  const [row] = rows
  return row
    ? { name: row.name }
    : problem('not-found', 'No pack that waits to be published begins like this. See npx helsevev council packs.')
}
