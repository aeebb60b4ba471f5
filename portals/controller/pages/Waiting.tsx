import type { AgreementSummary, Cell, Matrix } from '@helsevev/kernel/control/contract'
import { LoadedView } from '@helsevev/portal/client/loaded'
import { PageTitle } from '@helsevev/portal/client/PageTitle'
import { DataState } from '@helsevev/ui/DataState'
import { useAgreementName } from '../client/agreement-name.ts'
import { useFetched } from '../client/ask.ts'
import { PageLink } from '../client/PageLink.tsx'
import { useRole } from '../client/role.tsx'
import { Sign } from '../client/Sign.tsx'
import { Standing } from '../client/Status.tsx'
import { useWords } from '../client/words.ts'
import { contract } from '../contract.ts'

interface Unsigned extends AgreementSummary {
  cell: Cell
  weOpen: boolean
}

/** Versions of agreements that our side has not signed. */
function unsignedIn({ weOpen, openToUs }: Matrix): Unsigned[] {
  const of = (cells: readonly Cell[], ours: boolean) =>
    cells.flatMap((cell) =>
      cell.agreements
        .filter((one) => one.standing === 'pending' && (ours ? one.signedByController : one.signedByReceiver) === null)
        .map((one) => ({ ...one, cell, weOpen: ours })),
    )
  return [...of(weOpen, true), ...of(openToUs, false)]
}

/** Agreements that wait for our signature, in both directions. */
export function Waiting() {
  const { t, purposes, service: serviceName } = useWords()
  const { organization, may } = useRole()
  const nameOf = useAgreementName()
  const matrix = useFetched(contract.agreements)
  return (
    <>
      <PageTitle name={t('title.waiting')} />
      <p className="lead">{t('waiting.lead')}</p>
      <LoadedView loaded={matrix}>
        {(found) => {
          const unsigned = unsignedIn(found)
          if (unsigned.length === 0) return <DataState state="none" title={t('waiting.none')} text={t('list.noneText')} />
          return (
            <ul className="items">
              {unsigned.map((one) => {
                const { service, counterpart } = one.cell
                const parties = one.weOpen
                  ? { controller: organization, receiver: counterpart }
                  : { controller: counterpart, receiver: organization }
                const name = `${nameOf({ service, ...parties })}, ${t('agreement.version', { version: one.version }).toLowerCase()}`
                const theirs = one.weOpen ? one.signedByReceiver : one.signedByController
                return (
                  <li key={`${one.id}/${one.version}`} className="item">
                    <h2>
                      <PageLink page="agreement" parameters={{ id: one.id }}>
                        {name}
                      </PageLink>
                    </h2>
                    <Standing standing={one.standing} />
                    <p>{t(theirs ? 'agreement.waitsForUs' : 'agreement.waitsForBoth')}</p>
                    <p className="small">{`${t('agreement.purposes')}: ${purposes(one.purposes)}`}</p>
                    {may('sign-agreements') && (
                      <Sign
                        {...{ id: one.id, version: one.version, purposes: one.purposes, last: theirs !== null, about: name }}
                        parties={{ service: serviceName(service), controller: parties.controller.name, receiver: parties.receiver.name }}
                        reload={matrix.reload}
                      />
                    )}
                  </li>
                )
              })}
            </ul>
          )
        }}
      </LoadedView>
      <p className="screen-only">
        <PageLink page="sharing">{t('back.sharing')}</PageLink>
      </p>
    </>
  )
}
