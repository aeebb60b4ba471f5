/** The name of a service. */
import { codedText, type Wording } from '@helsevev/ui/texts.ts'
import type { ShownService } from './panel-data.ts'

/** The plain name of the code; without one, the sender's name for the service. */
export function nameOf({ code, display }: ShownService, { t }: Pick<Wording<'municipal-services'>, 't'>): string {
  const plain = code && codedText(t, 'service', code)
  return plain || display || (code ? t('code', { code }) : t('unnamed'))
}
