import type { ChangeState } from '../../api/shapes.ts'
import { useWords } from '../../app/words.tsx'
import { Icon } from '../../components/Icon.tsx'
import type { IconName } from '../../lib/icons.ts'

const looks: Record<ChangeState, [look: string, icon: IconName]> = {
  draft: ['grey', 'edit'],
  checking: ['teal', 'clock'],
  classified: ['teal', 'people'],
  endorsed: ['amber', 'up'],
  sent_up: ['teal', 'up'],
  decided_here: ['green', 'check'],
  decided_above: ['green', 'check'],
  plan_changed: ['green', 'plan'],
  closed: ['grey', 'lock'],
  rejected: ['red', 'cross'],
  withdrawn: ['grey', 'dash'],
}

export function ChangeMark({ state }: { state: ChangeState }) {
  const { t } = useWords()
  const [look, icon] = looks[state]
  return <span className={`mark ${look}`}><Icon name={icon} />{t(`change.state.${state}`)}</span>
}
