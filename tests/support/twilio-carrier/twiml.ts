import { SaxesParser } from 'saxes';

/** One verb or noun of a TwiML document. */
export interface Verb {
  name: string;
  attributes: Readonly<Record<string, string>>;
  text: string;
  children: Verb[];
}

const callback = ['statusCallback', 'statusCallbackMethod', 'statusCallbackEvent'];
const recording = ['recordingStatusCallback', 'recordingStatusCallbackMethod', 'recordingStatusCallbackEvent', 'recordingTrack', 'trim'];
const action = ['action', 'method'];

/** What may stand where, with which attributes. */
const nouns: Readonly<Record<string, { attributes: readonly string[]; children: readonly string[] }>> = {
  Response: {
    attributes: [],
    children: ['Dial', 'Record', 'Play', 'Say', 'Gather', 'Hangup', 'Redirect', 'Enqueue', 'Pause', 'Reject', 'Start', 'Leave'],
  },
  Dial: {
    attributes: [...action, 'timeout', 'callerId', 'hangupOnStar', 'timeLimit', 'record', 'answerOnBridge', 'sequential', ...recording],
    children: ['Number', 'Client', 'Conference', 'Sip', 'Queue'],
  },
  Number: { attributes: ['sendDigits', 'url', 'method', 'machineDetection', ...callback], children: [] },
  Client: { attributes: ['url', 'method', ...callback], children: ['Identity', 'Parameter'] },
  Identity: { attributes: [], children: [] },
  Parameter: { attributes: ['name', 'value'], children: [] },
  Conference: {
    attributes: [
      'muted',
      'beep',
      'startConferenceOnEnter',
      'endConferenceOnExit',
      'participantLabel',
      'coach',
      'waitUrl',
      'waitMethod',
      'maxParticipants',
      'record',
      'region',
      ...callback,
      ...recording,
    ],
    children: [],
  },
  Record: {
    attributes: [...action, 'timeout', 'finishOnKey', 'maxLength', 'playBeep', 'transcribe', ...recording],
    children: [],
  },
  Play: { attributes: ['loop', 'digits'], children: [] },
  Say: { attributes: ['voice', 'language', 'loop'], children: [] },
  Gather: {
    attributes: [...action, 'timeout', 'numDigits', 'finishOnKey', 'input', 'actionOnEmptyResult', 'language'],
    children: ['Play', 'Say', 'Pause'],
  },
  Hangup: { attributes: [], children: [] },
  Leave: { attributes: [], children: [] },
  Redirect: { attributes: ['method'], children: [] },
  Enqueue: { attributes: [...action, 'waitUrl', 'waitUrlMethod', 'workflowSid'], children: [] },
  Pause: { attributes: ['length'], children: [] },
  Reject: { attributes: ['reason'], children: [] },
  Start: { attributes: ['action'], children: ['Recording'] },
  Recording: { attributes: ['channels', ...recording], children: [] },
};

const boolean = /^(true|false)$/;
const beep = /^(true|false|onEnter|onExit)$/;
const wholeNumber = /^\d+$/;
const words = (...allowed: string[]): RegExp => new RegExp(`^(${allowed.join('|')})( (${allowed.join('|')}))*$`);

/** What an attribute may say, wherever it stands; one that is not named here may say anything. */
const values: Readonly<Record<string, RegExp>> = {
  muted: boolean,
  beep,
  startConferenceOnEnter: boolean,
  endConferenceOnExit: boolean,
  playBeep: boolean,
  answerOnBridge: boolean,
  hangupOnStar: boolean,
  method: words('GET', 'POST'),
  waitMethod: words('GET', 'POST'),
  statusCallbackMethod: words('GET', 'POST'),
  recordingStatusCallbackEvent: words('in-progress', 'completed', 'absent'),
  channels: words('mono', 'dual'),
  trim: words('trim-silence', 'do-not-trim'),
  reason: words('rejected', 'busy'),
  loop: wholeNumber,
  length: wholeNumber,
  timeout: wholeNumber,
  timeLimit: wholeNumber,
  maxLength: wholeNumber,
  numDigits: wholeNumber,
};
const conferenceEvents = words('start', 'end', 'join', 'leave', 'mute', 'hold', 'modify', 'speaker', 'announcement');
const callEvents = words('initiated', 'ringing', 'answered', 'completed');
const longestTimeLimitSeconds = 86_400;

function checkValue(verb: string, name: string, value: string): void {
  const events = verb === 'Conference' ? conferenceEvents : callEvents;
  const allowed = name === 'statusCallbackEvent' ? events : values[name];
  if (allowed && !allowed.test(value)) throw new BadTwiml(`12200 <${verb}> ${name} may not be "${value}"`);
  if (name === 'timeLimit' && Number(value) > longestTimeLimitSeconds) throw new BadTwiml(`13223 <${verb}> timeLimit is more than a day`);
}

/** A document that the carrier would refuse (12100 and its neighbours) or silently not obey. */
class BadTwiml extends Error {
  override name = 'BadTwiml';
}

/** Reads a document strictly: unknown verbs, attributes and nestings are told, as the carrier's debugger would. */
export function readTwiml(document: string): Verb {
  const root: Verb = { name: '', attributes: {}, text: '', children: [] };
  const open = [root];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw new BadTwiml(`12100 document parse failure: ${error.message}`);
  });
  parser.on('opentag', ({ name, attributes }) => {
    const verb: Verb = { name, attributes: { ...attributes }, text: '', children: [] };
    const parent = open.at(-1) ?? root;
    check(verb, parent);
    parent.children.push(verb);
    open.push(verb);
  });
  parser.on('text', (text) => {
    const verb = open.at(-1);
    if (verb) verb.text += text;
  });
  parser.on('closetag', () => {
    open.pop();
  });
  parser.write(document).close();
  const [response] = root.children;
  if (!response) throw new BadTwiml('12100 the document is empty');
  return response;
}

function check(verb: Verb, parent: Verb): void {
  const rule = nouns[verb.name];
  const allowed = parent.name === '' ? ['Response'] : (nouns[parent.name]?.children ?? []);
  if (!rule || !allowed.includes(verb.name)) throw new BadTwiml(`12200 <${verb.name}> may not stand in <${parent.name}>`);
  for (const [name, value] of Object.entries(verb.attributes)) {
    if (!rule.attributes.includes(name)) throw new BadTwiml(`12200 <${verb.name}> has no attribute ${name}`);
    checkValue(verb.name, name, value);
  }
}
