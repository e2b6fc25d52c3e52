import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ProblemError, Unreachable } from '../api/client.ts'
import { App } from './App.tsx'
import { session_query } from './session.ts'
import { load_sentences, WordsProvider } from './words.tsx'

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // A refusal will be refused again; only silence is worth another try.
      retry: (failures, error) => error instanceof Unreachable && failures < 2,
    },
    mutations: { retry: false },
  },
})

// A session that ended while somebody worked: every page then asks to sign in, and returns to where it was.
queries.getQueryCache().subscribe(({ type, query }) => {
  const { error } = query.state
  if (type === 'updated' && error instanceof ProblemError && error.problem.status === 401) queries.setQueryData(session_query.queryKey, null)
})

await load_sentences('shell')
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <WordsProvider>
      <QueryClientProvider client={queries}>
        <App />
      </QueryClientProvider>
    </WordsProvider>
  </StrictMode>,
)
