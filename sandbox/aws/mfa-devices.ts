import { AwsRefusal, type Caller, type Clock } from './aws.ts';
import type { Directory } from './directory.ts';
import { codeAt, stepOfCode } from './totp.ts';

/** The virtual MFA devices of the users; a code of theirs is good once. */
export class MfaDevices {
  readonly #lastStep = new Map<string, number>();
  readonly #directory: Directory;
  readonly #clock: Clock;

  constructor(directory: Directory, clock: Clock) {
    this.#directory = directory;
    this.#clock = clock;
  }

  /** The code that the user's device shows now. */
  show(userArn: string): { readonly serialNumber: string; readonly code: string } {
    const device = this.#directory.userByArn(userArn)?.mfa;
    if (device === undefined)
      throw new Error(`${userArn} has no MFA device. Give the user one in the world file.`);
    return { serialNumber: device.serialNumber, code: codeAt(device.seed, this.#clock()) };
  }

  /** Refuses a code that is not the caller's own device's, not of now, or used before. */
  prove(caller: Caller, serialNumber: string | undefined, code: string | undefined): void {
    if (serialNumber === undefined || code === undefined) {
      throw refused('must provide both MFA serial number and one time pass code.');
    }
    const device = this.#directory.userByArn(caller.arn)?.mfa;
    if (device?.serialNumber !== serialNumber) {
      throw refused(
        'unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.',
      );
    }
    const step = stepOfCode(device.seed, code, this.#clock());
    if (step === undefined || step <= (this.#lastStep.get(serialNumber) ?? -1)) {
      throw new AwsRefusal(
        'AccessDenied',
        'MultiFactorAuthentication failed with invalid MFA one time pass code. ',
        403,
      );
    }
    this.#lastStep.set(serialNumber, step);
  }
}

function refused(why: string): AwsRefusal {
  return new AwsRefusal('AccessDenied', `MultiFactorAuthentication failed, ${why}`, 403);
}
