import { useEffect, useRef, useState } from 'react'
import type { Snapshot } from '../backend.ts'
import { useAwake } from './awake.ts'
import { forget, type LiveState, report } from './pulse.ts'

/** `data` is null until something is known: from the server, or from the cache when it holds any. Empty is only ever said by the server. */
export interface Live<T> {
  data: T | null
  state: LiveState
}

export type Watch<T> = (next: (snapshot: Snapshot<T>) => void, fail: (code: string) => void) => () => void

const SILENCE_MS = 10_000

/** Follows one listener. `key` names what is watched; null watches nothing (and stays loading). `hollow` tells a snapshot that proves nothing while it comes from the cache. */
export function useWatch<T>(key: string | null, watch: Watch<T>, hollow: (data: T) => boolean): Live<T> {
  const awake = useAwake()
  const [held, setHeld] = useState<{ key: string | null; live: Live<T> }>({ key, live: nothing<T>() })

  // The key stands for the closures: they are new at every render, what they watch is not.
  const latest = useRef({ watch, hollow })
  useEffect(() => {
    latest.current = { watch, hollow }
  })

  useEffect(() => {
    if (key === null || !awake) return
    const id = Symbol(key)
    let silence = setTimeout(() => become('offline'), SILENCE_MS)
    const become = (state: LiveState, data?: T) => {
      report(id, state)
      setHeld((before) => {
        const kept = before.key === key ? before.live.data : null
        return { key, live: { state, data: data === undefined ? kept : data } }
      })
    }
    report(id, 'loading')
    const stop = latest.current.watch(
      ({ data, fromCache }) => {
        clearTimeout(silence)
        if (!fromCache) return become('live', data)
        silence = setTimeout(() => become('offline'), SILENCE_MS)
        if (latest.current.hollow(data)) become(navigator.onLine ? 'loading' : 'offline')
        else become('cached', data)
      },
      (code) => {
        clearTimeout(silence)
        become(code === 'permission-denied' ? 'denied' : 'offline')
      },
    )
    return () => {
      clearTimeout(silence)
      stop()
      forget(id)
    }
  }, [key, awake])

  return held.key === key ? held.live : nothing<T>()
}

const NOTHING: Live<never> = { data: null, state: 'loading' }
const nothing = <T>(): Live<T> => NOTHING
