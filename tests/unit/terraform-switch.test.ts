import { expect, test } from 'vitest'
import { SwitchState } from '#domain/kill-switch.ts'
import { read } from '#tests/support/project-files.ts'

test('a new installation may advertise: its kill switch is there, whole and released', () => {
  const [, block = ''] =
    /"installation_switch" \{.*?fields = jsonencode\(\{(.*?)\}\)/s.exec(read('terraform/firestore.tf')) ?? []
  const fields = Object.fromEntries(
    [...block.matchAll(/(\w+)\s+= \{ (?:stringValue|nullValue) = ("?)(.*?)\2 \}/g)].map(([, name, , value]) => [
      name,
      value,
    ]),
  )
  expect(Object.keys(fields).sort()).toEqual(Object.keys(SwitchState.shape).sort())
  expect(fields).toMatchObject({ state: 'running', at: 'plantimestamp()' })
})
