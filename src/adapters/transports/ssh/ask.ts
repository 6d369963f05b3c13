/** Asks the person in front: a password, a passphrase, a one-time code. The answer is used once and kept nowhere. */
export type Ask = (prompt: string, options: { readonly echo: boolean }) => Promise<string>
