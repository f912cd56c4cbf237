import { z } from 'zod';
export { clipFile, clipSampleRate, longestClipSeconds, shortestClipSeconds } from '../../core/audio/clip.ts';
import { workers } from './calls.ts';
import { acceptedSchema, doneSchema, idParams, idSchema, instantSchema, personSchema, textSchema } from './common.ts';
import { defineEndpoint } from './endpoint.ts';

/** The longest clip in base64, with a little room. */
const mostBase64Letters = 900_000;

/** `announcement`: the department's too, heard by prospects before they are recorded. */
const scopeSchema = z.enum(['own', 'department', 'announcement']);

export const voiceClipSchema = z.object({
  id: idSchema,
  name: z.string(),
  scope: scopeSchema,
  durationSeconds: z.number(),
  isDefault: z.boolean().describe('Of its scope'),
  isUsed: z.boolean().describe('The one that I leave by one key; of those that announce, the one that is played'),
  createdBy: personSchema,
  createdAt: instantSchema,
});
export type VoiceClipView = z.infer<typeof voiceClipSchema>;

export const listVoiceClips = defineEndpoint({
  method: 'get',
  path: '/api/voice-clips',
  summary: "My own clips and the department's",
  access: workers,
  reply: z.object({ items: z.array(voiceClipSchema) }),
});

export const addVoiceClip = defineEndpoint({
  method: 'post',
  path: '/api/voice-clips',
  summary:
    'Keep a clip that was recorded: WAV, PCM 16 bit, mono, 8 kHz, half a second to 40 seconds. The first of a scope is its default; one that announces is for heads and admins',
  access: workers,
  body: z.object({ name: textSchema(100), scope: scopeSchema, wav: z.base64().max(mostBase64Letters) }),
  reply: z.object({ id: idSchema }),
  status: 201,
});

export const changeVoiceClip = defineEndpoint({
  method: 'patch',
  path: '/api/voice-clips/:id',
  summary: "Rename a clip, or make it its scope's default",
  access: workers,
  params: idParams,
  body: z.object({ name: textSchema(100).optional(), isDefault: z.literal(true).optional() }),
  reply: doneSchema,
});
export type VoiceClipChange = z.infer<typeof changeVoiceClip.body>;

export const removeVoiceClip = defineEndpoint({
  method: 'delete',
  path: '/api/voice-clips/:id',
  summary: 'Remove a clip with its sound',
  access: workers,
  params: idParams,
  reply: doneSchema,
});

export const voiceClipAudio = defineEndpoint({
  method: 'get',
  path: '/api/voice-clips/:id/audio',
  summary: 'The sound of a clip, WAV',
  access: workers,
  params: idParams,
  replyKind: 'stream',
  reply: z.unknown(),
});

export const leaveMessage = defineEndpoint({
  method: 'post',
  path: '/api/calls/:id/leave-message',
  summary: 'Leave a clip, mine or the default, on the machine that answered: it plays to its end while I am free for the next call',
  access: workers,
  params: idParams,
  body: z.object({ clipId: idSchema.optional() }),
  reply: acceptedSchema,
  status: 202,
});
