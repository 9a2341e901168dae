/** 2,900: the same whatever the machine's language. */
export function grouped(count: number): string {
  return count.toLocaleString('en-US');
}

/** 1 call, 2,900 calls. */
export function counted(count: number, one: string): string {
  return `${grouped(count)} ${one}${count === 1 ? '' : 's'}`;
}

/** The text, or as much of its beginning and end as fits: the ends of ARNs and paths tell most. */
export function fitted(text: string, width: number): string {
  if (text.length <= width) return text;
  const end = Math.floor((width - 1) / 2);
  return `${text.slice(0, width - 1 - end)}…${text.slice(text.length - end)}`;
}

/** Words in lines of at most that width, after a label and under one another; a word that is wider has a line of its own. */
export function labelled(label: string, text: string, columns: number): readonly string[] {
  const width = columns - label.length;
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.map((line, index) => (index === 0 ? label : ' '.repeat(label.length)) + line);
}
