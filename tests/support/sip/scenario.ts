// What the test carrier does by the last four digits of the number dialled, as a scenario of sipp.

/** Final answers that a number ending in 9 and the code gets. */
export const refusals = {
  486: 'Busy Here',
  600: 'Busy Everywhere',
  480: 'Temporarily Unavailable',
  603: 'Decline',
  404: 'Not Found',
  410: 'Gone',
  484: 'Address Incomplete',
  403: 'Forbidden',
  488: 'Not Acceptable Here',
  500: 'Server Internal Error',
  503: 'Service Unavailable',
  499: 'A Word Of Our Own',
} as const;

/** Who answers, by what he says: the ending of his number and the sound, which goes round and round. */
export const voices = { talks: '0001', silent: '0400', machine: '0300', tone: '0440' } as const;
export const ringsOnly = '0480';
/** Lets its tone be heard while it rings, and never answers. */
export const ringsFirst = '0183';
/** The same, and answers soon. */
export const speaksFirst = '0184';
/** Rings for a second and a half and answers. */
export const answersLate = '0185';
/** Answers and hangs up a second later. */
export const hangsUp = '0100';
/** The same a quarter of a minute later. */
export const hangsUpLater = '0110';
/** Its network speaks A-law only, and says so with 488. */
export const aLawOnly = '0711';

const reply = (status: string, more = '', body = ''): string => `<![CDATA[
SIP/2.0 ${status}
[last_Via:]
[last_From:]
[last_To:]${more}
[last_Call-ID:]
[last_CSeq:]
Contact: <sip:carrier@[local_ip]:[local_port]>
${body === '' ? 'Content-Length: 0\n' : `Content-Type: application/sdp\nContent-Length: [len]\n\n${body}`}
]]>`;
const tag = ';tag=[pid]SIPp[call_number]';

const sdp = (payload: '0' | '8'): string => `v=0
o=carrier 1 1 IN IP4 [local_ip]
s=-
c=IN IP4 [media_ip]
t=0 0
m=audio [rtpstream_audio_port] RTP/AVP ${payload}
a=rtpmap:${payload} ${payload === '0' ? 'PCMU' : 'PCMA'}/8000
a=sendrecv
`;

const matches = (name: string, ending: string): string =>
  `<ereg regexp="INVITE sips?:[+0-9]*${ending}@" search_in="msg" assign_to="${name}"/>`;
const jump = (name: string): string => `<nop next="to-${name}" test="${name}"/>`;
const play = (sound: string, payload: '0' | '8'): string =>
  `<nop><action><exec rtp_stream="${sound},-1,${payload},${payload === '0' ? 'PCMU' : 'PCMA'}/8000"/></action></nop>`;

const answer = (sound: string, payload: '0' | '8' = '0', next = 'talk'): string => `
  <send retrans="500">${reply('200 OK', tag, sdp(payload))}</send>
  <recv request="ACK"/>
  ${play(sound, payload)}
  <nop next="${next}"/>`;

/** The whole carrier; sounds lie in `folder` as NAME.al and NAME.ul. */
export function carrierScenario(folder: string): string {
  const codes = Object.entries(refusals);
  const sounds = Object.entries(voices);
  return `<?xml version="1.0" encoding="UTF-8" ?>
<scenario name="carrier">
  <recv request="INVITE" rrs="true">
    <action>
      ${codes.map(([code]) => matches(`is${code}`, `9${code}`)).join('\n      ')}
      ${sounds.map(([name, ending]) => matches(name, ending)).join('\n      ')}
      ${matches('rings', ringsOnly)}
      ${matches('early', ringsFirst)}
      ${matches('soon', speaksFirst)}
      ${matches('late', answersLate)}
      ${matches('leaves', hangsUp)}
      ${matches('stays', hangsUpLater)}
      ${matches('alawOnly', aLawOnly)}
      <ereg regexp="RTP/AVP 0" search_in="msg" assign_to="mulaw"/>
      <ereg regexp=".*" search_in="hdr" header="From:" assign_to="caller"/>
      <ereg regexp=".*" search_in="hdr" header="To:" assign_to="called"/>
    </action>
  </recv>
  <Reference variables="caller,called"/>
  <send>${reply('100 Trying')}</send>
  ${codes.map(([code]) => jump(`is${code}`)).join('\n  ')}
  ${jump('alawOnly')}
  <send>${reply('180 Ringing', tag)}</send>
  ${jump('rings')}
  <pause milliseconds="200"/>
  ${sounds.map(([name]) => jump(name)).join('\n  ')}
  ${jump('early')}
  ${jump('soon')}
  ${jump('leaves')}
  ${jump('stays')}
  ${jump('late')}
  <nop next="to-is404"/>
  ${sounds.map(([name]) => `<label id="to-${name}"/>${answer(`${folder}/${name}.ul`)}`).join('\n')}
  <label id="to-alawOnly"/>
  <nop next="to-is488" test="mulaw"/>
  ${answer(`${folder}/tone.al`, '8')}
  <label id="to-early"/>
  <send>${reply('183 Session Progress', tag, sdp('0'))}</send>
  ${play(`${folder}/tone.ul`, '0')}
  <nop next="to-rings"/>
  <label id="to-soon"/>
  <send>${reply('183 Session Progress', tag, sdp('0'))}</send>
  ${play(`${folder}/tone.ul`, '0')}
  <pause milliseconds="300"/>
  <send retrans="500">${reply('200 OK', tag, sdp('0'))}</send>
  <recv request="ACK"/>
  <nop next="talk"/>
  <label id="to-late"/>
  <pause milliseconds="1300"/>
  ${answer(`${folder}/talks.ul`)}
  <label id="to-stays"/>${answer(`${folder}/talks.ul`, '0', 'stay')}
  <label id="to-leaves"/>${answer(`${folder}/talks.ul`, '0', 'leave')}

  <label id="talk"/>
  <recv request="INVITE" optional="true" next="again"/>
  <recv request="INFO" optional="true" next="fine"/>
  <recv request="REFER" optional="true" next="refer"/>
  <recv request="BYE" timeout="600000" next="fine-last"/>
  <label id="fine"/>
  <send next="talk">${reply('200 OK')}</send>
  <label id="fine-last"/>
  <send next="end">${reply('200 OK')}</send>
  <label id="refer"/>
  <send next="talk">${reply('202 Accepted')}</send>
  <label id="again"/>
  <send retrans="500">${reply('200 OK', '', sdp('0'))}</send>
  <recv request="ACK" next="talk"/>

  <label id="stay"/>
  <pause milliseconds="18000"/>
  <label id="leave"/>
  <pause milliseconds="1000"/>
  <send retrans="500"><![CDATA[
BYE [next_url] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From:[$called]${tag}
To:[$caller]
[last_Call-ID:]
CSeq: 1 BYE
Max-Forwards: 70
Content-Length: 0

]]></send>
  <recv response="200" next="end"/>

  <label id="to-rings"/>
  <recv request="CANCEL"/>
  <send>${reply('200 OK')}</send>
  <send retrans="500"><![CDATA[
SIP/2.0 487 Request Terminated
[last_Via:]
[last_From:]
[last_To:]${tag}
[last_Call-ID:]
CSeq: [cseq] INVITE
Content-Length: 0

]]></send>
  <recv request="ACK" next="end"/>
  ${codes.map(([code, words]) => `<label id="to-is${code}"/><send retrans="500">${reply(`${code} ${words}`, tag)}</send><recv request="ACK" next="end"/>`).join('\n  ')}
  <label id="end"/>
  <pause milliseconds="10"/>
</scenario>
`;
}
