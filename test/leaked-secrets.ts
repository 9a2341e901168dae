/** The secrets that stand in any of the texts, also as JSON, a URL or base64 would write them. */
export function leakedSecrets(secrets: readonly string[], texts: readonly string[]): readonly string[] {
  return secrets.filter((secret) =>
    spellings(secret).some((one) => texts.some((text) => text.includes(one))),
  );
}

function spellings(secret: string): readonly string[] {
  return [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64').replace(/=+$/, '')];
}
