import assert from 'node:assert/strict'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { createTerminal, numberInArguments } from './terminal.ts'

function streams(isTTY: boolean) {
  return { input: Object.assign(new PassThrough(), { isTTY }), output: new PassThrough(), errors: new PassThrough() }
}

async function written({ output, errors }: ReturnType<typeof streams>): Promise<string> {
  output.end()
  errors.end()
  return (await text(output)) + (await text(errors))
}

test('on a terminal an answer is asked for and not echoed', async () => {
  const all = streams(true)
  const terminal = createTerminal(all.input, all.output, all.errors)
  const answer = terminal.ask('Identity number')
  all.input.write('12x\x7f3\r')
  assert.equal(await answer, '123')
  terminal.close()
  assert.equal(await written(all), 'Identity number: \n')
})

test('two answers on a terminal are asked for one after the other', async () => {
  const all = streams(true)
  const terminal = createTerminal(all.input, all.output, all.errors)
  const first = terminal.ask('First')
  all.input.write('1\r')
  assert.equal(await first, '1')
  const second = terminal.ask('Second')
  all.input.write('2\r')
  assert.equal(await second, '2')
  assert.equal(await written(all), 'First: \nSecond: \n')
})

test('Ctrl-C on a terminal is an empty answer', async () => {
  const all = streams(true)
  const answer = createTerminal(all.input, all.output, all.errors).ask('Identity number')
  all.input.write('12\x03')
  assert.equal(await answer, '')
})

test('piped answers are lines, without questions, and empty when there are no more', async () => {
  const all = streams(false)
  const terminal = createTerminal(all.input, all.output, all.errors)
  all.input.end('first \nsecond')
  assert.deepEqual([await terminal.ask('One'), await terminal.ask('Two'), await terminal.ask('Three')], ['first', 'second', ''])
  terminal.close()
  assert.equal(await written(all), '')
})

test('an identity number among arguments is told, however it is written', () => {
  const number = '17855099999'
  for (const word of [number, `--number=${number}`, '178550 99999'])
    assert.match(numberInArguments(['show', word]) ?? '', /is never an argument/)
  assert.equal(numberInArguments(['add', '--birth-date', '1950-05-17']), undefined)
})
