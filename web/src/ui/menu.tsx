import { DropdownMenu } from 'radix-ui'
import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'

const ITEM =
  'flex min-h-8 items-center gap-2 rounded-sm px-2 text-sm outline-none data-[highlighted]:bg-sunken data-[disabled]:opacity-55'

/** Not modal: the modal kind locks scrolling with a style element, which the content security policy refuses. */
export function Menu({ label, trigger, children }: { label: string; trigger: ReactNode; children: ReactNode }) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild aria-label={label}>
        {trigger}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={6}
          className="z-40 min-w-56 rounded-lg border border-line bg-surface p-1 shadow-floating"
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

export function MenuItem({ children, onSelect }: { children: ReactNode; onSelect: () => void }) {
  return (
    <DropdownMenu.Item className={ITEM} onSelect={onSelect}>
      {children}
    </DropdownMenu.Item>
  )
}

interface Choice<V extends string> {
  label: string
  value: V
  options: readonly (readonly [value: V, label: string])[]
  choose: (value: V) => void
}

export function MenuChoice<V extends string>({ label, value, options, choose }: Choice<V>) {
  return (
    <>
      <DropdownMenu.Label className="px-2 pt-2 pb-1 text-xs text-muted">{label}</DropdownMenu.Label>
      <DropdownMenu.RadioGroup value={value}>
        {options.map(([option, text]) => (
          <DropdownMenu.RadioItem key={option} value={option} className={ITEM} onSelect={() => choose(option)}>
            <span className="w-4">
              <DropdownMenu.ItemIndicator>
                <Icon name="check" />
              </DropdownMenu.ItemIndicator>
            </span>
            {text}
          </DropdownMenu.RadioItem>
        ))}
      </DropdownMenu.RadioGroup>
    </>
  )
}

export const MenuLine = () => <DropdownMenu.Separator className="my-1 h-px bg-line" />
export function MenuNote({ children }: { children: ReactNode }) {
  return <div className="px-2 py-1.5 text-sm">{children}</div>
}
