import { AccountResources, type AccountSetup } from './account.ts';
import { callbackOf, created, ok, page, participantFields, recordingWish, type ApiReply } from './api-parts.ts';
import { Fields } from './fields.ts';
import { fateOf } from './fates.ts';
import type { Exchange } from './exchange.ts';
import type { Instructions } from './instructions.ts';
import { progressEvents, type Leg } from './leg.ts';
import type { Recordings } from './recordings.ts';
import { CarrierRefusal, notFound } from './refusal.ts';
import { roomEvents, type Member, type Room } from './room.ts';

export interface ApiRequest {
  method: string;
  /** Below the account, without `.json`: `Calls/CA…`. */
  path: string;
  query: URLSearchParams;
  form: URLSearchParams;
}

export interface ApiParts {
  accountSid: string;
  exchange: Exchange;
  recordings: Recordings;
  instructions: Instructions;
  ownNumbers: readonly string[];
  staleMilliseconds: () => number;
  account: AccountSetup;
}

const e164 = /^\+[1-9]\d{6,14}$/;

/** The part of the carrier's API that a telephone department needs; everything else is 404, unknown parameters are refused. */
export class RestApi {
  readonly #parts: ApiParts;
  readonly #account: AccountResources;

  constructor(parts: ApiParts) {
    this.#parts = parts;
    this.#account = new AccountResources(parts);
  }

