/** Signs one version of an agreement for our side: on its own page, and in the list of what waits for us. */
import { contract } from '../contract.ts'
import { useAsk } from './ask.ts'
import { Change } from './Change.tsx'
import { useWords } from './words.ts'

interface SignProps {
  id: string
  version: number
  purposes: readonly string[]
  /** Names, as the reader sees them. */
  parties: { service: string; controller: string; receiver: string }
  /** The other side has signed: with this signature the agreement opens. */
  last: boolean
  /** What the button is about, where several stand on one page. */
  about?: string
  reload: () => Promise<void>
}

export function Sign({ id, version, purposes: codes, parties, last, about, reload }: SignProps) {
  const { t, purposes } = useWords()
  const ask = useAsk()
  return (
    <Change
      label={t('sign.button')}
      about={about}
      title={t('sign.title')}
      consequences={[
        t('sign.opens', { ...parties, purposes: purposes(codes) }),
        t(last ? 'sign.last' : 'sign.first'),
        t('sign.twoPeople'),
        t('change.logged'),
      ]}
      send={(reason) => ask(contract.signAgreement, { id, body: { version, reason } })}
      done={t(last ? 'sign.doneLast' : 'sign.doneFirst')}
      onDone={reload}
    />
  )
}
