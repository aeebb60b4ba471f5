/**
 * Tests every row of a portal's contract against a running portal: the right answer to a right request, and the right refusal to every
 * other.
 */
import assert from 'node:assert/strict'
import type * as nodeTest from 'node:test'
import { type Contract, file, type Given, type Input, type Row } from '@helsevev/kernel/wire/contract'
import { csrfHeader } from '../../contract.ts'
import type { Browser } from './browser.ts'

/** A correct request for each row, made when the page is signed in. */
export type Requests<C extends Contract> = { readonly [Name in keyof C]: () => Given<C[Name]> | Promise<Given<C[Name]>> }

interface Walk<C extends Contract> {
  contract: C
  requests: Requests<C>
  /** A browser at the portal that is not signed in yet. */
  arrive(): Browser
  signIn(page: Browser): Promise<unknown>
  /** `node:test` as the test file imported it: what it registers belongs to that file, also where several files share a process. */
  runner: Pick<typeof nodeTest, 'before' | 'describe' | 'test'>
}

const fromElsewhere: [what: string, headers: Record<string, string>][] = [
  ['another origin', { origin: 'https://other.example' }],
  ['no csrf value of the session', { [csrfHeader]: '' }],
  ['another site', { 'sec-fetch-site': 'cross-site' }],
]

export function walk<C extends Contract>({ contract, requests, arrive, signIn, runner }: Walk<C>): void {
  const { before, describe, test } = runner
  for (const [name, row] of Object.entries<Row>(contract)) {
    // The table of requests is typed by row; here each is sent with its own row.
    const right = async () => [await requests[name as keyof C]()] as unknown as Input<Row>

    describe(`${name}: ${row.method} ${row.path}`, () => {
      let page: Browser
      let given: Input<Row>
      before(async () => {
        page = arrive()
        await signIn(page)
        given = await right()
      })

      test('nobody who is not signed in is answered', async () => {
        const answer = await arrive().ask(row, ...given)
        const expected = row.path === '/me' ? [200, { signedIn: false }] : [401, { code: 'signed-out' }]
        assert.deepEqual([answer.statusCode, answer.json()], expected)
      })

      if (row.path !== '/me')
        test('a parameter that the row does not have is refused', async () => {
          const answer = await page.ask({ ...row, path: `${row.path}?other=1` }, ...given)
          assert.deepEqual([answer.statusCode, answer.json()], [400, { code: 'invalid-request' }])
        })

      if (row.method !== 'GET')
        for (const [what, headers] of fromElsewhere)
          test(`a change with ${what} is refused`, async () => {
            const answer = await page.askWith(headers, row, ...given)
            assert.deepEqual([answer.statusCode, answer.json()], [403, { code: 'not-from-our-page' }])
          })

      // Last, because it may end the session.
      test('a right request is answered as the row says', async () => {
        if (row.answer !== file) return void (await page.answer(row, ...given))
        const answer = await page.ask(row, ...given)
        assert.equal(answer.statusCode, 200, answer.body)
        assert.match(String(answer.headers['content-disposition']), /^attachment; filename="[a-z0-9.-]+"$/)
        assert.ok(answer.rawPayload.length > 0)
      })
    })
  }
}
