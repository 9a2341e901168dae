import type { IdpPerson } from './people.ts';

/** The page on which somebody says who they are; nobody has a password here. */
export function loginPage(people: readonly IdpPerson[]): string {
  const options = people.map(({ handle }) => `<option>${escaped(handle)}</option>`).join('');
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Sign in to the sandbox</title>
<style>body { font: 1.1rem system-ui; max-width: 22rem; margin: 4rem auto } button, select { font: inherit; padding: .4rem }</style>
<h1>Sign in</h1>
<p>This is the sandbox's identity provider. It believes what you say.</p>
<form method="post">
<p><label>Person <select name="person">${options}</select></label></p>
<p><button name="mfa" value="true">Sign in with MFA</button> <button name="mfa" value="false">Without MFA</button></p>
</form>
</html>
`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
