import type { Unit } from '@helsevev/kernel/control/contract'
import { PageTitle } from '@helsevev/portal/client/PageTitle'
import { useState } from 'react'
import { useAsk } from '../client/ask.ts'
import { Change } from '../client/Change.tsx'
import { TextField } from '../client/Field.tsx'
import { PagedView, usePaged } from '../client/paged.tsx'
import { useRole } from '../client/role.tsx'
import { useWords } from '../client/words.ts'
import { contract } from '../contract.ts'

/** Our units and their telephone numbers, which clinicians see. */
export function Units() {
  const { t } = useWords()
  const { may } = useRole()
  const units = usePaged(contract.units, (slice) => ({ query: slice }))
  return (
    <>
      <PageTitle name={t('title.units')} />
      <p className="lead">{t('units.lead')}</p>
      <PagedView paged={units} none={t('units.none')}>
        {(found) => (
          <ul className="rows">
            {found.map((unit) => (
              <li key={`${unit.organization} ${unit.system} ${unit.value}`} className="row">
                <div className="row__words">
                  <h2 className="row__name">{unit.name}</h2>
                  <p className="small">{t('units.number', { number: unit.value })}</p>
                  <p>{unit.phone ? t('units.phone', { phone: unit.phone }) : t('units.noPhone')}</p>
                </div>
                {may('change-units') && <ChangePhone key={unit.phone} unit={unit} reload={units.loaded.reload} />}
              </li>
            ))}
          </ul>
        )}
      </PagedView>
    </>
  )
}

function ChangePhone({ unit, reload }: { unit: Unit; reload: () => Promise<void> }) {
  const { t } = useWords()
  const ask = useAsk()
  const [phone, setPhone] = useState(unit.phone ?? '')
  const { organization, system, value, name } = unit
  return (
    <Change
      label={t('units.change.button')}
      about={name}
      title={t('units.change.title', { name })}
      consequences={[t('units.change.shown'), t('units.change.import'), t('change.logged')]}
      send={(reason) => ask(contract.changePhone, { body: { organization, system, value, phone: phone.trim() || null, reason } })}
      done={phone.trim() ? t('units.change.done', { name, phone: phone.trim() }) : t('units.change.taken', { name })}
      onDone={reload}
    >
      <TextField label={t('units.change.phone')} help={t('units.change.help')} value={phone} onChange={setPhone} inputMode="tel" />
    </Change>
  )
}
