import { z } from 'zod';
import { doneSchema, idParams, idSchema, idTextSchema, instantSchema, personSchema, textSchema } from './common.ts';
import { defineEndpoint } from './endpoint.ts';
import { recordingStatusSchema, reviewers, secondSchema } from './recordings.ts';

export const playlistSummarySchema = z.object({
  id: idSchema,
  name: z.string(),
  createdBy: personSchema,
  createdAt: instantSchema,
  moments: z.int(),
  seconds: z.number(),
});
export type PlaylistSummary = z.infer<typeof playlistSummarySchema>;

export const playlistItemSchema = z.object({
  id: idSchema,
  recordingId: idSchema,
  callId: idSchema,
  status: recordingStatusSchema,
  fromSecond: z.number(),
  toSecond: z.number(),
  note: z.string().nullable(),
  rep: personSchema,
  companyName: z.string(),
  intentAt: instantSchema,
});
export type PlaylistItem = z.infer<typeof playlistItemSchema>;

/** Items in the order they are played; those of recordings that the reader may not hear are left out. */
export const playlistSchema = playlistSummarySchema.extend({ items: z.array(playlistItemSchema) });
export type Playlist = z.infer<typeof playlistSchema>;

export const listPlaylists = defineEndpoint({
  method: 'get',
  path: '/api/playlists',
  summary: 'Playlists for the group review, newest first; a lead sees his own, heads and admins all',
  access: reviewers,
  reply: z.object({ items: z.array(playlistSummarySchema) }),
});

export const createPlaylist = defineEndpoint({
  method: 'post',
  path: '/api/playlists',
  summary: 'Begin a playlist',
  access: reviewers,
  body: z.object({ name: textSchema(200) }),
  reply: playlistSchema,
  status: 201,
});

export const getPlaylist = defineEndpoint({
  method: 'get',
  path: '/api/playlists/:id',
  summary: 'A playlist with its moments in the order they are played',
  access: reviewers,
  params: idParams,
  reply: playlistSchema,
});

export const renamePlaylist = defineEndpoint({
  method: 'patch',
  path: '/api/playlists/:id',
  summary: 'Rename a playlist',
  access: reviewers,
  params: idParams,
  body: z.object({ name: textSchema(200) }),
  reply: playlistSchema,
});

export const deletePlaylist = defineEndpoint({
  method: 'delete',
  path: '/api/playlists/:id',
  summary: 'Remove a playlist; its recordings stay',
  access: reviewers,
  params: idParams,
  reply: doneSchema,
});

export const addPlaylistItem = defineEndpoint({
  method: 'post',
  path: '/api/playlists/:id/items',
  summary: 'Add a moment of a recording at the end',
  access: reviewers,
  params: idParams,
  body: z
    .object({ recordingId: idSchema, fromSecond: secondSchema, toSecond: secondSchema, note: z.string().trim().max(500).optional() })
    .refine((moment) => moment.fromSecond < moment.toSecond, { message: 'fromSecond < toSecond', path: ['toSecond'] }),
  reply: playlistSchema,
  status: 201,
});
export type NewPlaylistItem = z.infer<typeof addPlaylistItem.body>;

export const orderPlaylist = defineEndpoint({
  method: 'put',
  path: '/api/playlists/:id/order',
  summary: 'The order in which the moments are played: all of their ids',
  access: reviewers,
  params: idParams,
  body: z.object({ itemIds: z.array(idSchema).max(1000) }),
  reply: playlistSchema,
});

export const removePlaylistItem = defineEndpoint({
  method: 'delete',
  path: '/api/playlists/:id/items/:itemId',
  summary: 'Take a moment out',
  access: reviewers,
  params: z.object({ id: idTextSchema, itemId: idTextSchema }),
  reply: playlistSchema,
});
