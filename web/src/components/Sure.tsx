import { useState } from 'react'
import { useWords } from '../app/words.tsx'
import { Icon } from './Icon.tsx'

/** A button for what cannot be undone: it says what will happen and asks once more, in the same place. */
export function Sure({ question, act, of, icon, quiet = false, busy = false, go }: { question: string; act: string; of?: string; icon?: 'bin'; quiet?: boolean; busy?: boolean; go: () => void }) {
  const { t } = useWords()
  const [asked, set_asked] = useState(false)
  const name = <>{icon && <Icon name={icon} />}{act}{of && <span className="hidden-visually"> {of}</span>}</>
  if (!asked) return <button type="button" className={`button ${quiet ? 'quiet' : ''}`} disabled={busy} onClick={() => set_asked(true)}>{name}</button>
  return (
    <span className="sure" role="group" aria-label={act}>
      <span role="alert">{question}</span>
      <button type="button" className="button main" disabled={busy} onClick={() => { set_asked(false); go() }}>{name}</button>
      <button type="button" className="button" autoFocus onClick={() => set_asked(false)}>{t('cancel')}</button>
    </span>
  )
}
