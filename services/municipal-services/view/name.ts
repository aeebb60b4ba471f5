/** What a service is called. */
import type { Wording } from '@helsevev/ui/panel.ts'
import type { ShownService } from './panel-data.ts'

/** The plain name of the code; without one, what the sender calls the service. */
export function nameOf({ code, display }: ShownService, { t }: Pick<Wording, 't'>): string {
  const plain = code ? t(`service.${code}`, { defaultValue: '' }) : ''
  return plain || display || (code ? t('code', { code }) : t('unnamed'))
}
