/**
 * Whether an action (`s3:GetObject`) is one of a policy's pattern. Case does not matter.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
 */
export function matchesAction(pattern: string, action: string): boolean {
  return matches(pattern.toLowerCase(), action.toLowerCase());
}

/**
 * Whether a resource is one of a policy's pattern. Case matters, and a `*` runs over colons and slashes.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function matchesResource(pattern: string, resource: string): boolean {
  return matches(pattern, resource);
}

/**
 * `*` stands for any characters, `?` for one. NB. Only the last star is ever tried again, so the steps are at most the
 * length of the pattern times that of the text, whatever a pattern looks like; a regular expression would not promise that.
 */
function matches(pattern: string, text: string): boolean {
  let [p, t, star, tried] = [0, 0, -1, 0];
  while (t < text.length) {
    const wanted = pattern[p];
    if (wanted === '*') {
      [star, tried] = [p++, t];
    } else if (wanted !== undefined && (wanted === text[t] || wanted === '?')) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++tried;
    } else {
      return false;
    }
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}
