import { appendFileSync } from 'node:fs'
import { registerHooks } from 'node:module'

/** Preloaded into a process under test: appends the name of every package it loads to the file in LOADED_PACKAGES_FILE. */
const file = process.env.LOADED_PACKAGES_FILE
const seen = new Set<string>()

if (file)
  registerHooks({
    load(url, context, next) {
      const name = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1]
      if (name && !seen.has(name)) {
        seen.add(name)
        appendFileSync(file, `${name}\n`)
      }
      return next(url, context)
    },
  })
