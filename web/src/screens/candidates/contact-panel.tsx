import { useState } from 'react'
import type { ContactDetails } from '#domain/candidate.ts'
import { useAnswer } from '../../api/use-answer.ts'
import { useTexts } from '../../i18n/language.tsx'
import { useSession } from '../../session/session.tsx'
import { Button } from '../../ui/button.tsx'
import { Facts, Panel } from '../../ui/panel.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'

/** Identity is fetched when somebody asks for it, never before: the API checks the role and records the look. */
export function ContactPanel({ candidateId }: { candidateId: string }) {
  const { candidates: texts } = useTexts()
  const { may } = useSession()
  const [asked, setAsked] = useState(false)
  return (
    <Panel title={texts.contact} note={may('contacts:read') ? texts.contactNote : undefined}>
      {!may('contacts:read') && <p className="text-sm text-muted">{texts.contactDenied}</p>}
      {may('contacts:read') &&
        (asked ? (
          <ContactFacts candidateId={candidateId} />
        ) : (
          <Button icon="lock" onClick={() => setAsked(true)}>
            {texts.showContact}
          </Button>
        ))}
    </Panel>
  )
}

function ContactFacts({ candidateId }: { candidateId: string }) {
  const { candidates: texts } = useTexts()
  const { data, problem, reload } = useAnswer<ContactDetails>(`/v1/candidates/${candidateId}/contact`)
  if (problem) return <ProblemNote error={problem} retry={reload} />
  if (!data) return <Skeleton className="h-16 w-full" />
  if (!data.name && !data.email && !data.phone) return <p className="text-sm text-muted">{texts.noContact}</p>
  return (
    <Facts
      items={[
        [texts.contactFact.name, data.name ?? '—'],
        [texts.contactFact.email, data.email ?? '—'],
        [texts.contactFact.phone, data.phone ?? '—'],
      ]}
    />
  )
}
