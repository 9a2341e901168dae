import type { MistakeTable } from './mistake.ts';

const RULE = 'rules[1]';
const TICKET = "'^OPS-\\d+$'";
const HOURS = '{ days: mon-fri, from: "09:00", to: "17:00", zone: Europe/Berlin }';
const PROVIDER = '    - issuer: https://idp.example.com\n      audience: drawbridge\n';

/** Mistakes in values: lengths of time, hours, tickets, scopes, providers. */
export const MISTAKES_OF_VALUES: MistakeTable = {
  // Bounds of time
  'a session of 14 minutes': ['session: 15m', 'session: 14m', 'roles.update-app.session', /from 15m to 1h/],
  'a session of 61 minutes': ['session: 15m', 'session: 61m', 'roles.update-app.session', /from 15m to 1h/],
  'a session without a unit': ['session: 15m', 'session: 15', 'roles.update-app.session', /length of time/],
  'an elevation longer than a day': ['for: 4h', 'for: 24h1m', `${RULE}.for`, /from 1m to 24h/],
  'an MFA older than a day': ['within: 15m', 'within: 25h', `${RULE}.mfa.within`, /from 1m to 24h/],
  "an approver's MFA older than a day": [
    'within: 2h }',
    'within: 2h, mfa: 25h }',
    `${RULE}.approval.mfa`,
    /from 1m to 24h, or none/,
  ],
  "an approver's MFA of another word": [
    'within: 2h }',
    'within: 2h, mfa: never }',
    `${RULE}.approval.mfa`,
    /or none/,
  ],
  'no MFA for requesters by a word': ['within: 15m', 'within: none', `${RULE}.mfa.within`, /from 1m to 24h/],
  'an approval awaited for more than a week': [
    'within: 2h',
    'within: 169h',
    `${RULE}.approval.within`,
    /from 1m to 168h/,
  ],
  'MFA at each issue within no time': [
    'within: 15m',
    'within: 0m, each: issue',
    `${RULE}.mfa.within`,
    /from 1m/,
  ],
  'MFA that counts from elsewhere': [
    'within: 15m',
    'within: 15m, each: day',
    `${RULE}.mfa.each`,
    /^Write one of: request, issue/,
  ],
  // Hours
  'an unknown time zone': ['Europe/Berlin', 'Europe/Utopia', `${RULE}.hours.zone`, /IANA/],
  'an offset for a time zone': ['Europe/Berlin', '"+01:00"', `${RULE}.hours.zone`, /IANA/],
  'hours that end before they begin': [
    'from: "09:00"',
    'from: "18:00"',
    `${RULE}.hours.to`,
    /later than from/,
  ],
  'hours that end as they begin': ['from: "09:00"', 'from: "17:00"', `${RULE}.hours.to`, /later than from/],
  'an hour beyond the day': ['to: "17:00"', 'to: "24:01"', `${RULE}.hours.to`, /"00:00" to "24:00"/],
  'a day that is none': [
    'days: mon-fri',
    'days: [mon, friday]',
    `${RULE}.hours.days[1]`,
    /^Write mon/,
    'friday',
  ],
  'hours on no day': [
    HOURS,
    '{ days: [], from: "09:00", to: "17:00", zone: UTC }',
    `${RULE}.hours.days`,
    /^Name at least one/,
  ],
  // Ticket and scope
  'a ticket pattern that is none': [TICKET, "'OPS-('", `${RULE}.ticket`, /regular expression/],
  'a ticket pattern that can take long': [TICKET, "'(a+)+'", `${RULE}.ticket`, /very long/],
  'an action without a service': [
    's3:GetObject',
    'GetObject',
    `${RULE}.scope[0].actions[0]`,
    /^Write an action/,
    'GetObject',
  ],
  'a resource that is no ARN': [
    '"arn:aws:s3:::productionapp/*"',
    'productionapp',
    `${RULE}.scope[0].resources[0]`,
    /^Write a resource/,
    'productionapp',
  ],
  'a scope that STS cannot take': [
    '"arn:aws:s3:::productionapp/*"',
    `"arn:aws:s3:::${'a'.repeat(1400)}", "arn:aws:s3:::${'b'.repeat(600)}"`,
    `${RULE}.scope`,
    /2,048 characters/,
  ],
  // Providers
  'a provider reached without TLS': [
    '- issuer: https',
    '- issuer: http',
    'identity.oidc[0].issuer',
    /https URL/,
  ],
  'an issuer with a query': [
    'idp.example.com\n',
    'idp.example.com/?tenant=1\n',
    'identity.oidc[0].issuer',
    /without query/,
  ],
  'a provider with audience and client': [
    'audience: drawbridge',
    'audience: drawbridge\n      client: app',
    'identity.oidc[0].audience',
    /either audience or client/,
  ],
  'a provider with neither audience nor client': [
    '      audience: drawbridge\n',
    '',
    'identity.oidc[0].audience',
    /either audience or client/,
    'issuer:',
  ],
  'an acr that Okta gives without MFA': [
    'amr: [mfa, hwk]',
    'acr: ["urn:okta:loa:2fa:any:ifpossible"]',
    'identity.oidc[0].mfa.acr[0]',
    /^Remove urn:okta/,
    '"urn:okta',
  ],
  'the same provider twice': [
    PROVIDER,
    `${PROVIDER}${PROVIDER}`,
    'identity.oidc[1]',
    /already listed/,
    'issuer:',
  ],
};
