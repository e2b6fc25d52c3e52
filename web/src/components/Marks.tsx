import type { ApplicationState, Call, Colour } from '../api/shapes.ts'
import { useWords } from '../app/words.tsx'
import type { IconName } from '../lib/icons.ts'
import { Icon } from './Icon.tsx'

const looks: Record<ApplicationState | Call['state'], [look: string, icon: IconName]> = {
  draft: ['grey', 'edit'],
  open: ['green', 'check'],
  closed: ['grey', 'lock'],
  submitted: ['teal', 'up'],
  returned: ['amber', 'warning'],
  screening: ['teal', 'clock'],
  advised: ['teal', 'people'],
  approved: ['green', 'check'],
  acknowledged: ['green', 'check'],
  revising: ['amber', 'edit'],
  rejected: ['red', 'cross'],
  withdrawn: ['grey', 'dash'],
}

export function StateMark({ state, of }: { state: ApplicationState | Call['state']; of: 'call' | 'application' }) {
  const { t } = useWords()
  const [look, icon] = looks[state]
  const text = of === 'call' ? t(`call.state.${state as Call['state']}`) : t(`state.${state as ApplicationState}`)
  return <span className={`mark ${look}`}><Icon name={icon} />{text}</span>
}

const colour_icons: Record<Colour, IconName> = { green: 'check', amber: 'tilde', red: 'down', grey: 'dash' }

export function JudgementMark({ colour }: { colour: Colour }) {
  const { t } = useWords()
  return <span className={`mark ${colour}`}><Icon name={colour_icons[colour]} />{t(`colour.${colour}`)}</span>
}
