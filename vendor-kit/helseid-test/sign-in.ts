/** The routes behind the sign-in page. */
import type Provider from 'oidc-provider'
import { subjectOf } from './claims.ts'
import { type Language, languageOf } from './page-words.ts'
import { expiredPage, FACES_PATH, faceFiles, type Page, type Reader, signInPage } from './pages.ts'
import type { TestClient, TestWorld } from './world.ts'

type Middleware = Parameters<Provider['use']>[0]

export const SIGN_IN_PATH = '/innlogging'

/** Files in woff2, by weight. */
export type Typeface = Record<keyof typeof faceFiles, Buffer>

const FORM_LIMIT = 4096

/** Shows the test people (GET) and completes the sign-in as the chosen one (POST), or at once as the one in `login_hint`. */
export function createSignIn(provider: Provider, world: TestWorld): Middleware {
  return async (ctx, next) => {
    if (!ctx.path.startsWith(`${SIGN_IN_PATH}/`)) return next()
    const interaction = await provider.interactionDetails(ctx.req, ctx.res).catch(() => undefined)
    if (!interaction) {
      return show(ctx, expiredPage(readerOf(ctx, world)), 400)
    }
    const choose = (status: number) => {
      const { language } = readerOf(ctx, world)
      const nameOf = (id: string) =>
        nameIn(
          language,
          world.clients.find(({ clientId }) => clientId === id),
        ) ?? id
      const clientId = String(interaction.params.client_id)
      const returnTo = String(interaction.params.redirect_uri)
      const shown = { clientId, clientName: nameOf(clientId), people: world.people, nameOf, action: ctx.path, returnTo }
      show(ctx, signInPage(shown, { ...readerOf(ctx, world), path: ctx.path }), status)
    }
    // A client that knows who it wants says so (OpenID Connect Core section 3.1.2.1): then there is nothing to choose.
    const hinted = world.people.find(({ id }) => id === interaction.params.login_hint)
    if (ctx.method !== 'POST' && !hinted) return choose(200)

    const form = ctx.method === 'POST' ? await readForm(ctx.req) : new URLSearchParams()
    const person = form.has('cancel') ? undefined : (world.people.find(({ id }) => id === form.get('person')) ?? hinted)
    if (!person && !form.has('cancel')) return choose(400)
    ctx.redirect(
      await provider.interactionResult(
        ctx.req,
        ctx.res,
        person
          ? { login: { accountId: subjectOf(person), amr: ['test-person'], remember: false }, consent: {} }
          : { error: 'access_denied', error_description: 'the person cancelled the sign-in' },
      ),
    )
    ctx.status = 303
  }
}

/** The language that the request asks for, and the services that state where people come back to. */
export function readerOf(
  ctx: { querystring: string; get(header: string): string },
  { clients }: Pick<TestWorld, 'clients'> = { clients: [] },
): Reader {
  const language = languageOf(new URLSearchParams(ctx.querystring).get('language'), ctx.get('cookie'))
  const ways = clients.flatMap((client) => {
    const [href] = client.postLogoutRedirectUris ?? []
    return href !== undefined && /^https?:/.test(href) ? [{ name: nameIn(language, client) ?? '', href }] : []
  })
  return { language, ways }
}

function nameIn(language: Language, client: TestClient | undefined): string | undefined {
  return client?.names?.[language] ?? client?.name
}

/** Serves the files of the typeface that the pages ask for. */
export function createTypeface(files: Typeface): Middleware {
  return async (ctx, next) => {
    const face = ([400, 600] as const).find((weight) => ctx.path === `${FACES_PATH}/${faceFiles[weight]}`)
    if (!face || ctx.method !== 'GET') return next()
    ctx.set({ 'content-type': 'font/woff2', 'cache-control': 'max-age=86400', 'x-content-type-options': 'nosniff' })
    ctx.body = files[face]
  }
}

export function show(ctx: { status: number; body: unknown; set(headers: Record<string, string>): void }, page: Page, status: number): void {
  ctx.status = status
  ctx.set(page.headers)
  ctx.body = page.body
}

async function readForm(request: AsyncIterable<Buffer>): Promise<URLSearchParams> {
  let text = ''
  for await (const chunk of request) {
    text += chunk.toString('utf8')
    if (text.length > FORM_LIMIT) break
  }
  return new URLSearchParams(text)
}
