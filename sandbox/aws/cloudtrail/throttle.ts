import { AwsRefusal } from '../aws.ts';

/** Refuses calls beyond so many within any second, for each key, by the sandbox's clock (ThrottlingException). */
export function createThrottle(mostPerSecond: number): (key: string, now: number) => void {
  const taken = new Map<string, readonly number[]>();
  return (key, now) => {
    const lately = (taken.get(key) ?? []).filter((at) => now - at < 1000);
    if (lately.length >= mostPerSecond) throw new AwsRefusal('ThrottlingException', 'Rate exceeded', 400);
    taken.set(key, [...lately, now]);
  };
}