  async handle({ method, path, query, form }: ApiRequest): Promise<ApiReply> {
    const [resource = '', sid = '', below = '', belowSid = ''] = path.split('/').map(decodeURIComponent);
    const fields = new Fields(form);
    const route = [method, resource, sid && 'x', below, belowSid && 'x'].filter((part) => part !== '').join(' ');
    switch (route) {
      case 'GET Calls':
        return ok(this.#listCalls(query));
      case 'GET Calls x':
        return ok(this.#leg(sid).view(this.#parts.accountSid, this.#parts.staleMilliseconds()));
      case 'POST Calls x':
        return ok(this.#changeCall(this.#leg(sid), fields));
      case 'POST Calls x Recordings':
        return created(this.#startRecording(this.#leg(sid), fields));
      case 'POST Calls x Recordings x':
        return ok(this.#changeRecording(this.#leg(sid), belowSid, fields));
      case 'GET Calls x Recordings':
        return ok(
          page(
            'recordings',
            this.#recordings((recording) => recording.leg.sid === sid),
          ),
        );
      case 'GET Conferences':
        return ok(this.#listRooms(query));
      case 'POST Conferences x Participants':
        return created(this.#addParticipant(sid, fields));
      case 'GET Conferences x Participants':
        return ok(this.#listParticipants(sid));
      case 'GET Conferences x Participants x':
        return ok(this.#member(sid, belowSid, ({ room, member }) => room.view(member)));
      case 'POST Conferences x Participants x':
        return ok(this.#changeParticipant(sid, belowSid, fields));
      case 'DELETE Conferences x Participants x':
        this.#member(sid, belowSid, ({ member }) => this.#parts.exchange.end(member.leg, 'completed'));
        return { status: 204, json: {} };
      case 'GET Recordings':
        return ok(page('recordings', this.#listRecordings(query)));
      case 'GET Recordings x':
        return this.#recording(sid);
      case 'DELETE Recordings x':
        this.#parts.recordings.remove(this.#parts.recordings.find(sid));
        return { status: 204, json: {} };
      default: {
        const reply = this.#account.handle(route, sid, query);
        if (reply === null) throw notFound(`${method} ${path}`);
        return reply;
      }
    }
  }

  #leg(sid: string): Leg {
    const leg = this.#parts.exchange.legs.get(sid);
    if (!leg) throw notFound(sid);
    return leg;
  }

  #room(nameOrSid: string): Room {
    const room = /^CF[0-9a-f]{32}$/.test(nameOrSid) ? this.#parts.exchange.room(nameOrSid) : undefined;
    if (!room) throw notFound(nameOrSid);
    return room;
  }

  #member<Answer>(room: string, sidOrLabel: string, act: (found: { room: Room; member: Member }) => Answer): Answer {
    const found = this.#room(room);
    const member = found.find(sidOrLabel);
    if (!member) throw notFound(sidOrLabel);
    return act({ room: found, member });
  }

  #listCalls(query: URLSearchParams): object {
    const fields = new Fields(query);
    fields.allowOnly(['To', 'From', 'Status', 'StartTime>', 'StartTime<', 'StartTime', 'PageSize', 'Page', 'PageToken', 'ParentCallSid']);
    const since = Date.now() - this.#parts.staleMilliseconds();
    const legs = [...this.#parts.exchange.legs.values()].filter(
      (leg) =>
        leg.createdAt.getTime() <= since &&
        [undefined, leg.options.to].includes(fields.text('To')) &&
        [undefined, leg.options.from].includes(fields.text('From')) &&
        (fields.text('Status') ?? leg.status) === leg.status,
    );
    return page(
      'calls',
      legs.reverse().map((leg) => leg.view(this.#parts.accountSid, this.#parts.staleMilliseconds())),
    );
  }

  #changeCall(leg: Leg, fields: Fields): object {
    fields.allowOnly(['Status', 'Twiml', 'Url', 'Method']);
    const status = fields.oneOf('Status', ['canceled', 'completed']);
    const document = fields.text('Twiml');
    const address = fields.address('Url');
    if (leg.isOver) throw new CarrierRefusal(400, 21220, 'Call is not in-progress. Cannot redirect or end.');
    if (document !== undefined && document.length > 4000) throw new CarrierRefusal(400, 21240, 'Twiml is longer than 4000 characters');
    if (status === 'canceled' && leg.answeredAt) throw new CarrierRefusal(400, 21220, 'an answered call cannot be cancelled');
    if (status) this.#parts.exchange.end(leg, leg.answeredAt ? 'completed' : 'canceled', leg.answeredAt ? 200 : 487);
    else if (!leg.answeredAt) throw new CarrierRefusal(400, 21220, 'Call is not in-progress. Cannot redirect.');
    else {
      leg.currentRoom?.leave(leg);
      const work = address
        ? this.#parts.instructions.follow(leg, address.href)
        : this.#parts.instructions.obey(leg, document ?? '', 'https://api.twilio.com/');
      void work;
    }
    return leg.view(this.#parts.accountSid);
  }

  #addParticipant(name: string, fields: Fields): object {
    const { exchange } = this.#parts;
    fields.allowOnly(participantFields);
    const [to, from] = [this.#party(fields, 'To', 21211), this.#from(fields)];
    const room = exchange.openRoom(name, callbackOf(fields, 'ConferenceStatusCallback', 'ConferenceStatusCallbackEvent', roomEvents, []));
    const label = fields.text('Label') ?? null;
    if (label !== null && room.find(label)) throw new CarrierRefusal(400, 16025, `the label ${label} is taken`);
    const member = {
      label,
      endConferenceOnExit: fields.flag('EndConferenceOnExit', false),
      coaching: fields.flag('Coaching', false),
      callSidToCoach: fields.text('CallSidToCoach') ?? null,
    };
    if (member.coaching && !room.find(member.callSidToCoach ?? ''))
      throw new CarrierRefusal(400, 16023, 'CallSidToCoach is not in this conference');
    const isMuted = fields.flag('Muted', false);
    const leg = exchange.place(
      {
        to,
        from,
        direction: 'outbound-api',
        fate: fateOf(to),
        callback: callbackOf(fields, 'StatusCallback', 'StatusCallbackEvent', progressEvents, ['completed']),
        timeoutSeconds: fields.whole('Timeout', 1, 600) ?? 60,
        machineCallback: fields.text('MachineDetection') === undefined ? null : (fields.address('AmdStatusCallback')?.href ?? null),
        record: fields.flag('Record', false) ? recordingWish(fields) : null,
      },
      (answered) => {
        if (isMuted) answered.muted.set(Date.now(), true);
        exchange.join(answered, exchange.openRoom(name, null), member);
      },
    );
    return room.view({ ...member, leg });
  }

  #changeParticipant(roomSid: string, sidOrLabel: string, fields: Fields): object {
    fields.allowOnly([
      'Muted',
      'Hold',
      'HoldUrl',
      'HoldMethod',
      'AnnounceUrl',
      'AnnounceMethod',
      'Coaching',
      'CallSidToCoach',
      'EndConferenceOnExit',
      'BeepOnExit',
    ]);
    const method = fields.oneOf('AnnounceMethod', ['GET', 'POST']) ?? 'POST';
    return this.#member(roomSid, sidOrLabel, ({ room, member }) => {
      if (fields.text('Muted') !== undefined) room.setMuted(member, fields.flag('Muted', false));
      if (fields.text('Hold') !== undefined) room.setHeld(member, fields.flag('Hold', false));
      const music = fields.flag('Hold', false) ? fields.address('HoldUrl')?.href : undefined;
      if (music !== undefined)
        void this.#parts.instructions.holdWith(member.leg, music, fields.oneOf('HoldMethod', ['GET', 'POST']) ?? 'POST');
      if (fields.text('Coaching') !== undefined)
        room.setCoaching(member, fields.flag('Coaching', false), fields.text('CallSidToCoach') ?? null);
      const announcement = fields.address('AnnounceUrl')?.href;
      if (announcement !== undefined)
        void this.#parts.instructions
          .announce(member.leg, announcement, method)
          .then((isPlayed) => room.announced(member, announcement, !isPlayed));
      return room.view(member);
    });
  }

  #listParticipants(roomSid: string): object {
    const room = this.#room(roomSid);
    return page(
      'participants',
      room.present.map((member) => room.view(member)),
    );
  }

  #listRooms(query: URLSearchParams): object {
    const fields = new Fields(query);
    fields.allowOnly(['FriendlyName', 'Status', 'PageSize', 'Page', 'PageToken']);
    const rooms = this.#parts.exchange.rooms.filter(
      (room) => [undefined, room.name].includes(fields.text('FriendlyName')) && room.status === (fields.text('Status') ?? 'in-progress'),
    );
    return page(
      'conferences',
      rooms.map((room) => ({ sid: room.sid, friendly_name: room.name, status: room.status })),
    );
  }

  #recordings(which: (recording: Recordings['all'][number]) => boolean): object[] {
    return this.#parts.recordings.all
      .filter((recording) => recording.status !== 'absent' && which(recording))
      .map((recording) => this.#parts.recordings.view(recording));
  }

  #listRecordings(query: URLSearchParams): object[] {
    const fields = new Fields(query);
    fields.allowOnly(['DateCreated>', 'DateCreated<', 'DateCreated', 'CallSid', 'PageSize', 'Page', 'PageToken']);
    const after = new Date(fields.text('DateCreated>') ?? 0);
    return this.#recordings(({ startedAt, leg }) => startedAt >= after && [undefined, leg.sid].includes(fields.text('CallSid')));
  }

  #startRecording(leg: Leg, fields: Fields): object {
    fields.allowOnly(['RecordingChannels', 'RecordingStatusCallback', 'RecordingStatusCallbackEvent', 'RecordingTrack', 'Trim']);
    if (leg.isOver || !leg.answeredAt) throw new CarrierRefusal(400, 21220, 'Requested resource is not eligible for recording');
    const { recordings } = this.#parts;
    return recordings.view(recordings.start(leg, recordingWish(fields), 2));
  }

  #changeRecording(leg: Leg, sid: string, fields: Fields): object {
    fields.allowOnly(['Status', 'PauseBehavior']);
    const { recordings } = this.#parts;
    const recording = sid === 'Twilio.CURRENT' ? recordings.running(leg) : recordings.find(sid);
    if (!recording) throw notFound(sid);
    const status = fields.oneOf('Status', ['paused', 'in-progress', 'stopped']);
    const pause = fields.oneOf('PauseBehavior', ['skip', 'silence']) ?? 'silence';
    if (status === 'stopped') recordings.stop(recording);
    else recordings.setPaused(recording, status === 'paused' ? pause : null);
    return recordings.view(recording);
  }

  #recording(name: string): ApiReply {
    const { recordings } = this.#parts;
    if (!name.endsWith('.wav')) return ok(recordings.view(recordings.find(name)));
    const media = recordings.media(recordings.find(name.slice(0, -'.wav'.length)));
    if (!media) throw notFound(name);
    return { status: 200, bytes: media };
  }

  #party(fields: Fields, name: string, code: number): string {
    const number = fields.text(name) ?? '';
    if (!e164.test(number) && !number.startsWith('client:'))
      throw new CarrierRefusal(400, code, `The '${name}' number ${number} is not valid`);
    return number;
  }

  #from(fields: Fields): string {
    const from = this.#party(fields, 'From', 21212);
    if (!this.#parts.ownNumbers.includes(from)) throw new CarrierRefusal(400, 21210, `The source phone number ${from} is not yet verified`);
    return from;
  }
}
