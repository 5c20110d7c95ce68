import { Link } from '@tanstack/react-router'
import { useTexts } from '../i18n/language.tsx'
import { buttonClass } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'

export function NotFound() {
  const { shell } = useTexts()
  return (
    <Empty
      page
      icon="search"
      title={shell.notFound.title}
      hint={shell.notFound.hint}
      action={
        <Link to="/" className={buttonClass('primary')}>
          {shell.notFound.back}
        </Link>
      }
    />
  )
}
