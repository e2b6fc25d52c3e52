import { useWords } from '../../app/words.tsx'
import type { IconName } from '../../lib/icons.ts'
import { Icon } from '../../components/Icon.tsx'
import { format_time } from '../../lib/dates.ts'
import type { DraftView, Saving } from './draft.ts'

const icons: Record<Saving['kind'], IconName> = { saved: 'check', waiting: 'edit', saving: 'cloud', offline: 'warning', conflict: 'people', refused: 'warning' }

/** Where the text is now: always visible, and spoken when it changes for the worse or back. */
export function SaveState({ view }: { view: DraftView }) {
  const { t, lang } = useWords()
  const { kind } = view.saving
  const loud = kind !== 'waiting' && kind !== 'saving'
  return (
    <p className={`save-state ${kind}`} role="status" aria-live={loud ? 'polite' : 'off'}>
      <Icon name={icons[kind]} />
      {t(`saving.${kind}`, { at: format_time(view.saved_at, lang) })}
    </p>
  )
}
