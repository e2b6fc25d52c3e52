import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api, take } from '../../api/client.ts'
import type { RequestKind } from '../../api/shapes.ts'
import { navigate } from '../../app/router.tsx'
import { Failure } from '../../app/states.tsx'
import { useWords } from '../../app/words.tsx'
import { Icon } from '../../components/Icon.tsx'

type Props = { kind: Exclude<RequestKind, 'add'>; project_id: string } | { kind: 'add'; province: string; fiscal_year: number | undefined }

/** Begins a request and opens it. */
export function BeginChange(props: Props) {
  const { t } = useWords()
  const queries = useQueryClient()
  const begin = useMutation({
    mutationFn: () => take(api.POST('/api/v1/changes', {
      body: props.kind === 'add' ? { kind: 'add', province: props.province, fiscal_year: props.fiscal_year ?? null } : { kind: props.kind, project_id: props.project_id },
    })),
    async onSuccess(change) {
      await queries.invalidateQueries({ queryKey: ['changes'] })
      navigate({ to: '/changes/$change_id', params: { change_id: change.change_id } })
    },
  })
  return (
    <>
      <button type="button" className={`button ${props.kind === 'amend' ? 'main' : ''}`} disabled={begin.isPending || (props.kind === 'add' && props.fiscal_year === undefined)} onClick={() => begin.mutate()}>
        <Icon name={props.kind === 'amend' ? 'edit' : props.kind === 'cancel' ? 'cross' : 'plus'} />{t(`project.begin.${props.kind}`)}
      </button>
      {begin.error && <Failure error={begin.error} />}
    </>
  )
}
