/** What a person gets who follows an address that leads nowhere: a page in their language. Programs get a Problem. */
import { languageIn } from '@helsevev/ui/language.ts'
import { texts } from '@helsevev/ui/texts.ts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { page } from './layout.ts'
import { sendPage } from './protect.ts'
import { wordsOf } from './words.ts'

// biome-ignore format: a table, one row to a text
const wrongAddressTexts = texts({
  title: ['Siden finnes ikke', 'Sida finst ikkje', 'There is no such page'],
  text: ['Adressen er feil, eller siden er flyttet. Det du leter etter, finner du fra forsiden.',
    'Adressa er feil, eller sida er flytta. Det du leitar etter, finn du frå framsida.',
    'The address is wrong, or the page has moved. You find what you look for from the front page.'],
  number: ['Står det et fødselsnummer i adressen, åpnes den aldri: adresser blir lagret mange steder.',
    'Står det eit fødselsnummer i adressa, blir ho aldri opna: adresser blir lagra mange stader.',
    'An address with an identity number in it is never opened: addresses are stored in many places.'],
  home: ['Gå til forsiden', 'Gå til framsida', 'Go to the front page'],
})

/** The API speaks to programs, whatever they say that they take. */
const forPrograms = /^\/(fhir|control|log|health|\.well-known)(\/|$|\?)/

export function wrongAddress(request: FastifyRequest, reply: FastifyReply): FastifyReply | undefined {
  const { method, headers, url } = request
  if (method !== 'GET' || !(headers.accept ?? '').includes('text/html') || forPrograms.test(url)) return undefined
  const language = languageIn(headers.cookie)
  const t = wordsOf(wrongAddressTexts, language)
  // The language is changed on the front page: the address itself is never repeated.
  return sendPage(
    reply.code(404),
    page({
      language,
      title: `${t('title')} – Helsevev`,
      path: '/',
      content: `<div class="wide text">
<h1>${t('title')}</h1>
<p>${t('text')}</p>
<p>${t('number')}</p>
<p><a class="button" href="/">${t('home')}</a></p>
</div>`,
    }),
  )
}
