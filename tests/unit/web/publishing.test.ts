import { expect, test } from 'vitest'
import type { CampaignStatus } from '#domain/campaign.ts'
import { heldBack, publishingOf } from '../../../web/src/screens/campaigns/publishing.ts'

const unchanged = (status: CampaignStatus) => ({ status, pending: null })
const changed = (status: CampaignStatus) => ({ status, pending: { endsOn: '2026-12-31' } })

test.each([
  ['a draft is published', unchanged('DRAFT'), 'publish'],
  ['what failed is published again', unchanged('FAILED'), 'again'],
  ['what runs as it should has nothing to publish', unchanged('ACTIVE'), null],
  ['changes of what runs are published', changed('ACTIVE'), 'changes'],
  ['changes of what failed are published', changed('REJECTED'), 'changes'],
  ['changes of what is paused wait', changed('PAUSED'), null],
] as const)('%s', (_, campaign, expected) => {
  expect(publishingOf(campaign, [])).toBe(expected)
})

test('of a campaign that runs in part, only what failed is published again', () => {
  const partly = unchanged('PARTIAL')
  expect(publishingOf(partly, [{ status: 'ACTIVE' }, { status: 'FAILED' }])).toBe('again')
  expect(publishingOf(partly, [{ status: 'ACTIVE' }, { status: 'PAUSED' }])).toBeNull()
})

test('says why changes cannot be published now', () => {
  expect(heldBack('PAUSED')).toBe('resumeFirst')
  expect(heldBack('DRAINING')).toBe('wait')
  expect(heldBack('ARCHIVED')).toBe('never')
})
