/** The texts of the panels, which load with the first page that shows one of them. */
import { languages } from '@helsevev/ui/format.ts'
import { inLanguage } from '@helsevev/ui/texts.ts'
import i18next from 'i18next'
import { views } from '../panels.client.ts'

for (const { namespace, texts } of views)
  for (const language of languages) i18next.addResourceBundle(language, namespace, inLanguage(texts, language))
