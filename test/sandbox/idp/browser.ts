/** Who signs in on the login page, when it is shown. */
export type SignIn = { readonly person: string; readonly mfa: boolean };

/** Where a visit ended, and whether somebody had to sign in on the way. */
export type Visit = { readonly arrivedAt: URL; readonly signedIn: boolean };

/** A browser as far as a sign-in needs one: it keeps cookies, follows redirects and fills in the login page. */
export class Browser {
  readonly #cookies = new Map<string, string>();

  /** Follows an authorization request until it leaves the provider. */
  async visit(start: URL, signIn: SignIn): Promise<Visit> {
    let url = start;
    let signedIn = false;
    while (url.origin === start.origin) {
      const isLoginPage = url.pathname.startsWith('/interaction/');
      if (isLoginPage) await this.#expectPage(url);
      const form = new URLSearchParams({ person: signIn.person, mfa: String(signIn.mfa) });
      const response = await this.#send(url, isLoginPage ? { method: 'POST', body: form } : {});
      signedIn ||= isLoginPage;
      url = await nextUrl(url, response);
    }
    return { arrivedAt: url, signedIn };
  }

  async #expectPage(url: URL): Promise<void> {
    const page = await this.#send(url, {});
    const text = await page.text();
    if (page.status !== 200 || !text.includes('<form')) throw new Error(`No login page at ${url}: ${text}`);
  }

  async #send(url: URL, init: RequestInit): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { ...init, redirect: 'manual', headers: { cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      this.#cookies.set(name, value);
    }
    return response;
  }
}

async function nextUrl(from: URL, response: Response): Promise<URL> {
  const location = response.headers.get('location');
  if (location !== null) return new URL(location, from);
  throw new Error(`${from} leads nowhere (${response.status}): ${await response.text()}`);
}
