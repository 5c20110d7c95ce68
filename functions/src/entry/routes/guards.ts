import { createRoute, z } from '@hono/zod-openapi'
import { SwitchState } from '#domain/kill-switch.ts'
import { PauseBound } from '#domain/pause-bound.ts'
import { boundOfHalt } from '#functions/capabilities/campaigns/bound-of-halt.ts'
import { flipSwitch, SwitchInput } from '#functions/capabilities/control/flip-switch.ts'
import {
  changeOrganisation,
  OrganisationInput,
  OrganisationView,
  viewOrganisation,
} from '#functions/capabilities/organisation/change-organisation.ts'
import type { App } from '#functions/lib/http.ts'
import { wellFormedJson } from '#functions/lib/intake/well-formed.ts'
import { log, loggable } from '#functions/lib/log.ts'
import { paceOf } from '#functions/lib/manifest.ts'
import { json, jsonBody, problems } from '#functions/lib/openapi.ts'
import { causeOf, demand } from '#functions/lib/session.ts'
import type { Ports } from '#functions/ports/index.ts'
import { ports } from '#functions/wiring.ts'

const KillSwitch = z
  .object({ running: z.boolean(), installation: SwitchState, organisation: SwitchState })
  .meta({ id: 'KillSwitch' })
const FlippedKillSwitch = KillSwitch.extend({
  pausing: PauseBound.nullable().describe(
    'How long it may take until everything stands still on its platforms and what that depends on, as things are now: with standard access to Meta, basic access to Google Ads, and nothing else in the queues. Asked again while it is stopped: what is left. Null after a release.',
  ),
}).meta({ id: 'FlippedKillSwitch' })

const viewSwitch = createRoute({
  method: 'get',
  path: '/v1/kill-switch',
  summary: 'Whether anything may spend, and who said so; a switch that is missing counts as stopped',
  responses: { 200: json(KillSwitch, 'Both switches: the installation’s and the organisation’s'), ...problems },
})
const flip = createRoute({
  method: 'post',
  path: '/v1/kill-switch',
  summary: 'Stop all advertising at once, or release the stop; a release starts nothing by itself',
  request: jsonBody(SwitchInput),
  responses: { 202: json(FlippedKillSwitch, 'In force now; every running campaign is being paused'), ...problems },
})
const viewOrg = createRoute({
  method: 'get',
  path: '/v1/organisation',
  summary: 'The organisation, and what its campaigns may cost on one day at most',
  responses: { 200: json(OrganisationView, 'The organisation'), ...problems },
})
const changeOrg = createRoute({
  method: 'patch',
  path: '/v1/organisation',
  summary: 'Set or lift the most that all campaigns together may cost on one day',
  request: jsonBody(OrganisationInput),
  responses: { 200: json(OrganisationView, 'The organisation as it is now'), ...problems },
})

/** The switch is flipped by now: that its reach cannot be counted is no failure of the stop. */
async function pausing(needs: Pick<Ports, 'store' | 'clock'>, org: string): Promise<PauseBound | null> {
  try {
    const bound = await boundOfHalt(needs, org, paceOf)
    log().warn({ pausing: bound }, bound.text)
    return bound
  } catch (error) {
    log().error({ error: loggable(error) }, 'everything is being paused; how long it may take could not be counted')
    return null
  }
}

/** What keeps money from being spent: the kill switch and the daily cap. */
export function guardRoutes(app: App): void {
  for (const path of ['/v1/kill-switch', '/v1/organisation']) app.use(path, wellFormedJson)
  app.openapi(viewSwitch, async (c) => {
    const caller = c.get('caller')
    demand(caller, 'read')
    return c.json(await (await ports('killSwitch')).killSwitch.view(caller.org), 200)
  })
  app.openapi(flip, async (c) => {
    const caller = c.get('caller')
    const input = c.req.valid('json')
    // Whoever may pause one campaign may stop them all; to let money flow again is an administrator's word.
    demand(caller, input.state === 'stopped' ? 'campaigns:pause' : 'kill-switch:release')
    const needs = await ports('store', 'killSwitch', 'clock')
    const view = await flipSwitch(needs, caller.org, causeOf(caller), input)
    return c.json({ ...view, pausing: input.state === 'stopped' ? await pausing(needs, caller.org) : null }, 202)
  })
  app.openapi(viewOrg, async (c) => {
    const caller = c.get('caller')
    demand(caller, 'read')
    return c.json(await viewOrganisation(await ports('store'), caller.org), 200)
  })
  app.openapi(changeOrg, async (c) => {
    const caller = c.get('caller')
    demand(caller, 'organisation:write')
    const { store } = await ports('store')
    return c.json(await changeOrganisation({ store }, caller.org, causeOf(caller), c.req.valid('json')), 200)
  })
}
