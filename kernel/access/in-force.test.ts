import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type AgreementStatus, inForce, statusOf } from './in-force.ts'
import type { Agreement } from './request.ts'

const now = new Date('2026-01-15T10:00:00Z')
const NOW = now.getTime()
const [BEFORE, LATER] = [NOW - 1, NOW + 1]

const agreement: Agreement = {
  controller: '900000001',
  receiverType: 'organization',
  units: [],
  serviceCodes: [],
  purposes: ['TREAT', 'ETREAT'],
  sensitiveCodes: [],
  validFrom: Date.UTC(2025, 0, 1),
  validUntil: null,
  controllerSigned: Date.UTC(2024, 11, 1),
  receiverSigned: Date.UTC(2024, 11, 2),
  ended: null,
  closed: false,
  delivers: [],
}
const [HOME, NIGHT] = ['900000021', '900000022']
const provider: Partial<Agreement> = { receiverType: 'private-provider' }
const contract: Partial<Agreement> = { ...provider, units: [HOME] }

interface Row {
  is: AgreementStatus
  when: string
  with?: Partial<Agreement>
  purpose?: string
  units?: string[]
}

// biome-ignore format: a table, one row to a line
const rows: Row[] = [
  { is: 'in-force',       when: 'both have signed and it has no end' },
  { is: 'pending',        when: 'nobody has signed',                             with: { controllerSigned: null, receiverSigned: null } },
  { is: 'pending',        when: 'only the receiver has signed',                  with: { controllerSigned: null } },
  { is: 'pending',        when: 'only the controller has signed',                with: { receiverSigned: null } },
  { is: 'in-force',       when: 'the last signature is of this instant',         with: { receiverSigned: NOW } },
  { is: 'pending',        when: 'the last signature is of a moment later',       with: { receiverSigned: LATER } },
  { is: 'pending',        when: 'the controller signs a moment later',           with: { controllerSigned: LATER } },
  { is: 'in-force',       when: 'it begins at this instant',                     with: { validFrom: NOW } },
  { is: 'not-begun',      when: 'it begins a moment later',                      with: { validFrom: LATER } },
  { is: 'in-force',       when: 'it runs for a moment more',                     with: { validUntil: LATER } },
  { is: 'expired',        when: 'it runs until this instant',                    with: { validUntil: NOW } },
  { is: 'expired',        when: 'it ran until a moment ago',                     with: { validUntil: BEFORE } },
  { is: 'in-force',       when: 'it is ended from a moment later',               with: { ended: LATER } },
  { is: 'ended',          when: 'it is ended from this instant',                 with: { ended: NOW } },
  { is: 'ended',          when: 'it was ended before anybody signed',            with: { ended: BEFORE, controllerSigned: null, receiverSigned: null } },
  { is: 'closed',         when: 'the controller has closed the service',         with: { closed: true } },
  { is: 'expired',        when: 'it has run out, and is closed as well',         with: { closed: true, validUntil: NOW } },
  { is: 'in-force',       when: 'another purpose that it names is asked for',    purpose: 'ETREAT' },
  { is: 'other-purpose',  when: 'a purpose is asked for that it does not name',  purpose: 'COC' },
  { is: 'other-purpose',  when: 'it does not name emergency access',             purpose: 'BTG' },
  { is: 'in-force',       when: 'it names emergency access',                     purpose: 'BTG', with: { purposes: ['BTG'] } },
  { is: 'closed',         when: 'it is closed, whatever the emergency',          purpose: 'BTG', with: { purposes: ['BTG'], closed: true } },
  { is: 'in-force',       when: 'an organisation asks from any of its units',    units: [NIGHT] },
  { is: 'in-force',       when: 'the provider delivers, by no particular unit',  with: { ...provider, delivers: [''] } },
  { is: 'in-force',       when: 'the unit that asks delivers',                   with: { ...provider, delivers: [HOME] }, units: [HOME] },
  { is: 'not-delivering', when: 'another unit than the one that asks delivers',  with: { ...provider, delivers: [NIGHT] }, units: [HOME] },
  { is: 'not-delivering', when: 'a unit delivers, and the asker names none',     with: { ...provider, delivers: [HOME] } },
  { is: 'not-delivering', when: 'the provider does not deliver to the patient',  with: provider, units: [HOME] },
  { is: 'in-force',       when: 'a named unit asks, and delivers',               with: { ...contract, delivers: [HOME] }, units: [HOME] },
  { is: 'in-force',       when: 'one of two units that ask is named',            with: { ...contract, delivers: [''] }, units: [NIGHT, HOME] },
  { is: 'other-unit',     when: 'a unit asks that the contract does not name',   with: { ...contract, delivers: [''] }, units: [NIGHT] },
  { is: 'other-unit',     when: 'the contract names units, and none asks',       with: { ...contract, delivers: [''] } },
  { is: 'not-delivering', when: 'a named unit asks, and none delivers',          with: contract, units: [HOME] },
  { is: 'not-delivering', when: 'the unit outside the contract delivers',        with: { ...contract, delivers: [NIGHT] }, units: [NIGHT, HOME] },
  { is: 'other-purpose',  when: 'a provider asks for what it does not name',     with: { ...contract, delivers: [HOME] }, units: [HOME], purpose: 'BTG' },
]

for (const { is, when, with: changes = {}, purpose = 'TREAT', units = [] } of rows) {
  test(`an agreement is ${is} when ${when}`, () => {
    const asked = { purpose, now, units }
    assert.equal(statusOf({ ...agreement, ...changes }, asked), is)
    assert.equal(inForce({ ...agreement, ...changes }, asked), is === 'in-force')
  })
}
