/** The pages outside the portals: the front page, help, privacy and the accessibility statement, with the style and typeface they share. */
import { readFile } from 'node:fs/promises'
import { designSystem } from '@helsevev/ui/design-system-files.ts'
import { type Language, languages } from '@helsevev/ui/format.ts'
import { languageCookie, languageIn } from '@helsevev/ui/language.ts'
import type { FastifyInstance } from 'fastify'
import type { PortalName } from '../env.ts'
import type { KeptMessage } from '../notices/gateway.ts'
import type { SeedWorld } from '../seed/index.ts'
import { accessibilityPage } from './accessibility/accessibility-page.ts'
import { frontPage } from './front-page.ts'
import { helpIndexPage, helpPage, privacyPage } from './help-page.ts'
import { protect, sendPage } from './protect.ts'
import { testNoticesPage } from './test-notices-page.ts'

interface PagesOptions {
  /** The made-up people; absent where there are none. */
  world: SeedWorld | undefined
  portals: readonly PortalName[]
  /** Whether a link may sign somebody in: at the test identity provider. */
  oneClick: boolean
  /** How to reach those who run the server, as people read it. */
  contact: string | undefined
  /** Notices to patients that would have been sent; undefined where they are sent. */
  sentNotices?: (() => readonly KeptMessage[]) | undefined
  /** Whether people reach the server over https. */
  https: () => boolean
}

const fonts = ['source-sans-pro-400-regular.woff2', 'source-sans-pro-600-semibold.woff2'] as const

export async function pages(app: FastifyInstance, { world, portals, oneClick, contact, sentNotices, https }: PagesOptions): Promise<void> {
  const written: Record<string, (language: Language) => string> = {
    '/': (language) => frontPage({ language, world, portals, oneClick }),
    '/accessibility': (language) => accessibilityPage(language),
    '/privacy': privacyPage,
    '/help': (language) => helpIndexPage(portals, language, contact),
    ...Object.fromEntries(portals.map((portal) => [`/help/${portal}`, (language: Language) => helpPage(portal, language, contact)])),
    ...(sentNotices ? { '/test-notices': (language: Language) => testNoticesPage(language, sentNotices()) } : {}),
  }
  for (const [path, write] of Object.entries(written)) {
    app.get(path, (request, reply) => {
      const asked = (request.query as Record<string, unknown>)['language']
      const chosen = languages.find((language) => language === asked)
      // The choice is kept and the address is clean again, so that a page that is loaded again or shared does not choose for anybody.
      if (chosen) return protect(reply).header('Set-Cookie', languageCookie(chosen, https())).redirect(path, 303)
      return sendPage(reply, write(languageIn(request.headers.cookie)))
    })
  }

  const style = [await readFile(designSystem('scss/supernova/styles/colors.css')), await readFile(new URL('style.css', import.meta.url))]
  app.get('/pages/style.css', (_request, reply) =>
    protect(reply).type('text/css; charset=utf-8').header('Cache-Control', 'max-age=600').send(style.join('\n')),
  )
  for (const font of fonts) {
    const bytes = await readFile(designSystem(`fonts/${font}`))
    app.get(`/pages/${font}`, (_request, reply) => protect(reply).type('font/woff2').header('Cache-Control', 'max-age=86400').send(bytes))
  }
}
