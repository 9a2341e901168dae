/** One line of a measurement: what was measured, the figure, and the aim it is held against, if there is one. */
export type Figure = { readonly what: string; readonly value: string; readonly aim?: Aim };

/** What a figure should be, in words, and whether it is. */
export type Aim = { readonly text: string; readonly met: boolean };

/** Prints figures as a table under a title. A missed aim is told and fails nothing: another machine is no defect. */
export function print(title: string, figures: readonly Figure[]): void {
  const width = Math.max(...figures.map(({ what }) => what.length));
  console.log(`\n${title}`);
  for (const { what, value, aim } of figures) console.log(`  ${what.padEnd(width)}  ${value}${verdict(aim)}`);
}

function verdict(aim: Aim | undefined): string {
  return aim === undefined ? '' : `   aim ${aim.text}: ${aim.met ? 'met' : 'MISSED'}`;
}
