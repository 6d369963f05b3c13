import { useEffect, useState } from 'preact/hooks'
import { ApiError, getJson } from './api.ts'

/** An answer of the server that a part of the page shows. */
export interface Answer<T> {
  readonly value: T | undefined
  readonly error: ApiError | undefined
  readonly isLoading: boolean
}

/** Asks at first and again whenever the address or `again` changes; the old answer stays until there is a new one. */
export function useAnswer<T>(path: string | undefined, query: Readonly<Record<string, string>> = {}, again: unknown = 0): Answer<T> {
  const [answer, setAnswer] = useState<Answer<T>>({ value: undefined, error: undefined, isLoading: true })
  const search = new URLSearchParams(query).toString()
  useEffect(() => {
    if (path === undefined) return undefined
    let isOld = false
    const take = (change: Partial<Answer<T>>): void => {
      if (!isOld) setAnswer((old) => ({ ...old, error: undefined, ...change, isLoading: false }))
    }
    getJson<T>(path, query).then((value) => take({ value }), (error: unknown) => take({ error: error as ApiError }))
    return () => void (isOld = true)
  }, [path, search, again])
  return answer
}
