import type { OrderState } from '../../api/shapes.ts'
import { useWords } from '../../app/words.tsx'
import { Icon } from '../../components/Icon.tsx'
import type { IconName } from '../../lib/icons.ts'

const looks: Record<OrderState, [look: string, icon: IconName]> = {
  draft: ['grey', 'edit'],
  notice_pending: ['amber', 'clock'],
  in_force: ['green', 'check'],
  in_use: ['green', 'power'],
  ended: ['grey', 'lock'],
  revoked: ['red', 'cross'],
  withdrawn: ['grey', 'dash'],
}

export function OrderMark({ state }: { state: OrderState }) {
  const { t } = useWords()
  const [look, icon] = looks[state]
  return <span className={`mark ${look}`}><Icon name={icon} />{t(`deleg.state.${state}`)}</span>
}

export function Unverified() {
  const { t } = useWords()
  return <span className="mark amber"><Icon name="warning" />{t('deleg.unverified')}</span>
}
