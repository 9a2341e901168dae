/** The secrets that Slack and Drawbridge share; kept for a short while and then read again. */
export type SigningSecrets = () => Promise<readonly string[]>;

/** The bot's token. */
export type BotToken = () => Promise<string>;
