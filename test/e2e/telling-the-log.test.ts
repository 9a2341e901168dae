import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { detailOf } from '../../shared/adapters/eventbridge/event-detail.ts';
import { sha256 } from '../../shared/adapters/system/crypto.ts';
import { canonicalJson } from '../../shared/domain/canonical-json.ts';
import { firstBreak, type LogEntry } from '../../shared/domain/log-entry.ts';
import { ANNOUNCE_ROLE, as, lent } from './telling.ts';
