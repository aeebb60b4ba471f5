import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plainText } from './plain-text.ts'

test('a copy is who, then each section with what is not all there and its lines, each with where it is from', () => {
  const line = {
    key: 'a',
    time: '2026-01-15',
    kind: 'Skåring',
    what: 'NEWS2',
    value: '5 av 20',
    controller: 'Bergen kommune',
    unit: 'Legevakten',
    author: 'Mona',
    phone: '55 00 01 00',
    rest: ['Puls 2'],
    sameDay: ['7 av 20 (08:00)'],
  }
  const bare = { key: 'b', time: '', kind: 'x', what: 'Trygghetsalarm', controller: 'Bergen kommune' }
  assert.equal(
    plainText(
      ['Kari Testesen', 'Født 1. mai 1950'],
      [
        { title: 'NEWS2', remarks: ['Noe vises ikke.'], lines: [line] },
        { title: 'Tjenester', remarks: [], lines: [bare] },
      ],
      'nb',
    ),
    [
      'Kari Testesen',
      'Født 1. mai 1950',
      '',
      'NEWS2',
      'Noe vises ikke.',
      '- NEWS2: 5 av 20; Puls 2; samme dag også: 7 av 20 (08:00) (15. januar 2026, Bergen kommune, Legevakten, Mona, tlf. 55 00 01 00)',
      '',
      'Tjenester',
      '- Trygghetsalarm (Bergen kommune)',
    ].join('\n'),
  )
})
