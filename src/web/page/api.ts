import type { ErrorAnswer } from '../api-types.ts'
import { project } from './live/project.ts'

/** What the server refused or could not do, with what to do about it. */
export class ApiError extends Error {
  readonly code: string
  readonly remedy: string
  constructor({ code, message, remedy }: ErrorAnswer) {
    super(message)
    this.code = code
    this.remedy = remedy
  }
}

export async function getJson<T>(path: string, query: Readonly<Record<string, string>> = {}): Promise<T> {
  const search = new URLSearchParams(query).toString()
  return answered(await reach(search === '' ? path : `${path}?${search}`))
}

export async function postJson<T>(path: string, body: unknown): Promise<T> {
  return answered(await post(path, body))
}

/** A POST whose answer is read as it comes: one JSON value a line. */
export async function* postLines<T>(path: string, body: unknown): AsyncGenerator<T> {
  const response = await post(path, body)
  if (!response.ok || response.body === null) return void (await answered(response))
  let rest = ''
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  for (;;) {
    const { done, value } = await reader.read()
    const lines = (rest + (value ?? '')).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) if (line !== '') yield JSON.parse(line) as T
    if (done) return
  }
}

function post(path: string, body: unknown): Promise<Response> {
  const headers = { 'content-type': 'application/json', 'x-dopant-token': project.value?.csrfToken ?? '' }
  return reach(path, { method: 'POST', headers, body: JSON.stringify(body) })
}

async function reach(path: string, options: RequestInit = {}): Promise<Response> {
  try {
    return await fetch(path, options)
  } catch {
    throw new ApiError({ code: 'WEB_AWAY', message: 'The dashboard does not answer.', remedy: 'Look whether `dopant serve` and the tunnel to it still run.' })
  }
}

async function answered<T>(response: Response): Promise<T> {
  if (response.ok) return (await response.json()) as T
  const fallback = { code: `HTTP_${response.status}`, message: `The dashboard answered ${response.status}.`, remedy: 'Reload the page.' }
  throw new ApiError(await response.json().then((answer) => answer as ErrorAnswer, () => fallback))
}
