import { type FormEvent, useEffect, useState } from 'react'
import type { Backend } from '../backend.ts'
import { useTexts } from '../i18n/language.tsx'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { Mark } from '../ui/mark.tsx'

const WRONG = [
  'auth/invalid-credential',
  'auth/wrong-password',
  'auth/user-not-found',
  'auth/invalid-email',
  'auth/user-disabled',
]

export function SignInScreen({ backend, linkExpired }: { backend: Backend; linkExpired: boolean }) {
  const { signIn: texts } = useTexts()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(linkExpired ? texts.linkExpired : null)
  useEffect(() => {
    document.title = `${texts.title}`
  }, [texts])

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    setBusy(true)
    setFailure(null)
    backend.signInWithPassword(String(form.get('email')), String(form.get('password'))).catch((error: unknown) => {
      setBusy(false)
      setFailure(sentence(codeOf(error), texts))
    })
  }

  return (
    <main className="grid min-h-dvh place-items-center px-4 py-10">
      <div className="w-full max-w-sm">
        <div className="mb-6 flex flex-col items-center gap-3 text-center">
          <Mark className="size-10" />
          <h1 className="text-xl font-semibold tracking-tight">{texts.title}</h1>
          <p className="text-sm text-muted">{texts.lead}</p>
        </div>
        <form
          onSubmit={submit}
          className="flex flex-col gap-4 rounded-lg border border-line bg-surface p-6 shadow-raised"
        >
          <TextField label={texts.email} name="email" type="email" autoComplete="username" required />
          <TextField label={texts.password} name="password" type="password" autoComplete="current-password" required />
          {failure && (
            <p role="alert" className="text-sm font-medium text-bad">
              {failure}
            </p>
          )}
          <Button kind="primary" type="submit" busy={busy} className="min-h-9">
            {busy ? texts.busy : texts.submit}
          </Button>
        </form>
      </div>
    </main>
  )
}

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''

function sentence(code: string, texts: ReturnType<typeof useTexts>['signIn']): string {
  if (WRONG.includes(code)) return texts.wrong
  return code === 'auth/too-many-requests' ? texts.tooMany : texts.unreachable
}
