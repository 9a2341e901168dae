import { formatted, unformatted } from '../../../sandbox/slack/page/mrkdwn.ts';

const names = (id: string) => ({ U0RUTH: 'Ruth', C0RELEASES: 'releases' })[id] ?? id;
const shown = (text: string) => formatted(text, names).html;

// docs.slack.dev/messaging/formatting-message-text.
test.each([
  ['bold', '*now*', '<strong>now</strong>'],
  ['italic', '_now_', '<em>now</em>'],
  ['struck out', '~now~', '<s>now</s>'],
  ['code, in which nothing else is formatted', '`a *b* c`', '<code>a *b* c</code>'],
  ['a block of code', '```\na\nb```', '<pre>a\nb</pre>'],
  ['no bold within a word', 'a*b*c', 'a*b*c'],
  ['a line break', 'a\nb', 'a<br>b'],
  ['a mention of a user', '<@U0RUTH>', '<span class="mention">@Ruth</span>'],
  ['a mention in bold', '*<@U0RUTH> asks*', '<strong><span class="mention">@Ruth</span> asks</strong>'],
  ['a mention of a channel', '<#C0RELEASES|old-name>', '<span class="mention">#releases</span>'],
  ['a mention of all', '<!here>', '<span class="mention">@here</span>'],
  [
    'a date by its fallback',
    '<!date^0^{time}|midnight>',
    '<time datetime="1970-01-01T00:00:00.000Z">midnight</time>',
  ],
  [
    'a link',
    '<https://a.example/?b=1&amp;c=2|here>',
    '<a href="https://a.example/?b=1&amp;c=2" rel="noreferrer">here</a>',
  ],
  ['escaped characters', '&lt;@U0RUTH&gt; &amp;amp;', '&lt;@U0RUTH&gt; &amp;amp;'],
  ['HTML as what it is', 'a "b" \'c\' > d', 'a &quot;b&quot; &#39;c&#39; &gt; d'],
  ['no link of another scheme', '<javascript:alert(1)|here>', '&lt;javascript:alert(1)|here&gt;'],
  [
    'no attribute out of a link',
    '<https://a.example/" onclick="x|here>',
    '<a href="https://a.example/&quot; onclick=&quot;x" rel="noreferrer">here</a>',
  ],
])('formatted text shows %s', (_what, text, html) => {
  expect(shown(text)).toBe(html);
});

test('plain text shows every character as it is', () => {
  expect(unformatted('*a* <@U0RUTH> &lt;').html).toBe('*a* &lt;@U0RUTH&gt; &amp;lt;');
});
