import type { Firestore } from '@google-cloud/firestore'
import { SWITCH_ID, switchView } from '#domain/kill-switch.ts'
import { log, loggable } from '#functions/lib/log.ts'
import type { KillSwitch } from '#functions/ports/index.ts'
import { globalSwitch, reference } from './paths.ts'

/** Reads both documents each time: a switch that is cached stops late. */
export const firestoreKillSwitch = (db: Firestore): KillSwitch => ({
  async view(org) {
    try {
      const [above, own] = await db.getAll(globalSwitch(db), reference(db, org, 'control', SWITCH_ID))
      return switchView(above?.data(), own?.data())
    } catch (error) {
      log().error({ error: loggable(error) }, 'the kill switch cannot be read: everything stops')
      return switchView(undefined, undefined)
    }
  },
})
